#define _GNU_SOURCE
#include "CFlintHTTP.h"

#include <fcntl.h>
#include <microhttpd.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

// MARK: What the library calls

static enum MHD_Result handle(
    void *argument, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
    const char *data, size_t *count, void **slot) {
  (void)version;
  const flint_http_settings *settings = argument;
  return settings->handle(settings->context, connection, url, method, data, count, slot) ? MHD_YES : MHD_NO;
}

static void completed(
    void *argument, struct MHD_Connection *connection, void **slot, enum MHD_RequestTerminationCode reason) {
  (void)reason;
  const flint_http_settings *settings = argument;
  if (*slot) settings->completed(settings->context, connection, slot);
}

static void connected(
    void *argument, struct MHD_Connection *connection, void **slot, enum MHD_ConnectionNotificationCode change) {
  (void)slot;
  const flint_http_settings *settings = argument;
  settings->connected(settings->context, connection, change == MHD_CONNECTION_NOTIFY_STARTED);
}

static void log_line(void *argument, const char *format, va_list arguments) {
  const flint_http_settings *settings = argument;
  char line[512];
  vsnprintf(line, sizeof line, format, arguments);
  line[strcspn(line, "\n")] = 0;
  settings->log(settings->context, line);
}

// MARK: The daemon

flint_http_daemon *flint_http_start(const flint_http_settings *settings) {
  unsigned flags = MHD_USE_EPOLL | MHD_USE_NO_LISTEN_SOCKET | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
  void *argument = (void *)settings;
  return MHD_start_daemon(
      flags, 0, NULL, NULL, handle, argument,
      // First, since every other option may already have something to complain about.
      MHD_OPTION_EXTERNAL_LOGGER, log_line, argument,
      MHD_OPTION_NOTIFY_COMPLETED, completed, argument,
      MHD_OPTION_NOTIFY_CONNECTION, connected, argument,
      MHD_OPTION_CONNECTION_LIMIT, settings->connections,
      MHD_OPTION_PER_IP_CONNECTION_LIMIT, settings->connections_per_address,
      MHD_OPTION_CONNECTION_TIMEOUT, settings->seconds,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, settings->memory,
      MHD_OPTION_STRICT_FOR_CLIENT, 1,
      MHD_OPTION_END);
}

void flint_http_stop(flint_http_daemon *daemon) { MHD_stop_daemon(daemon); }

int flint_http_descriptor(flint_http_daemon *daemon) {
  const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_EPOLL_FD);
  return info ? info->epoll_fd : -1;
}

int64_t flint_http_run(flint_http_daemon *daemon) {
  MHD_run(daemon);
  MHD_UNSIGNED_LONG_LONG milliseconds;
  if (MHD_get_timeout(daemon, &milliseconds) != MHD_YES) return -1;
  return milliseconds < INT64_MAX ? (int64_t)milliseconds : INT64_MAX;
}

int flint_http_add(flint_http_daemon *daemon, int socket, const struct sockaddr *client, unsigned length) {
  int copy = fcntl(socket, F_DUPFD_CLOEXEC, 0);
  if (copy < 0) return 0;
  return MHD_add_connection(daemon, copy, client, length) == MHD_YES;
}

// MARK: Connections

int flint_http_socket(flint_http_connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return info ? info->connect_fd : -1;
}

void flint_http_suspend(flint_http_connection *connection) { MHD_suspend_connection(connection); }
void flint_http_resume(flint_http_connection *connection) { MHD_resume_connection(connection); }

const char *flint_http_header(flint_http_connection *connection, const char *name) {
  return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

typedef struct {
  void *context;
  void (*each)(void *context, const char *name, const char *value);
} query_walk;

static enum MHD_Result step(void *argument, enum MHD_ValueKind kind, const char *name, const char *value) {
  (void)kind;
  const query_walk *walk = argument;
  walk->each(walk->context, name, value);
  return MHD_YES;
}

void flint_http_query(
    flint_http_connection *connection, void *context, void (*each)(void *context, const char *name, const char *value)) {
  query_walk walk = {context, each};
  MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, step, &walk);
}

// MARK: Answers

static int queue(flint_http_connection *connection, const flint_http_head *head, struct MHD_Response *response) {
  if (!response) return 0;
  for (size_t i = 0; i < head->header_count; i++) {
    MHD_add_response_header(response, head->headers[2 * i], head->headers[2 * i + 1]);
  }
  enum MHD_Result result = MHD_queue_response(connection, head->status, response);
  MHD_destroy_response(response);
  return result == MHD_YES;
}

int flint_http_answer(flint_http_connection *connection, const flint_http_head *head, const void *bytes, size_t count) {
  return queue(connection, head, MHD_create_response_from_buffer(count, (void *)bytes, MHD_RESPMEM_MUST_COPY));
}

typedef struct {
  void *context;
  int64_t (*read)(void *context, char *room, size_t count);
  void (*release)(void *context);
} stream;

static ssize_t read_stream(void *argument, uint64_t position, char *room, size_t count) {
  (void)position;
  const stream *source = argument;
  int64_t got = source->read(source->context, room, count);
  return got < 0 ? MHD_CONTENT_READER_END_OF_STREAM : (ssize_t)got;
}

static void free_stream(void *argument) {
  stream *source = argument;
  source->release(source->context);
  free(source);
}

int flint_http_stream(
    flint_http_connection *connection, const flint_http_head *head, void *context,
    int64_t (*read)(void *context, char *room, size_t count), void (*release)(void *context)) {
  stream *source = malloc(sizeof *source);
  if (!source) {
    release(context);
    return 0;
  }
  *source = (stream){context, read, release};
  struct MHD_Response *response =
      MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 4096, read_stream, source, free_stream);
  if (!response) free_stream(source);
  return queue(connection, head, response);
}

int flint_http_socket_pair(int *sockets) {
  return socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, sockets);
}
