// Stands before what opens real files and sockets.
#define _GNU_SOURCE
#include "guard.h"

#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static int open_file(const char *name, int directory, const char *path, int flags, va_list rest) {
  REFUSE(name);
  mode_t mode = flags & (O_CREAT | __O_TMPFILE) ? va_arg(rest, mode_t) : 0;
  return (int)syscall(SYS_openat, directory, path, flags, mode);
}

#define OPEN(name, flags_extra) \
  int name(const char *path, int flags, ...) { \
    va_list rest; \
    va_start(rest, flags); \
    int result = open_file("a real file (" #name ")", AT_FDCWD, path, flags | flags_extra, rest); \
    va_end(rest); \
    return result; \
  }

#define OPENAT(name, flags_extra) \
  int name(int directory, const char *path, int flags, ...) { \
    va_list rest; \
    va_start(rest, flags); \
    int result = open_file("a real file (" #name ")", directory, path, flags | flags_extra, rest); \
    va_end(rest); \
    return result; \
  }

OPEN(open, 0)
OPEN(open64, O_LARGEFILE)
OPENAT(openat, 0)
OPENAT(openat64, O_LARGEFILE)

FILE *fopen(const char *path, const char *mode) {
  REFUSE("a real file (fopen)");
  typedef FILE *(*function)(const char *, const char *);
  NEXT(function, "fopen");
  return next(path, mode);
}

DIR *opendir(const char *path) {
  REFUSE("a real directory (opendir)");
  typedef DIR *(*function)(const char *);
  NEXT(function, "opendir");
  return next(path);
}

int socket(int domain, int type, int protocol) {
  REFUSE("a real socket (socket)");
  return (int)syscall(SYS_socket, domain, type, protocol);
}
