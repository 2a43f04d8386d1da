// One end of a connection: frames in, frames out, one write for all that one piece of input made.
#pragma once

#include <uv.h>

#include "frames.h"

struct channel {
  uv_tcp_t tcp;
  uv_write_t write;
  void (*received)(struct channel *channel, const struct frame *frame, const uint8_t *body);
  void (*drained)(struct channel *channel);  // called when the system has taken all, or NULL
  void *context;
  uint32_t sent, seen;  // sequence numbers
  // Input: small frames are read from `input`, a body above 64 KiB goes straight to `block`.
  uint8_t *input, *block;
  size_t input_count, block_count;
  struct frame block_frame;
  bool is_in_block;
  // Output: what is under way, and what gathers meanwhile. A block of others is sent without a copy behind the bytes.
  uint8_t *output, *flying;
  size_t output_count, flying_count;
  const void *tail;
  size_t tail_count;
  bool is_writing;
};

enum { output_capacity = 4 << 20, gather_size = 64 << 10 };

void channel_init(struct channel *channel, uv_loop_t *loop);
void channel_start(struct channel *channel);
// Adds a frame to what is sent next. The body is copied.
void channel_put(struct channel *channel, uint8_t kind, uint64_t correlation, const void *body, uint32_t length);
// Adds a frame whose body is sent from where it lies, after everything else; nothing may be put behind it before a flush.
void channel_put_block(struct channel *channel, uint64_t correlation, const void *body, uint32_t length, uint32_t sum);
// Hands what is there to the system.
void channel_flush(struct channel *channel);
