#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <unistd.h>

#include "channel.h"
#include "work.h"

static struct channel channel;
static const struct plan *plan;
static uint64_t received_count;
static uint8_t *block;
// Blocks that are asked for and cannot be sent yet: one is under way.
static uint64_t asked[64];
static unsigned asked_first, asked_count;
static int block_file = -1;
static uint32_t block_sum;

static uint8_t *make_block(void) {
  uint8_t *bytes = malloc(block_size);
  for (size_t i = 0; i < block_size; i++) bytes[i] = (uint8_t)(i * 31 + i / 251);
  return bytes;
}

// MARK: Messages, and blocks from memory

static void send_next_block(struct channel *channel) {
  if (asked_count == 0 || channel->is_writing || channel->tail_count) return;
  uint64_t correlation = asked[asked_first++ % 64];
  asked_count--;
  channel_put_block(channel, correlation, block, block_size, checksum(block, block_size));
  channel_flush(channel);
}

static void received(struct channel *channel, const struct frame *frame, const uint8_t *body) {
  switch (plan->work) {
    case work_rr:
      channel_put(channel, frame_reply, frame->correlation, body, frame->length);
      break;
    case work_oneway:
      if (++received_count == plan->count) channel_put(channel, frame_reply, 0, &received_count, sizeof received_count);
      break;
    default:
      asked[(asked_first + asked_count++) % 64] = frame->correlation;
      send_next_block(channel);
  }
}

static void connected(uv_stream_t *listener, int status) {
  if (status < 0) fail("listen", status);
  channel_init(&channel, listener->loop);
  channel.received = received;
  if (plan->work == work_block) channel.drained = send_next_block;
  status = uv_accept(listener, (uv_stream_t *)&channel.tcp);
  if (status < 0) fail("accept", status);
  channel_start(&channel);
}

// MARK: Blocks from a file

struct file_server {
  uv_poll_t poll;
  int socket;
  uint8_t input[64 << 10];
  size_t input_count;
  uint8_t header[header_size];
  size_t header_left;
  off_t offset;
  bool is_sending;
  uint32_t sent;
};

static void file_ready(uv_poll_t *poll, int status, int events);

static bool send_part(struct file_server *server) {
  ssize_t count;
  if (server->header_left > 0) {
    count = send(server->socket, server->header + header_size - server->header_left, server->header_left, MSG_MORE | MSG_NOSIGNAL);
    if (count > 0) server->header_left -= count;
  } else {
    count = sendfile(server->socket, block_file, &server->offset, block_size - server->offset);
  }
  if (count < 0 && errno != EAGAIN) fail("sendfile", -errno);
  return count > 0;
}

static void send_files(struct file_server *server) {
  while (true) {
    if (!server->is_sending) {
      if (asked_count == 0) break;
      struct frame frame = {.kind = frame_reply, .message = 1, .length = block_size, .sequence = server->sent++,
                            .body_checksum = block_sum, .correlation = asked[asked_first++ % 64]};
      asked_count--;
      frame_store(server->header, &frame);
      server->header_left = header_size;
      server->offset = 0;
      server->is_sending = true;
    }
    if (!send_part(server)) break;
    if (server->offset == block_size) server->is_sending = false;
  }
  uv_poll_start(&server->poll, server->is_sending ? UV_READABLE | UV_WRITABLE : UV_READABLE, file_ready);
}

static void file_ready(uv_poll_t *poll, int status, int events) {
  struct file_server *server = poll->data;
  if (status < 0) fail("poll", status);
  if (events & UV_READABLE) {
    ssize_t count = recv(server->socket, server->input + server->input_count, sizeof server->input - server->input_count, 0);
    if (count == 0) {
      uv_stop(poll->loop);
      return;
    }
    if (count > 0) server->input_count += count;
    size_t at = 0;
    while (server->input_count - at >= header_size) {
      struct frame frame = frame_load(server->input + at);
      if (server->input_count - at < header_size + frame.length) break;
      frame_check_body(&frame, server->input + at + header_size);
      asked[(asked_first + asked_count++) % 64] = frame.correlation;
      at += header_size + frame.length;
    }
    server->input_count -= at;
    memmove(server->input, server->input + at, server->input_count);
  }
  send_files(server);
}

static void serve_files(uv_loop_t *loop, int listener) {
  static struct file_server server;
  char path[] = "/tmp/flint-bench-XXXXXX";
  block_file = mkstemp(path);
  unlink(path);
  if (block_file < 0 || write(block_file, block, block_size) != block_size) fail("file", -errno);
  block_sum = checksum(block, block_size);
  server.socket = accept(listener, NULL, NULL);
  if (server.socket < 0) fail("accept", -errno);
  uv_poll_init(loop, &server.poll, server.socket);
  server.poll.data = &server;
  uv_poll_start(&server.poll, UV_READABLE, file_ready);
  uv_run(loop, UV_RUN_DEFAULT);
}

void serve(int listener, const struct plan *the_plan) {
  plan = the_plan;
  block = make_block();
  uv_loop_t *loop = uv_default_loop();
  if (plan->work == work_file) return serve_files(loop, listener);
  static uv_tcp_t tcp;
  uv_tcp_init(loop, &tcp);
  uv_tcp_open(&tcp, listener);
  int status = uv_listen((uv_stream_t *)&tcp, 8, connected);
  if (status < 0) fail("listen", status);
  uv_run(loop, UV_RUN_DEFAULT);
}
