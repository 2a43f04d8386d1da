// Stands before what makes threads and processes: libc and libdispatch.
#define _GNU_SOURCE
#include "guard.h"

#include <dlfcn.h>
#include <pthread.h>
#include <spawn.h>
#include <stddef.h>
#include <unistd.h>

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*body)(void *), void *argument) {
  REFUSE("a thread (pthread_create)");
  typedef int (*function)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
  NEXT(function, "pthread_create");
  return next(thread, attributes, body, argument);
}

int posix_spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions,
                const posix_spawnattr_t *attributes, char *const arguments[], char *const environment[]) {
  REFUSE("a process (posix_spawn)");
  typedef int (*function)(pid_t *, const char *, const posix_spawn_file_actions_t *, const posix_spawnattr_t *,
                          char *const[], char *const[]);
  NEXT(function, "posix_spawn");
  return next(pid, path, actions, attributes, arguments, environment);
}

int posix_spawnp(pid_t *pid, const char *file, const posix_spawn_file_actions_t *actions,
                 const posix_spawnattr_t *attributes, char *const arguments[], char *const environment[]) {
  REFUSE("a process (posix_spawnp)");
  typedef int (*function)(pid_t *, const char *, const posix_spawn_file_actions_t *, const posix_spawnattr_t *,
                          char *const[], char *const[]);
  NEXT(function, "posix_spawnp");
  return next(pid, file, actions, attributes, arguments, environment);
}

// Queues may hand work to threads that exist already, so the doors of libdispatch are guarded as well as its threads.
// Weak: in a static program libdispatch's own functions are linked beside these and win; there pthread_create, which
// every queue needs before it can run anything elsewhere, ends the process instead.
#define REFUSE_DISPATCH(name, parameters, arguments) \
  __attribute__((weak)) void name parameters { \
    REFUSE("libdispatch (" #name ")"); \
    typedef void(*function) parameters; \
    NEXT(function, #name); \
    next arguments; \
  }

REFUSE_DISPATCH(dispatch_async, (void *queue, void *block), (queue, block))
REFUSE_DISPATCH(dispatch_async_f, (void *queue, void *argument, void *work), (queue, argument, work))
REFUSE_DISPATCH(dispatch_after, (uint64_t when, void *queue, void *block), (when, queue, block))
REFUSE_DISPATCH(dispatch_after_f, (uint64_t when, void *queue, void *argument, void *work),
                (when, queue, argument, work))
REFUSE_DISPATCH(dispatch_sync, (void *queue, void *block), (queue, block))
REFUSE_DISPATCH(dispatch_group_async, (void *group, void *queue, void *block), (group, queue, block))

__attribute__((weak)) void *dispatch_source_create(void *type, uintptr_t handle, uintptr_t mask, void *queue) {
  REFUSE("libdispatch (dispatch_source_create)");
  typedef void *(*function)(void *, uintptr_t, uintptr_t, void *);
  NEXT(function, "dispatch_source_create");
  return next(type, handle, mask, queue);
}
