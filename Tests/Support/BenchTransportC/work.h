// The cases, as both sides see them.
#pragma once

#include <stdint.h>

enum work { work_rr, work_oneway, work_block, work_file };

struct plan {
  enum work work;
  const char *name;
  int outstanding;  // requests at once
  uint64_t count;   // messages or blocks in all
};

// Serves one connection of the listening socket, to its end.
void serve(int listener, const struct plan *plan);
// Does the work against the server at `port` and prints its figures.
void work(int port, const struct plan *plan);
