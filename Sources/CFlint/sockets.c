#define _GNU_SOURCE
#include "CFlintSockets.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

int flint_accept(int listener) { return accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC); }

int flint_socket_peer_user(int socket, uint32_t *user) {
  struct ucred credentials;
  socklen_t length = sizeof credentials;
  if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &credentials, &length) != 0) return -1;
  *user = credentials.uid;
  return 0;
}

ssize_t flint_sendfile(int socket, int file, int64_t *offset, size_t count) {
  off_t position = *offset;
  ssize_t sent = sendfile(socket, file, &position, count);
  if (sent > 0) *offset = position;
  return sent;
}

// For files of others mincore says that everything is in memory. And the first read of a file since it was written would
// write down its time of access, for which a broken disk can be waited for, too. Who has set the flag has asked before.
static bool is_ours_and_untimed(int file) {
  int flags = fcntl(file, F_GETFL);
  if (flags >= 0 && flags & O_NOATIME) return true;
  struct stat status;
  if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode) || status.st_uid != geteuid()) return false;
  return flags >= 0 && fcntl(file, F_SETFL, flags | O_NOATIME) == 0;
}

// Whether every one of `pages` pages was written since the disk last had it. Our files are written from their start to their
// end, so such a page is whole. That is one cheap look for a map output of the last half minute; a kernel before 6.5 cannot say.
static bool is_freshly_written(int file, int64_t start, size_t length, size_t pages) {
  // Not in the headers that we build with; the same number on every architecture.
  enum { cachestat_call = 451 };
  struct {
    uint64_t offset, length;
  } range = {(uint64_t)start, length};
  struct {
    uint64_t cached, dirty, writeback, evicted, recently_evicted;
  } counts = {0};
  return syscall(cachestat_call, file, &range, &counts, 0) == 0 && counts.dirty == pages;
}

bool flint_is_in_memory(int file, int64_t offset, size_t count) {
  enum { smallest_page = 4096 };
  if (count == 0 || count > FLINT_PROBED_BYTES || !is_ours_and_untimed(file)) return false;
  int64_t page = sysconf(_SC_PAGESIZE), start = offset - offset % page;
  size_t length = (size_t)(offset - start) + count, pages = (length + (size_t)page - 1) / (size_t)page;
  if (is_freshly_written(file, start, length, pages)) return true;
  // Nothing is read through the mapping: it is the only way to ask, page by page, for what has arrived from the disk.
  void *mapping = mmap(NULL, length, PROT_READ, MAP_SHARED, file, start);
  if (mapping == MAP_FAILED) return false;
  unsigned char present[FLINT_PROBED_BYTES / smallest_page + 2];
  unsigned char all = mincore(mapping, length, present) == 0;
  for (size_t i = 0; i < pages && all; i++) all &= present[i];
  munmap(mapping, length);
  return all & 1;
}
