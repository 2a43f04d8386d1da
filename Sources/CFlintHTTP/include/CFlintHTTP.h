// libmicrohttpd without a listener and without threads: its variadic functions, for Swift.
#pragma once

#include <microhttpd.h>
#include <stddef.h>
#include <sys/socket.h>

// What a daemon is started with. It must live as long as the daemon.
typedef struct {
  void *context;
  MHD_AccessHandlerCallback handle;
  MHD_RequestCompletedCallback completed;
  MHD_NotifyConnectionCallback connected;
  // Gets the library's own complaints, a line a call.
  void (*log)(void *context, const char *line);
  unsigned connections;
  unsigned connections_per_address;
  // Of a connection on which nothing happens.
  unsigned seconds;
  // Memory of a connection, in which a request's head must fit.
  size_t memory;
} flint_http_settings;

// NULL when there is no memory or no descriptor left.
struct MHD_Daemon *flint_http_start(const flint_http_settings *settings);

// The descriptor that is readable when the daemon has something to do.
int flint_http_descriptor(struct MHD_Daemon *daemon);

// Hands a copy of a connected socket to the daemon, with the address of its client. Returns 0 when the daemon does not
// take it.
int flint_http_add(struct MHD_Daemon *daemon, int socket, const struct sockaddr *client, socklen_t length);

// The socket of a connection, and what `connected` stored for it.
int flint_http_socket(struct MHD_Connection *connection);
void *flint_http_connection_context(struct MHD_Connection *connection);

// Two connected sockets that never block and are closed on exec. Returns -1 and sets errno when there is no room.
int flint_http_socket_pair(int *sockets);
