// Stands before libc's clocks and waits. Wall clocks begin at 2030-01-01T00:00:00Z.
#define _GNU_SOURCE
#include "guard.h"

#include <dlfcn.h>
#include <errno.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static const int64_t wall_epoch = 1893456000LL;

int clock_gettime(clockid_t clock, struct timespec *time) {
  if (!simulation_guard_armed) return (int)syscall(SYS_clock_gettime, clock, time);
  if (!simulation_guard_clocks_allowed) simulation_guard_escape("the real clock (clock_gettime)");
  time->tv_sec = (clock == CLOCK_REALTIME ? wall_epoch : 0) + simulation_guard_time / 1000000000;
  time->tv_nsec = simulation_guard_time % 1000000000;
  return 0;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
  (void)zone;
  struct timespec now;
  int result = clock_gettime(CLOCK_REALTIME, &now);
  time->tv_sec = now.tv_sec;
  time->tv_usec = now.tv_nsec / 1000;
  return result;
}

time_t time(time_t *result) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (result) *result = now.tv_sec;
  return now.tv_sec;
}

int clock_nanosleep(clockid_t clock, int flags, const struct timespec *request, struct timespec *remaining) {
  REFUSE("a blocking sleep (clock_nanosleep)");
  // This function returns its error, the system call sets errno.
  return syscall(SYS_clock_nanosleep, clock, flags, request, remaining) == 0 ? 0 : errno;
}

int nanosleep(const struct timespec *request, struct timespec *remaining) {
  REFUSE("a blocking sleep (nanosleep)");
  return (int)syscall(SYS_nanosleep, request, remaining);
}

int usleep(useconds_t microseconds) {
  struct timespec request = {microseconds / 1000000, (long)(microseconds % 1000000) * 1000};
  return nanosleep(&request, NULL);
}

unsigned sleep(unsigned seconds) {
  struct timespec request = {seconds, 0}, remaining = {0, 0};
  return nanosleep(&request, &remaining) == 0 ? 0 : (unsigned)remaining.tv_sec;
}
