// Shared by the guard's own files.
#pragma once

#include "CFlintSimulation.h"

extern bool simulation_guard_armed;
extern bool simulation_guard_clocks_allowed;
extern int64_t simulation_guard_time;

/// In the body of an interposed function: ends the process when the guard is armed.
#define REFUSE(name) \
  do { \
    if (simulation_guard_armed) simulation_guard_escape(name); \
  } while (0)

/// The function that this one stands before.
#define NEXT(type, name) \
  static type next; \
  if (!next) next = (type)dlsym(RTLD_NEXT, name)
