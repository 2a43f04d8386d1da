#define _GNU_SOURCE
#include "CFlintSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

// MARK: Threads

typedef struct {
  char name[16];
  void (*body)(void *);
  void *context;
} thread_start;

static void *thread_main(void *argument) {
  thread_start start = *(thread_start *)argument;
  free(argument);
  pthread_setname_np(pthread_self(), start.name);
  start.body(start.context);
  return NULL;
}

// Signals for the process go to a thread that is not ours; a crash must still be reported by the thread that caused it.
static void asynchronous_signals(sigset_t *signals) {
  sigfillset(signals);
  const int crashes[] = {SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGSYS, SIGTRAP};
  for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++) sigdelset(signals, crashes[i]);
}

static _Thread_local void *mark __attribute__((tls_model("initial-exec")));

void *flint_thread_mark(void) { return mark; }

void flint_thread_set_mark(void *new_mark) { mark = new_mark; }

int flint_thread_start(const char *name, size_t stack_size, void (*body)(void *), void *context) {
  thread_start *start = malloc(sizeof *start);
  if (!start) return ENOMEM;
  snprintf(start->name, sizeof start->name, "%s", name);
  start->body = body;
  start->context = context;

  pthread_attr_t attributes;
  int failure = pthread_attr_init(&attributes);
  if (failure) {
    free(start);
    return failure;
  }
  failure = pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  if (!failure) failure = pthread_attr_setstacksize(&attributes, stack_size);
  if (!failure) {
    // A new thread inherits its creator's mask, so it never runs with a signal open.
    sigset_t blocked, before;
    asynchronous_signals(&blocked);
    pthread_sigmask(SIG_BLOCK, &blocked, &before);
    pthread_t thread;
    failure = pthread_create(&thread, &attributes, thread_main, start);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
  }
  pthread_attr_destroy(&attributes);
  if (failure) free(start);
  return failure;
}

// MARK: Files and randomness

int flint_rename_exchange(const char *first, const char *second) {
  return renameat2(AT_FDCWD, first, AT_FDCWD, second, RENAME_EXCHANGE);
}

ssize_t flint_read_cached(int descriptor, void *bytes, size_t count, off_t offset) {
  struct iovec piece = {.iov_base = bytes, .iov_len = count};
  return preadv2(descriptor, &piece, 1, offset, RWF_NOWAIT);
}

int flint_random_fill(void *bytes, size_t count) {
  // Up to 256 bytes the kernel gives all or nothing; only the wait for the first entropy after boot is interruptible.
  ssize_t got;
  do got = getrandom(bytes, count, 0);
  while (got < 0 && errno == EINTR);
  return got == (ssize_t)count ? 0 : -1;
}

int flint_pipe(int *ends) { return pipe2(ends, O_CLOEXEC); }

// MARK: Processes

// A descriptor that is not one of the child's first three, so that no dup2 below can tread on it.
static int above_standard(int descriptor, int *copy) {
  *copy = -1;
  if (descriptor < 0 || descriptor > 2) return descriptor;
  *copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
  return *copy;
}

static int add_actions(posix_spawn_file_actions_t *actions, const flint_process_request *request, int *copies) {
  const int wanted[3] = {request->standard_input, request->standard_output, request->standard_error};
  int failure = 0;
  for (int target = 0; target < 3 && !failure; target++) {
    if (wanted[target] < 0) continue;
    int source = above_standard(wanted[target], &copies[target]);
    failure = source < 0 ? errno : posix_spawn_file_actions_adddup2(actions, source, target);
  }
  if (!failure) failure = posix_spawn_file_actions_addclosefrom_np(actions, 3);
  if (!failure && request->working_directory) {
    failure = posix_spawn_file_actions_addchdir_np(actions, request->working_directory);
  }
  return failure;
}

static int set_attributes(posix_spawnattr_t *attributes, const flint_process_request *request) {
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
  if (request->has_own_group) flags |= POSIX_SPAWN_SETPGROUP;
  int failure = posix_spawnattr_setsigmask(attributes, &none);
  if (!failure) failure = posix_spawnattr_setsigdefault(attributes, &all);
  if (!failure) failure = posix_spawnattr_setpgroup(attributes, 0);
  if (!failure) failure = posix_spawnattr_setflags(attributes, flags);
  return failure;
}

