// Which task a thread is running, and a last word to the parent process when the thread traps.
#pragma once
#include <stdint.h>

#pragma clang assume_nonnull begin

// The calling thread now runs this try at a task. Its processor time counts from the end of the try before.
void flint_task_enter(uint64_t stage, uint32_t stage_attempt, uint64_t partition, uint32_t number);
// The calling thread runs no task. Returns its processor time since it began to run the task, in nanoseconds: until the last
// look by flint_task_nanoseconds, if there was one.
uint64_t flint_task_leave(void);
// What the calling thread did since the end of its last task was for nobody.
void flint_task_none(void);

// Processor time of the calling thread since it began to run the task, in nanoseconds.
uint64_t flint_task_nanoseconds(void);

// The length of the frame that a trap writes.
#define FLINT_TRAP_FRAME 56

// From now on a signal that reports a crash first writes a frame to `descriptor`, which says which signal and which task of
// the thread; then it does what it did before. To be called once. Returns 0 or -1 with errno.
int flint_trap_report(int descriptor);
// Gives the calling thread a stack for its last word, also when its own is full. Does nothing before flint_trap_report.
void flint_trap_stack(void);

#pragma clang assume_nonnull end
