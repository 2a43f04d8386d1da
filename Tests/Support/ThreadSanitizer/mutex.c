#define _GNU_SOURCE
#include "thread_sanitizer.h"

// Swift's Mutex takes and leaves a free lock in code that is compiled into its user, where ThreadSanitizer sees it. Who
// has to wait calls into the runtime's library, which was built without it: the sanitizer would take two turns at one lock
// for a race. These stand before the library's functions, call them, and say what they do. Nothing is hidden: a race
// beside the lock is still found.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)

#include <dlfcn.h>
#include <stdint.h>

#define LOCK_SLOW "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK_SLOW "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"
#define SWIFT_SELF __attribute__((swift_context))

extern void __tsan_acquire(void *address);
extern void __tsan_release(void *address);

__attribute__((swiftcall)) void flint_lock_slow(uint32_t state, SWIFT_SELF void *mutex) __asm__(LOCK_SLOW);
__attribute__((swiftcall)) void flint_unlock_slow(SWIFT_SELF void *mutex) __asm__(UNLOCK_SLOW);

typedef __attribute__((swiftcall)) void (*lock_slow)(uint32_t state, SWIFT_SELF void *mutex);
typedef __attribute__((swiftcall)) void (*unlock_slow)(SWIFT_SELF void *mutex);

__attribute__((swiftcall)) void flint_lock_slow(uint32_t state, SWIFT_SELF void *mutex) {
  ((lock_slow)dlsym(RTLD_NEXT, LOCK_SLOW))(state, mutex);
  __tsan_acquire(mutex);
}

__attribute__((swiftcall)) void flint_unlock_slow(SWIFT_SELF void *mutex) {
  __tsan_release(mutex);
  ((unlock_slow)dlsym(RTLD_NEXT, UNLOCK_SLOW))(mutex);
}

#endif
#endif
