// Calls on sockets that Swift cannot make: GNU macros and structures, and sendfile. Functions return -1 and set errno.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// Takes the next connection of a listening socket; the new descriptor never blocks and is closed on exec.
int flint_accept(int listener);

// The user of the process at the other end of a Unix socket, as it was when the two were connected.
int flint_socket_peer_user(int socket, uint32_t *user);

// Sends up to `count` bytes of `file` from `*offset` on, which moves on by what was sent. Returns how many that were; 0 at
// the end of the file.
ssize_t flint_sendfile(int socket, int file, int64_t *offset, size_t count);

// Whether `count` bytes of `file` from `offset` on, at most FLINT_PROBED_BYTES, are in memory, so that sending them does
// not wait for a disk. False also when nobody can tell: the kernel answers for files of this process's user only.
bool flint_is_in_memory(int file, int64_t offset, size_t count);

#define FLINT_PROBED_BYTES (1 << 20)
