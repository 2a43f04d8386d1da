// The kernel's half of the guard: system calls that did not pass through an interposed function.
#define _GNU_SOURCE
#include "guard.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define THIS_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define THIS_ARCHITECTURE AUDIT_ARCH_AARCH64
#else
#error "the simulation's guard knows x86-64 and ARM64"
#endif

static void refused(int signal, siginfo_t *info, void *machine) {
  (void)signal;
  (void)machine;
  char what[64];
  snprintf(what, sizeof what, "system call %d", info->si_syscall);
  simulation_guard_escape(what);
}

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define TRAP BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP)
#define PERMIT(number) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, number, 0, 1), ALLOW

int simulation_guard_seal(void) {
  struct sigaction action = {0};
  action.sa_sigaction = refused;
  action.sa_flags = SA_SIGINFO;
  if (sigaction(SIGSYS, &action, NULL) != 0) return errno;
  struct sock_filter program[] = {
      LOAD(arch), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, THIS_ARCHITECTURE, 1, 0), TRAP,
      LOAD(nr),
      // Memory.
      PERMIT(SYS_mmap), PERMIT(SYS_munmap), PERMIT(SYS_mremap), PERMIT(SYS_mprotect), PERMIT(SYS_madvise),
      PERMIT(SYS_brk),
      // Locks that are not contended by anybody, signals, and the process's own end.
      PERMIT(SYS_futex), PERMIT(SYS_sched_yield), PERMIT(SYS_rt_sigaction), PERMIT(SYS_rt_sigprocmask),
      PERMIT(SYS_rt_sigreturn), PERMIT(SYS_sigaltstack), PERMIT(SYS_getpid), PERMIT(SYS_gettid), PERMIT(SYS_tgkill),
      PERMIT(SYS_exit), PERMIT(SYS_exit_group), PERMIT(SYS_getrusage),
      // Output on the descriptors that were open from the start.
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_write, 2, 0), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_writev, 1, 0), TRAP,
      LOAD(args[0]), PERMIT(STDOUT_FILENO), PERMIT(STDERR_FILENO), TRAP,
  };
  struct sock_fprog filter = {sizeof program / sizeof program[0], program};
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return errno;
  if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) != 0) return errno;
  return 0;
}
