// The guard of the simulation. Linked into a program, it stands before the parts of libc, libdispatch and the Swift
// runtime through which code could reach the real world. Disarmed it lets everything through; armed it ends the process
// on the first escape, with the name of what was called, the context and a backtrace.
#pragma once

#include <stdbool.h>
#include <stdint.h>

/// The exit code of a process that the guard has ended.
enum { simulation_guard_exit_code = 86 };

/// Clocks may be read: they answer the simulated time. Off unless asked for.
void simulation_guard_allow_clocks(bool allowed);

/// From now on every escape ends the process.
void simulation_guard_arm(void);
void simulation_guard_disarm(void);

/// What clocks answer while they are allowed: nanoseconds since the simulation began.
void simulation_guard_set_time(int64_t nanoseconds);

/// A line for the report of an escape, such as the job and its seed. Copied; cut at 255 bytes.
void simulation_guard_set_context(const char *text);

/// Asks the kernel to refuse, for the rest of the process's life, every system call but those for memory, output on
/// descriptors 1 and 2, and the process's end. Finds what does not pass through a function of libc. Returns 0 or errno.
int simulation_guard_seal(void);

/// Reports `what` as an escape and ends the process.
void simulation_guard_escape(const char *what) __attribute__((noreturn));

/// Call first in `main`. Hashing in Swift is seeded at random unless the environment says otherwise before the process
/// starts, and the order of sets and dictionaries with it: this starts the process once more with that said, and makes
/// its output appear line by line.
void simulation_guard_make_deterministic(char *arguments[]);

/// Whether all that was printed has reached standard output; otherwise says on standard error that it has not.
bool simulation_guard_report_is_written(void);

/// Marks the calling thread as the simulation's own.
void simulation_guard_enter_home_thread(void);
bool simulation_guard_is_home_thread(void);
