// Stands before the system's randomness, in libc and in the Swift runtime.
#define _GNU_SOURCE
#include "guard.h"

#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <unistd.h>

ssize_t getrandom(void *bytes, size_t count, unsigned flags) {
  REFUSE("the system's randomness (getrandom)");
  return syscall(SYS_getrandom, bytes, count, flags);
}

int getentropy(void *bytes, size_t count) {
  REFUSE("the system's randomness (getentropy)");
  return syscall(SYS_getrandom, bytes, count, 0) == (long)count ? 0 : -1;
}

void arc4random_buf(void *bytes, size_t count) {
  REFUSE("the system's randomness (arc4random_buf)");
  typedef void (*function)(void *, size_t);
  NEXT(function, "arc4random_buf");
  next(bytes, count);
}

uint32_t arc4random(void) {
  uint32_t value;
  arc4random_buf(&value, sizeof value);
  return value;
}

// `Int.random(in:)` and its like reach the system through this entry point of libswiftCore. It does what that one does
// instead of calling it, since in a static program there is no other one to call.
void swift_stdlib_random(void *bytes, size_t count) {
  REFUSE("the system's randomness (Swift's SystemRandomNumberGenerator)");
  char *next = bytes;
  while (count > 0) {
    long got = syscall(SYS_getrandom, next, count, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) abort();
    next += got;
    count -= (size_t)got;
  }
}
