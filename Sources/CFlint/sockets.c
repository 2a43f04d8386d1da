#define _GNU_SOURCE
#include "CFlintSockets.h"

#include <sys/sendfile.h>
#include <sys/socket.h>

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
