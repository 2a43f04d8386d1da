// Snappy's elements: literal bytes, or a distance and a length to copy from what was written before. The lower two bits of an
// element's first byte tell which, and how many bytes of the distance follow.
//
// The library does this too, but as Debian builds it each copy of some ten bytes is a call of memmove.
#include "CFlintSnappy.h"

#include <string.h>

// Elements that lie so far from both ends are decoded without asking for each byte whether it is there: the longest takes
// five bytes, or is copied 64 bytes at once.
enum { margin = 64 };

static inline void copy_32(uint8_t *to, const uint8_t *from) {
  uint8_t bytes[32];
  memcpy(bytes, from, 32);
  memcpy(to, bytes, 32);
}

// Copies what may overlap itself: then what was copied is copied again. Writes no more than `count` bytes.
static inline void copy_slowly(uint8_t *to, const uint8_t *from, size_t count) {
  while (count--) *to++ = *from++;
}

static inline uint32_t load_32(const uint8_t *bytes) {
  uint32_t value;
  memcpy(&value, bytes, sizeof value);
  return value;
}

// Copies a literal that is long, or near to an end. Up to 60 bytes, `literal` is its length; above, it says how many bytes
// have the length.
static bool long_literal(
    const uint8_t **in, const uint8_t *in_end, uint8_t **out, const uint8_t *out_end, size_t literal) {
  const uint8_t *from = *in;
  if (literal > 60) {
    size_t bytes = literal - 60;
    if ((size_t)(in_end - from) < bytes) return false;
    uint32_t number = 0;
    for (size_t index = 0; index < bytes; index++) number |= (uint32_t)from[index] << (8 * index);
    literal = (size_t)number + 1;
    from += bytes;
  }
  if ((size_t)(in_end - from) < literal || (size_t)(out_end - *out) < literal) return false;
  memcpy(*out, from, literal);
  *in = from + literal;
  *out += literal;
  return true;
}

bool flint_snappy_decompress(const uint8_t *block, size_t count, uint8_t *output, size_t room) {
  static const uint32_t masks[4] = {0, 0xFF, 0xFFFF, 0xFFFFFFFF};
  const uint8_t *in = block, *in_end = block + count;
  uint8_t *out = output, *out_end = output + room;
  // The length before the elements, which the caller knows.
  size_t length = 0;
  for (unsigned shift = 0;; shift += 7) {
    if (in == in_end || shift > 28) return false;
    uint8_t byte = *in++;
    length |= (size_t)(byte & 127) << shift;
    if (byte < 128) break;
  }
  if (length != room) return false;
  while (in < in_end) {
    // Literals and copies come in no order that a processor could learn. So as long as both ends are far, they are one to it:
    // some bytes are copied, from the block or from the output.
    const uint8_t *in_far = in_end - in >= 2 * margin ? in_end - 2 * margin : in;
    const uint8_t *out_far = out_end - out >= margin ? out_end - margin : out;
    while (in < in_far && out < out_far) {
      size_t tag = *in, kind = tag & 3, long_length = (tag >> 2) + 1;
      size_t distance = load_32(in + 1) & masks[kind];
      size_t copied = kind == 1 ? 4 + (tag >> 2 & 7) : long_length;
      distance |= kind == 1 ? (tag & 0xE0) << 3 : 0;
      const uint8_t *from = kind == 0 ? in + 1 : out - distance;
      // What overlaps itself, lies far back or outside, or has a length of its own.
      if (kind == 0 ? copied > 60 : (distance < copied) | (distance > (size_t)(out - output)) | (kind == 3)) break;
      in += 1 + (kind == 0 ? copied : kind);
      copy_32(out, from);
      if (copied > 32) copy_32(out + 32, from + 32);
      out += copied;
    }
    uint32_t tag = *in++, kind = tag & 3;
    if (kind == 0) {
      if (!long_literal(&in, in_end, &out, out_end, (tag >> 2) + 1)) return false;
      continue;
    }
    size_t bytes = kind == 3 ? 4 : kind, copied = kind == 1 ? 4 + (tag >> 2 & 7) : 1 + (tag >> 2);
    if ((size_t)(in_end - in) < bytes || (size_t)(out_end - out) < copied) return false;
    size_t distance = kind == 1 ? (tag & 0xE0) << 3 : 0;
    for (size_t index = 0; index < bytes; index++) distance += (size_t)in[index] << (8 * index);
    in += bytes;
    // A distance of 0 becomes the greatest of all.
    if (distance - 1 >= (size_t)(out - output)) return false;
    copy_slowly(out, out - distance, copied);
    out += copied;
  }
  return out == out_end;
}
