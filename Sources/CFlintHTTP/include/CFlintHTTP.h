// libmicrohttpd without a listener and without threads, in the form in which Swift needs it.
//
// Its own header brings that of sockets along, whose contents Swift would then look for in two modules; so it is not
// included here.
#pragma once

#include <stddef.h>
#include <stdint.h>

struct sockaddr;
typedef struct MHD_Daemon flint_http_daemon;
typedef struct MHD_Connection flint_http_connection;

// What a daemon is started with. It must live as long as the daemon.
typedef struct {
  void *context;
  // For the head of a request, with an empty slot; then for each part of its body, which is taken by setting `count` to 0;
  // then, with nothing more, for its answer. Returns 0 to close the connection.
  int (*handle)(
      void *context, flint_http_connection *connection, const char *path, const char *method, const char *data,
      size_t *count, void **slot);
  // A request that has filled its slot is over.
  void (*completed)(void *context, flint_http_connection *connection, void **slot);
  // A connection has come, or is about to go.
  void (*connected)(void *context, flint_http_connection *connection, int is_new);
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
flint_http_daemon *flint_http_start(const flint_http_settings *settings);

// Frees the daemon. No connection may be suspended.
void flint_http_stop(flint_http_daemon *daemon);

// The descriptor that is readable when the daemon has something to do.
int flint_http_descriptor(flint_http_daemon *daemon);

// Does what there is to do. Returns in how many milliseconds it wants to be called again in any case; -1 for never.
int64_t flint_http_run(flint_http_daemon *daemon);

// Hands a copy of a connected socket to the daemon, with the address of its client. Returns 0 when the daemon does not
// take it.
int flint_http_add(flint_http_daemon *daemon, int socket, const struct sockaddr *client, unsigned length);

// The socket of a connection.
int flint_http_socket(flint_http_connection *connection);

void flint_http_suspend(flint_http_connection *connection);
void flint_http_resume(flint_http_connection *connection);

// The value of a header of a request; NULL when it is not there.
const char *flint_http_header(flint_http_connection *connection, const char *name);

// Calls `each` for the names and values of a request's query; values may be NULL.
void flint_http_query(
    flint_http_connection *connection, void *context, void (*each)(void *context, const char *name, const char *value));

// The head of an answer: pairs of names and values.
typedef struct {
  unsigned status;
  const char *const *headers;
  size_t header_count;
} flint_http_head;

// Answers with a copy of `count` bytes. Returns 0 when that is not possible.
int flint_http_answer(flint_http_connection *connection, const flint_http_head *head, const void *bytes, size_t count);

// Answers with what `read` puts into its room until it returns -1. It returns 0 only after suspending the connection.
// `release` is called once, even when the answer is not possible, which returns 0.
int flint_http_stream(
    flint_http_connection *connection, const flint_http_head *head, void *context,
    int64_t (*read)(void *context, char *room, size_t count), void (*release)(void *context));

// Two connected sockets that never block and are closed on exec. Returns -1 and sets errno when there is no room.
int flint_http_socket_pair(int *sockets);
