// Lets a test's executable start once more as a simulation: before the runner of tests gets the process, a constructor
// looks whether it was started as one, and then nothing else happens in it.
#pragma once

/// The variable that marks such a process. Its value is what to run, as `first..<end` and the parts that are left out.
#define FLINT_TESTING_VARIABLE "FLINT_SIMULATION_CHILD"

/// Runs seeds in this process and returns its exit code. `closure` is what was read from standard input. Defined in Swift.
int flint_testing_simulate(const char *request, const unsigned char *closure, long count);

/// Whether the constructor is part of the program; makes the linker take it.
int flint_testing_is_linked(void);
