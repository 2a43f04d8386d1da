#include "channel.h"

#include <stdlib.h>
#include <string.h>

enum { input_capacity = 256 << 10, large = 64 << 10 };

void channel_init(struct channel *channel, uv_loop_t *loop) {
  memset(channel, 0, sizeof *channel);
  uv_tcp_init(loop, &channel->tcp);
  channel->tcp.data = channel;
  channel->write.data = channel;
  channel->input = malloc(input_capacity);
  channel->block = malloc(16 << 20);
  channel->output = malloc(output_capacity + 65536);
  channel->flying = malloc(output_capacity + 65536);
}

// MARK: Input

static void allocate(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer) {
  struct channel *channel = handle->data;
  if (channel->is_in_block) {
    *buffer = uv_buf_init((char *)channel->block + channel->block_count, channel->block_frame.length - channel->block_count);
  } else {
    *buffer = uv_buf_init((char *)channel->input + channel->input_count, input_capacity - channel->input_count);
  }
}

static void deliver(struct channel *channel, const struct frame *frame, const uint8_t *body) {
  if (frame->sequence != channel->seen++) fail("a frame is missing", 0);
  frame_check_body(frame, body);
  channel->received(channel, frame, body);
}

static void parse(struct channel *channel) {
  size_t at = 0;
  while (channel->input_count - at >= header_size) {
    struct frame frame = frame_load(channel->input + at);
    size_t there = channel->input_count - at - header_size;
    const uint8_t *body = channel->input + at + header_size;
    if (there >= frame.length) {
      deliver(channel, &frame, body);
      at += header_size + frame.length;
    } else if (frame.length > large) {
      memcpy(channel->block, body, there);
      channel->block_frame = frame;
      channel->block_count = there;
      channel->is_in_block = true;
      at = channel->input_count;
    } else {
      break;
    }
  }
  channel->input_count -= at;
  if (channel->input_count > 0 && at > 0) memmove(channel->input, channel->input + at, channel->input_count);
}

static void did_read(uv_stream_t *stream, ssize_t count, const uv_buf_t *buffer) {
  struct channel *channel = stream->data;
  if (count == UV_EOF) {
    uv_stop(stream->loop);
    return;
  }
  if (count < 0) fail("read", (int)count);
  if (channel->is_in_block) {
    channel->block_count += count;
    if (channel->block_count == channel->block_frame.length) {
      channel->is_in_block = false;
      deliver(channel, &channel->block_frame, channel->block);
    }
  } else {
    channel->input_count += count;
    parse(channel);
  }
  channel_flush(channel);
}

void channel_start(struct channel *channel) {
  uv_tcp_nodelay(&channel->tcp, 1);
  uv_read_start((uv_stream_t *)&channel->tcp, allocate, did_read);
}

// MARK: Output

static void put_header(struct channel *channel, uint8_t kind, uint64_t correlation, uint32_t length, uint32_t sum) {
  if (channel->output_count + header_size + 65536 > output_capacity) fail("the queue is full", 0);
  struct frame frame = {
      .kind = kind, .message = 1, .length = length, .sequence = channel->sent++, .body_checksum = sum, .correlation = correlation};
  frame_store(channel->output + channel->output_count, &frame);
  channel->output_count += header_size;
}

void channel_put(struct channel *channel, uint8_t kind, uint64_t correlation, const void *body, uint32_t length) {
  put_header(channel, kind, correlation, length, checksum(body, length));
  memcpy(channel->output + channel->output_count, body, length);
  channel->output_count += length;
}

void channel_put_block(struct channel *channel, uint64_t correlation, const void *body, uint32_t length, uint32_t sum) {
  put_header(channel, frame_reply, correlation, length, sum);
  channel->tail = body;
  channel->tail_count = length;
}

static void did_write(uv_write_t *request, int status) {
  struct channel *channel = request->data;
  if (status < 0) fail("write", status);
  channel->is_writing = false;
  if (channel->output_count == 0 && channel->drained) channel->drained(channel);
  channel_flush(channel);
}

void channel_flush(struct channel *channel) {
  if (channel->is_writing || channel->output_count == 0) return;
  uint8_t *full = channel->output;
  channel->output = channel->flying;
  channel->flying = full;
  uv_buf_t buffers[2] = {uv_buf_init((char *)full, (unsigned)channel->output_count),
                         uv_buf_init((char *)channel->tail, (unsigned)channel->tail_count)};
  unsigned count = channel->tail_count ? 2 : 1;
  size_t total = channel->output_count + channel->tail_count;
  channel->output_count = channel->tail_count = 0;
  int sent = uv_try_write((uv_stream_t *)&channel->tcp, buffers, count);
  if (sent == UV_EAGAIN) sent = 0;
  if (sent < 0) fail("write", sent);
  if ((size_t)sent == total) {
    if (channel->drained) channel->drained(channel);
    return;
  }
  unsigned first = 0;
  while ((size_t)sent >= buffers[first].len) sent -= (int)buffers[first++].len;
  buffers[first].base += sent;
  buffers[first].len -= sent;
  channel->is_writing = true;
  uv_write(&channel->write, (uv_stream_t *)&channel->tcp, buffers + first, count - first, did_write);
}
