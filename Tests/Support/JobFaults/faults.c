// A library for LD_PRELOAD, for executors alone: ends one by SIGKILL at a call on a file, once, or lets all of them see other
// files than the driver does.
//
//   FAULT_CALL    open, fdatasync, rename
//   FAULT_MOMENT  before, after: whether the call itself still happens
//   FAULT_PATH    what the file's path must contain; of a rename, the old one
//   FAULT_TOKEN   a file that is removed by who dies; without it nobody does
//
//   FAULT_FROM    paths that begin so are others to executors,
//   FAULT_TO      with this in place of that beginning
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// An executor is a child of a process of the same program; the driver, which is none, is spared.
static int is_executor(void) {
  char parent[64], own_path[PATH_MAX], parent_path[PATH_MAX];
  snprintf(parent, sizeof parent, "/proc/%d/exe", (int)getppid());
  ssize_t own_length = readlink("/proc/self/exe", own_path, sizeof own_path);
  ssize_t length = readlink(parent, parent_path, sizeof parent_path);
  return length > 0 && length == own_length && memcmp(own_path, parent_path, (size_t)length) == 0;
}

static void fail(const char *call, const char *moment, const char *path) {
  const char *wanted = getenv("FAULT_CALL"), *when = getenv("FAULT_MOMENT");
  const char *part = getenv("FAULT_PATH"), *token = getenv("FAULT_TOKEN");
  if (!wanted || !when || !part || !token || !path) return;
  if (strcmp(wanted, call) || strcmp(when, moment) || !strstr(path, part) || !is_executor()) return;
  if (unlink(token) == 0) kill(getpid(), SIGKILL);
}

// The path that an executor really gets: `path` itself, or what `seen` then holds.
static const char *as_seen(const char *path, char *seen) {
  const char *from = getenv("FAULT_FROM"), *to = getenv("FAULT_TO");
  if (!from || !to || !path || strncmp(path, from, strlen(from)) || !is_executor()) return path;
  snprintf(seen, PATH_MAX, "%s%s", to, path + strlen(from));
  return seen;
}

#define ORIGINAL(type, name) ((type)dlsym(RTLD_NEXT, name))

static int open_file(const char *name, const char *path, int flags, mode_t mode) {
  char seen[PATH_MAX];
  path = as_seen(path, seen);
  fail("open", "before", path);
  int descriptor = ORIGINAL(int (*)(const char *, int, ...), name)(path, flags, mode);
  fail("open", "after", path);
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

int fdatasync(int descriptor) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, sizeof path - 1);
  path[length > 0 ? length : 0] = 0;
  fail("fdatasync", "before", path);
  int result = ORIGINAL(int (*)(int), "fdatasync")(descriptor);
  fail("fdatasync", "after", path);
  return result;
}

int rename(const char *old_path, const char *new_path) {
  char old_seen[PATH_MAX], new_seen[PATH_MAX];
  old_path = as_seen(old_path, old_seen);
  new_path = as_seen(new_path, new_seen);
  fail("rename", "before", old_path);
  int result = ORIGINAL(int (*)(const char *, const char *), "rename")(old_path, new_path);
  fail("rename", "after", old_path);
  return result;
}
