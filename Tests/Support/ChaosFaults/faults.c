// A library for LD_PRELOAD: harms calls on files of chosen processes, shows executors other files, and moves wall clocks.
//
//   CHAOS_CALL    open, read, write, sync, rename, unlink: which call
//   CHAOS_PATH    what the file's path must contain; of a rename, the old one
//   CHAOS_ROLE    executor, driver, any: whose calls
//   CHAOS_ACT     kill | exit | delay:MILLISECONDS | errno:NUMBER | after-kill (the call happens first)
//   CHAOS_SKIP    how many such calls of a process pass first
//   CHAOS_TOKENS  a folder of files, of which each harm takes one away; without it there is no end of harm
//   CHAOS_FIRED   a file that grows by a byte with each harm
//   CHAOS_FROM    paths that begin so are others to executors,
//   CHAOS_TO      with this in place of that beginning
//   CHAOS_CLOCK   seconds by which the wall clock of executors jumps forth and back, at every thousandth look
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define ORIGINAL(type, name) ((type)dlsym(RTLD_NEXT, name))

static atomic_int passed;

// An executor is a child of a process of the same program; the driver is none.
static int is_executor(void) {
  static atomic_int known;
  int value = atomic_load(&known);
  if (value) return value == 2;
  char parent[64], own_path[PATH_MAX], parent_path[PATH_MAX];
  snprintf(parent, sizeof parent, "/proc/%d/exe", (int)getppid());
  ssize_t own_length = readlink("/proc/self/exe", own_path, sizeof own_path);
  ssize_t length = readlink(parent, parent_path, sizeof parent_path);
  int is = length > 0 && length == own_length && memcmp(own_path, parent_path, (size_t)length) == 0;
  atomic_store(&known, is ? 2 : 1);
  return is;
}

static int take_token(void) {
  const char *folder = getenv("CHAOS_TOKENS");
  if (!folder) return 1;
  for (int number = 0; number < 100; number++) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%d", folder, number);
    if (ORIGINAL(int (*)(const char *), "unlink")(path) == 0) return 1;
  }
  return 0;
}

static void note(void) {
  const char *path = getenv("CHAOS_FIRED");
  if (!path) return;
  int file = ORIGINAL(int (*)(const char *, int, ...), "open")(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (file < 0) return;
  if (ORIGINAL(ssize_t (*)(int, const void *, size_t), "write")(file, "x", 1) < 0) abort();
  close(file);
}

// The number of the error with which the call is to end; 0 when it is to happen. `is_after`: it has happened.
static int harm(const char *call, const char *path, int is_after) {
  const char *wanted = getenv("CHAOS_CALL"), *part = getenv("CHAOS_PATH"), *act = getenv("CHAOS_ACT");
  const char *role = getenv("CHAOS_ROLE"), *skip = getenv("CHAOS_SKIP");
  if (!wanted || !act || !path || strcmp(wanted, call)) return 0;
  if (is_after != !strcmp(act, "after-kill")) return 0;
  if (part && !strstr(path, part)) return 0;
  if (role && strcmp(role, "any") && strcmp(role, is_executor() ? "executor" : "driver")) return 0;
  if (skip && atomic_fetch_add(&passed, 1) < atoi(skip)) return 0;
  if (!take_token()) return 0;
  note();
  if (strstr(act, "kill")) kill(getpid(), SIGKILL);
  if (!strcmp(act, "exit")) _exit(42);
  if (!strncmp(act, "delay:", 6)) {
    struct timespec pause = {atoi(act + 6) / 1000, atoi(act + 6) % 1000 * 1000000L};
    nanosleep(&pause, NULL);
  }
  return strncmp(act, "errno:", 6) ? 0 : atoi(act + 6);
}

static const char *path_of(int descriptor, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  path[length > 0 ? length : 0] = 0;
  return path;
}

static int is_wanted(const char *call) {
  const char *wanted = getenv("CHAOS_CALL");
  return wanted && !strcmp(wanted, call);
}

// The path that an executor really gets: `path` itself, or what `seen` then holds.
static const char *as_seen(const char *path, char *seen) {
  const char *from = getenv("CHAOS_FROM"), *to = getenv("CHAOS_TO");
  if (!from || !to || !path || strncmp(path, from, strlen(from)) || !is_executor()) return path;
  snprintf(seen, PATH_MAX, "%s%s", to, path + strlen(from));
  return seen;
}

static int open_file(const char *name, const char *path, int flags, mode_t mode) {
  char seen[PATH_MAX];
  path = as_seen(path, seen);
  int number = harm("open", path, 0);
  if (number) {
    errno = number;
    return -1;
  }
  int descriptor = ORIGINAL(int (*)(const char *, int, ...), name)(path, flags, mode);
  harm("open", path, 1);
  return descriptor;
}

int open(const char *path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  mode_t mode = va_arg(arguments, mode_t);
  va_end(arguments);
  return open_file("open", path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  mode_t mode = va_arg(arguments, mode_t);
  va_end(arguments);
  return open_file("open64", path, flags, mode);
}

#define ON_DESCRIPTOR(type, name, call, parameters, arguments)        \
  type name parameters {                                              \
    if (is_wanted(call)) {                                            \
      char path[PATH_MAX];                                            \
      int number = harm(call, path_of(descriptor, path), 0);          \
      if (number) {                                                   \
        errno = number;                                               \
        return -1;                                                    \
      }                                                               \
      type result = ORIGINAL(type(*) parameters, #name) arguments;    \
      harm(call, path, 1);                                            \
      return result;                                                  \
    }                                                                 \
    return ORIGINAL(type(*) parameters, #name) arguments;             \
  }

ON_DESCRIPTOR(ssize_t, pread, "read", (int descriptor, void *bytes, size_t count, off_t place), (descriptor, bytes, count, place))
ON_DESCRIPTOR(ssize_t, pread64, "read", (int descriptor, void *bytes, size_t count, off_t place), (descriptor, bytes, count, place))
ON_DESCRIPTOR(ssize_t, pwrite, "write", (int descriptor, const void *bytes, size_t count, off_t place), (descriptor, bytes, count, place))
ON_DESCRIPTOR(ssize_t, pwrite64, "write", (int descriptor, const void *bytes, size_t count, off_t place), (descriptor, bytes, count, place))
ON_DESCRIPTOR(int, fsync, "sync", (int descriptor), (descriptor))
ON_DESCRIPTOR(int, fdatasync, "sync", (int descriptor), (descriptor))

int rename(const char *old_path, const char *new_path) {
  char old_seen[PATH_MAX], new_seen[PATH_MAX];
  old_path = as_seen(old_path, old_seen);
  new_path = as_seen(new_path, new_seen);
  int number = harm("rename", old_path, 0);
  if (number) {
    errno = number;
    return -1;
  }
  int result = ORIGINAL(int (*)(const char *, const char *), "rename")(old_path, new_path);
  harm("rename", old_path, 1);
  return result;
}

int unlink(const char *path) {
  int number = harm("unlink", path, 0);
  if (number) {
    errno = number;
    return -1;
  }
  return ORIGINAL(int (*)(const char *), "unlink")(path);
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  int result = ORIGINAL(int (*)(clockid_t, struct timespec *), "clock_gettime")(clock, time);
  static atomic_int looks;
  const char *jump = clock == CLOCK_REALTIME ? getenv("CHAOS_CLOCK") : NULL;
  if (jump && is_executor()) {
    int look = atomic_fetch_add(&looks, 1);
    if (look == 0) note();
    time->tv_sec += look / 1000 % 2 ? -atoi(jump) : atoi(jump);
  }
  return result;
}
