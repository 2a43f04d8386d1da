#define _GNU_SOURCE
#include "guard.h"

#include <errno.h>
#include <execinfo.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool simulation_guard_armed;
bool simulation_guard_clocks_allowed;
int64_t simulation_guard_time;

static char context[256] = "no simulation is running";
static _Thread_local bool home_thread;

void simulation_guard_allow_clocks(bool allowed) { simulation_guard_clocks_allowed = allowed; }

void simulation_guard_arm(void) {
  // The first backtrace loads a library; that must not happen after sealing.
  void *frames[1];
  backtrace(frames, 1);
  simulation_guard_armed = true;
}

void simulation_guard_disarm(void) { simulation_guard_armed = false; }

void simulation_guard_set_time(int64_t nanoseconds) { simulation_guard_time = nanoseconds; }

void simulation_guard_set_context(const char *text) {
  strncpy(context, text, sizeof context - 1);
  context[sizeof context - 1] = 0;
}

static void say(const char *text) {
  size_t length = strlen(text);
  while (length > 0) {
    ssize_t written = write(STDERR_FILENO, text, length);
    if (written <= 0) return;
    text += written;
    length -= (size_t)written;
  }
}

void simulation_guard_escape(const char *what) {
  simulation_guard_armed = false;
  say("simulation guard: ");
  say(what);
  say(" escaped from the simulation (");
  say(context);
  say(")\n");
  void *frames[40];
  int count = backtrace(frames, 40);
  backtrace_symbols_fd(frames, count, STDERR_FILENO);
  _exit(simulation_guard_exit_code);
}

void simulation_guard_make_deterministic(char *arguments[]) {
  setvbuf(stdout, NULL, _IOLBF, 0);
  if (getenv("SWIFT_DETERMINISTIC_HASHING")) return;
  setenv("SWIFT_DETERMINISTIC_HASHING", "1", 1);
  execv("/proc/self/exe", arguments);
  perror("cannot start the simulation anew with deterministic hashing");
  exit(2);
}

bool simulation_guard_report_is_written(void) {
  if (fflush(stdout) == 0 && !ferror(stdout)) return true;
  // Not perror, which duplicates the descriptor: a sealed process may not.
  say("the report could not be written: ");
  say(strerror(errno));
  say("\n");
  return false;
}

void simulation_guard_enter_home_thread(void) { home_thread = true; }

bool simulation_guard_is_home_thread(void) { return home_thread; }
