// System calls that Swift cannot make: behind GNU macros, without a libc name, variadic, or bound to signal handlers.
// Functions return -1 and set errno, unless they say something else.
#pragma once
#include <stddef.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <sys/types.h>

#pragma clang assume_nonnull begin

// Starts a detached thread that has every signal blocked but those that report a crash. The name is cut at 15 bytes.
// Returns 0 or an error number.
int flint_thread_start(const char *name, size_t stack_size, void (*body)(void *), void *context);

// A pointer of the calling thread, NULL at first.
void *_Nullable flint_thread_mark(void);
void flint_thread_set_mark(void *_Nullable mark);

// Exchanges two paths in one step.
int flint_rename_exchange(const char *first, const char *second);

// Reads what of a file's bytes is in memory already: up to its first byte that is not. Returns -1 when none is, or when the
// file system cannot tell.
ssize_t flint_read_cached(int descriptor, void *_Nonnull bytes, size_t count, off_t offset);

// Fills at most 256 bytes with randomness that is fit for secrets. Returns 0 or -1.
int flint_random_fill(void *bytes, size_t count);

// Makes a pipe whose ends are closed on exec: reading end first.
int flint_pipe(int *_Nonnull ends);

// What to start. A descriptor of -1 passes on this process's own.
typedef struct {
  const char *executable;
  char *_Nullable const *_Nonnull arguments;
  char *_Nullable const *_Nonnull environment;
  const char *_Nullable working_directory;
  int standard_input;
  int standard_output;
  int standard_error;
  int has_own_group;
} flint_process_request;

// Starts a process in which signals are as after boot and no other descriptor is open. Returns 0 or an error number.
int flint_process_spawn(const flint_process_request *request, pid_t *identifier);

// A descriptor of the child `identifier`, closed on exec, which becomes readable when the child ends.
int flint_process_descriptor(pid_t identifier);

// Sends a signal through a process descriptor, so that it never hits a stranger with the same number.
int flint_process_signal(int descriptor, int signal);

// Takes the end of the child behind a process descriptor: `code` is one of CLD_EXITED, CLD_KILLED and CLD_DUMPED,
// `status` an exit code or a signal. Does not wait; returns 1 when taken, 0 when the child still lives.
int flint_process_reap(int descriptor, int *code, int *status);

// Makes children leave their end behind for us even when this process was started with SIGCHLD ignored.
int flint_process_keep_ends(void);

// From now on `signal` writes its number as one byte to `descriptor`, which must not block and must never be closed.
int flint_signal_forward(int signal, int descriptor);
// From now on `signal` does what it does to a program that has never heard of it.
int flint_signal_restore(int signal);
// From now on `signal` does nothing.
int flint_signal_ignore(int signal);

// Bytes of memory that this process has resident now; -1 when the system does not say.
long long flint_resident_bytes(void);

// Gives back to the system what the C library holds and nobody uses.
void flint_memory_trim(void);

// Has the C library hold on to `slack` bytes of what was freed at the end of a heap, at most 32 MiB, and have at most `arenas`
// heaps; 0 leaves their number as it is.
void flint_memory_fit(int arenas, size_t slack);

// How many columns the terminal behind a descriptor has; 0 where nobody knows.
int flint_terminal_columns(int descriptor);

#pragma clang assume_nonnull end
