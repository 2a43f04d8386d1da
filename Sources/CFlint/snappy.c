// Snappy's elements: literal bytes, or a distance and a length to copy from what was written before. The lower two bits of an
// element's first byte tell which, and how many bytes of the distance follow.
//
// The library does this too, but as Debian builds it each copy of some ten bytes is a call of memmove.
#include "CFlintSnappy.h"

#include <string.h>

// A block that is being decompressed.
typedef struct stream {
  const uint8_t *in, *in_end;
  uint8_t *start, *out, *out_end;
} stream;

// What an element's first byte says of the usual ones: how many bytes it stands for, and from bit 8 on the part of the
// distance that it holds. The others have a distance that leads out of any block.
#define UNUSUAL (1ull << 62)
#define LITERAL(tag) ((tag) >> 2 < 60 ? ((tag) >> 2) + 1 : UNUSUAL)
#define NEAR(tag) ((4 + ((tag) >> 2 & 7)) | (uint64_t)((tag) >> 5) << 16)
#define FAR(tag) (((tag) >> 2) + 1)
#define FOUR(tag) LITERAL(tag), NEAR(tag + 1), FAR(tag + 2), UNUSUAL
#define SIXTEEN(tag) FOUR(tag), FOUR(tag + 4), FOUR(tag + 8), FOUR(tag + 12)
#define SIXTY_FOUR(tag) SIXTEEN(tag), SIXTEEN(tag + 16), SIXTEEN(tag + 32), SIXTEEN(tag + 48)
static const uint64_t elements[256] = {SIXTY_FOUR(0), SIXTY_FOUR(64), SIXTY_FOUR(128), SIXTY_FOUR(192)};

// The usual elements take no more of either side: a literal's bytes are copied 64 at once, from behind the first.
enum { longest_in = 66, longest_out = 64, least_distance = 8 };

static inline uint32_t load_32(const uint8_t *bytes) {
  uint32_t value;
  memcpy(&value, bytes, sizeof value);
  return value;
}

// What lies `least_distance` back may overlap itself: then what was copied is copied again.
static inline void copy_8(uint8_t *to, const uint8_t *from) { memcpy(to, from, 8); }

// Copies no more than `count` bytes, from any distance.
static inline void copy_slowly(uint8_t *to, const uint8_t *from, size_t count) {
  while (count--) *to++ = *from++;
}

// How many of the usual elements have room in any case.
static inline size_t sure_steps(const uint8_t *in, const uint8_t *out, const stream *block) {
  if (out - block->start < least_distance) return 0;
  size_t by_input = (size_t)(block->in_end - in) / longest_in, by_output = (size_t)(block->out_end - out) / longest_out;
  return by_input < by_output ? by_input : by_output;
}

// Decodes an element, if it is a usual one, for which there is room. Literals and copies come in no order that a processor
// could learn. So they are one to it: some bytes are copied, from the block or from the output.
static inline __attribute__((always_inline)) bool step(const uint8_t **in, uint8_t **out, const uint8_t *start) {
  static const uint32_t masks[4] = {0, 0xFF, 0xFFFF, 0};
  size_t tag = **in, kind = tag & 3;
  uint64_t element = elements[tag];
  size_t count = element & 0xFF, distance = (element >> 8) + (load_32(*in + 1) & masks[kind]);
  // Of a literal the distance is 0, or leads out of the block. One below the least becomes a great one.
  size_t beyond = kind == 0 ? distance : distance - least_distance;
  if (beyond > (size_t)(*out - start) - least_distance) return false;
  const uint8_t *from = kind == 0 ? *in + 1 : *out - distance;
  copy_8(*out, from);
  copy_8(*out + 8, from + 8);
  if (count > 16) {
    copy_8(*out + 16, from + 16);
    copy_8(*out + 24, from + 24);
    if (count > 32) {
      for (size_t done = 32; done < 64; done += 8) copy_8(*out + done, from + done);
    }
  }
  // Where the next one begins is what everything waits for, and the table would be a detour.
  *in += 1 + (kind == 0 ? (tag >> 2) + 1 : kind);
  *out += count;
  return true;
}