int flint_process_spawn(const flint_process_request *request, pid_t *identifier) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  int copies[3] = {-1, -1, -1};
  int failure = posix_spawn_file_actions_init(&actions);
  if (failure) return failure;
  failure = posix_spawnattr_init(&attributes);
  if (failure) {
    posix_spawn_file_actions_destroy(&actions);
    return failure;
  }
  failure = add_actions(&actions, request, copies);
  if (!failure) failure = set_attributes(&attributes, request);
  if (!failure) {
    failure = posix_spawn(identifier, request->executable, &actions, &attributes, request->arguments,
                          request->environment);
  }
  for (int i = 0; i < 3; i++) {
    if (copies[i] >= 0) close(copies[i]);
  }
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return failure;
}

int flint_process_descriptor(pid_t identifier) { return (int)syscall(SYS_pidfd_open, identifier, 0); }

int flint_process_signal(int descriptor, int signal) {
  return (int)syscall(SYS_pidfd_send_signal, descriptor, signal, NULL, 0);
}

int flint_process_reap(int descriptor, int *code, int *status) {
  const idtype_t by_descriptor = 3;  // P_PIDFD, which older headers lack
  siginfo_t information;
  int result;
  do {
    memset(&information, 0, sizeof information);
    result = waitid(by_descriptor, (id_t)descriptor, &information, WEXITED | WNOHANG);
  } while (result < 0 && errno == EINTR);
  if (result < 0) return -1;
  if (information.si_pid == 0) return 0;
  *code = information.si_code;
  *status = information.si_status;
  return 1;
}

int flint_process_keep_ends(void) {
  struct sigaction action;
  if (sigaction(SIGCHLD, NULL, &action) < 0) return -1;
  if (action.sa_handler != SIG_IGN && !(action.sa_flags & SA_NOCLDWAIT)) return 0;
  if (action.sa_handler == SIG_IGN) action.sa_handler = SIG_DFL;
  action.sa_flags &= ~SA_NOCLDWAIT;
  return sigaction(SIGCHLD, &action, NULL);
}

// MARK: Signals

// Set before the first handler and never changed after, so a handler on any thread reads it safely.
static volatile sig_atomic_t signal_descriptor = -1;

static void forward(int signal) {
  int saved = errno;
  unsigned char number = (unsigned char)signal;
  // A full pipe already holds signals that nobody has read; one more would tell them nothing.
  ssize_t ignored = write((int)signal_descriptor, &number, 1);
  (void)ignored;
  errno = saved;
}

static int set_action(int signal, void (*handler)(int)) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  sigfillset(&action.sa_mask);
  action.sa_flags = SA_RESTART;
  action.sa_handler = handler;
  return sigaction(signal, &action, NULL);
}

int flint_signal_forward(int signal, int descriptor) {
  signal_descriptor = descriptor;
  return set_action(signal, forward);
}

int flint_signal_restore(int signal) { return set_action(signal, SIG_DFL); }
int flint_signal_ignore(int signal) { return set_action(signal, SIG_IGN); }

// MARK: Memory

long long flint_resident_bytes(void) {
  // Opened once and never closed: it is read many times a second.
  static int descriptor = -2;
  int file = __atomic_load_n(&descriptor, __ATOMIC_ACQUIRE);
  if (file == -2) {
    int opened = open("/proc/self/statm", O_RDONLY | O_CLOEXEC), none = -2;
    if (__atomic_compare_exchange_n(&descriptor, &none, opened, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {
      file = opened;
    } else {
      if (opened >= 0) close(opened);
      file = none;
    }
  }
  char text[128];
  ssize_t count = file < 0 ? -1 : pread(file, text, sizeof text - 1, 0);
  if (count <= 0) return -1;
  text[count] = 0;
  long long all, resident;
  if (sscanf(text, "%lld %lld", &all, &resident) != 2) return -1;
  return resident * sysconf(_SC_PAGESIZE);
}

void flint_memory_trim(void) { malloc_trim(0); }

void flint_memory_fit(int arenas, size_t slack) {
  if (arenas > 0) mallopt(M_ARENA_MAX, arenas);
  // Either of these also keeps the library from raising both by itself, up to 64 MiB.
  mallopt(M_TRIM_THRESHOLD, (int)slack);
  mallopt(M_MMAP_THRESHOLD, (int)slack);
}

// MARK: Terminals

int flint_terminal_columns(int descriptor) {
  struct winsize size;
  return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}
