#define _GNU_SOURCE
#include "CFlintTraps.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "CFlint.h"

// MARK: The task of a thread

typedef struct {
  uint64_t stage;
  uint64_t partition;
  uint32_t stage_attempt;
  uint32_t number;
  uint32_t is_running;
  uint32_t is_measured;
  uint64_t start;
  uint64_t latest;
} task_of_thread;

// With a fixed place, since a handler must not allocate.
static _Thread_local volatile task_of_thread current __attribute__((tls_model("initial-exec")));

static uint64_t thread_nanoseconds(void) {
  struct timespec time;
  if (clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) != 0) return 0;
  return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

void flint_task_enter(uint64_t stage, uint32_t stage_attempt, uint64_t partition, uint32_t number) {
  current.stage = stage;
  current.stage_attempt = stage_attempt;
  current.partition = partition;
  current.number = number;
  // A thread takes next to no time between two tasks, and each look at its clock is a system call.
  current.start = current.latest != 0 ? current.latest : thread_nanoseconds();
  current.is_measured = 0;
  current.is_running = 1;
}

uint64_t flint_task_leave(void) {
  if (!current.is_measured) current.latest = thread_nanoseconds();
  current.is_running = 0;
  return current.latest - current.start;
}

void flint_task_none(void) { current.latest = 0; }

uint64_t flint_task_nanoseconds(void) {
  if (!current.is_running) return 0;
  current.latest = thread_nanoseconds();
  current.is_measured = 1;
  return current.latest - current.start;
}

// MARK: The last word

static const int crashes[] = {SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGSYS, SIGTRAP};
enum { crash_count = sizeof crashes / sizeof *crashes };

// Set before the first handler and never changed after.
static int trap_descriptor = -1;
static struct sigaction before[crash_count];

static uint8_t *put(uint8_t *place, uint64_t number, int size) {
  for (int i = 0; i < size; i++) place[i] = (uint8_t)(number >> (8 * i));
  return place + size;
}

// The frame that PipeMessage+Frame.swift reads: a header of 16 bytes, then the signal, whether a task ran, and which.
static void fill(uint8_t *frame, int signal) {
  uint8_t *next = frame;
  next = put(next, 0x504E4C46, 4);
  next = put(next, 1, 1);
  next = put(next, 6, 1);
  next = put(next, 0, 2);
  next = put(next, FLINT_TRAP_FRAME - 16, 4);
  uint8_t *checksum = next;
  next = put(next, 0, 4);
  next = put(next, (uint32_t)signal, 4);
  next = put(next, current.is_running, 4);
  next = put(next, current.stage, 8);
  next = put(next, current.stage_attempt, 4);
  next = put(next, current.number, 4);
  next = put(next, current.partition, 8);
  next = put(next, 0, 8);
  uint32_t crc = flint_crc32c(0, frame, 12);
  put(checksum, flint_crc32c(crc, frame + 16, FLINT_TRAP_FRAME - 16), 4);
}

static void report(int signal) {
  // Only the first thread to trap is to blame; what others meet while the process dies is not.
  static volatile sig_atomic_t has_reported;
  if (!has_reported) {
    has_reported = 1;
    uint8_t frame[FLINT_TRAP_FRAME];
    fill(frame, signal);
    // Shorter than what a pipe takes at once, and nothing can be done when it is full.
    ssize_t ignored = write(trap_descriptor, frame, sizeof frame);
    (void)ignored;
  }
  // The signal is blocked until this returns; then the instruction traps again, or the raised signal arrives.
  for (int i = 0; i < crash_count; i++) {
    if (crashes[i] == signal) sigaction(signal, &before[i], NULL);
  }
  raise(signal);
}

int flint_trap_report(int descriptor) {
  // The first checksum may have tables to make.
  flint_crc32c(0, &descriptor, sizeof descriptor);
  trap_descriptor = descriptor;
  struct sigaction action;
  memset(&action, 0, sizeof action);
  sigemptyset(&action.sa_mask);
  action.sa_flags = SA_ONSTACK;
  action.sa_handler = report;
  for (int i = 0; i < crash_count; i++) {
    if (sigaction(crashes[i], &action, &before[i]) != 0) return -1;
  }
  return 0;
}

void flint_trap_stack(void) {
  if (trap_descriptor < 0) return;
  const size_t size = 64 << 10;
  void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) return;
  stack_t stack;
  memset(&stack, 0, sizeof stack);
  stack.ss_sp = memory;
  stack.ss_size = size;
  sigaltstack(&stack, NULL);
}
