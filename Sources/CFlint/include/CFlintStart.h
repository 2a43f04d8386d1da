// What a process touches once, at its start, before Swift code runs: the runtime's hash seed, its main queue, and the
// environment.
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <unistd.h>

// The seeds of all hashing in the process, as the standard library lays them out. It draws them when it is loaded and
// reads them each time something hashes.
extern struct {
  uint64_t seed0;
  uint64_t seed1;
  bool is_deterministic;
} _swift_stdlib_Hashing_parameters;

// Every hash value from now on follows from these seeds; tables that exist can no longer be searched, so call it before
// anything hashes. Each table still gets its own seed from its address: only hash values are equal between processes.
static inline void flint_set_hash_seed(uint64_t seed0, uint64_t seed1) {
  _swift_stdlib_Hashing_parameters.seed0 = seed0;
  _swift_stdlib_Hashing_parameters.seed1 = seed1;
  _swift_stdlib_Hashing_parameters.is_deterministic = false;
}

// Runs the main actor's jobs on the calling thread, which is the first one, until the process ends.
extern void swift_task_asyncMainDrainQueue(void) __attribute__((swiftcall, noreturn));
static inline void __attribute__((noreturn)) flint_run_main_queue(void) { swift_task_asyncMainDrainQueue(); }

// The process's environment: `NAME=value` texts, then NULL.
extern char **environ;
static inline char *const *flint_environment(void) { return environ; }