// Copies a literal whose length is above 60 bytes, or near to an end. Up to 60, `length` is that; above, it says how many
// bytes have the length.
static bool literal_step(stream *block, const uint8_t *in, size_t length) {
  if (length > 60) {
    size_t bytes = length - 60;
    if ((size_t)(block->in_end - in) < bytes) return false;
    uint32_t number = 0;
    for (size_t index = 0; index < bytes; index++) number |= (uint32_t)in[index] << (8 * index);
    length = (size_t)number + 1;
    in += bytes;
  }
  if ((size_t)(block->in_end - in) < length || (size_t)(block->out_end - block->out) < length) return false;
  memcpy(block->out, in, length);
  block->in = in + length;
  block->out += length;
  return true;
}

// Decodes an element of any kind and at any place. There is one; false, without a step, when it is damaged.
static __attribute__((noinline)) bool any_step(stream *block) {
  const uint8_t *in = block->in;
  uint32_t tag = *in++, kind = tag & 3;
  if (kind == 0) return literal_step(block, in, (tag >> 2) + 1);
  size_t bytes = kind == 3 ? 4 : kind, count = kind == 1 ? 4 + (tag >> 2 & 7) : 1 + (tag >> 2);
  if ((size_t)(block->in_end - in) < bytes || (size_t)(block->out_end - block->out) < count) return false;
  size_t distance = kind == 1 ? (tag & 0xE0) << 3 : 0;
  for (size_t index = 0; index < bytes; index++) distance += (size_t)in[index] << (8 * index);
  // A distance of 0 becomes the greatest of all.
  if (distance - 1 >= (size_t)(block->out - block->start)) return false;
  copy_slowly(block->out, block->out - distance, count);
  block->in = in + bytes;
  block->out += count;
  return true;
}

// Decodes both blocks until one of them is near an end or damaged. An element waits for what the one before it says of its
// length; with two, the processor need not wait.
static void together(stream *first, stream *second) {
  while (first->out - first->start < least_distance && first->in < first->in_end && any_step(first)) {}
  while (second->out - second->start < least_distance && second->in < second->in_end && any_step(second)) {}
  for (;;) {
    const uint8_t *in = first->in, *in_2 = second->in;
    uint8_t *out = first->out, *out_2 = second->out;
    const uint8_t *start = first->start, *start_2 = second->start;
    size_t steps = sure_steps(in, out, first), steps_2 = sure_steps(in_2, out_2, second);
    if (steps_2 < steps) steps = steps_2;
    if (steps == 0) return;
    bool usual = true, usual_2 = true;
    for (; steps > 0; steps--) {
      usual = step(&in, &out, start);
      if (!usual) break;
      usual_2 = step(&in_2, &out_2, start_2);
      if (!usual_2) break;
    }
    first->in = in, first->out = out;
    second->in = in_2, second->out = out_2;
    if (!usual && !any_step(first)) return;
    if (!usual_2 && !any_step(second)) return;
  }
}

// Decodes the rest, or returns false when it is damaged.
static bool alone(stream *block) {
  while (block->in < block->in_end) {
    const uint8_t *in = block->in, *start = block->start;
    uint8_t *out = block->out;
    size_t steps = sure_steps(in, out, block);
    bool usual = steps > 0;
    for (; usual && steps > 0; steps--) usual = step(&in, &out, start);
    block->in = in, block->out = out;
    if (!usual && !any_step(block)) return false;
  }
  return block->out == block->out_end;
}

// Reads the length before the elements, which the caller knows.
static bool begin(flint_snappy_block block, stream *stream) {
  *stream = (struct stream){block.bytes, block.bytes + block.count, block.output, block.output, block.output + block.room};
  size_t length = 0;
  for (unsigned shift = 0;; shift += 7) {
    if (stream->in == stream->in_end || shift > 28) return false;
    uint8_t byte = *stream->in++;
    length |= (size_t)(byte & 127) << shift;
    if (byte < 128) return length == block.room;
  }
}

bool flint_snappy_decompress(flint_snappy_block block) {
  stream stream;
  return begin(block, &stream) && alone(&stream);
}

flint_snappy_results flint_snappy_decompress_two(flint_snappy_block first, flint_snappy_block second) {
  stream stream, stream_2;
  bool sound = begin(first, &stream), sound_2 = begin(second, &stream_2);
  if (sound && sound_2) together(&stream, &stream_2);
  return (flint_snappy_results){sound && alone(&stream), sound_2 && alone(&stream_2)};
}
