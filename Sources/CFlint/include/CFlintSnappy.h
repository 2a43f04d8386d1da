// Blocks of Snappy, decompressed.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A block of `count` bytes, with the length at its beginning, and where exactly `room` bytes are to come from it.
typedef struct {
  const uint8_t *bytes;
  size_t count;
  uint8_t *output;
  size_t room;
} flint_snappy_block;

// Decompresses a block. False for one that holds more or fewer bytes, or that is damaged; then the output holds anything.
// Nothing outside of the two runs of bytes is touched.
bool flint_snappy_decompress(flint_snappy_block block);

// Which of two blocks are sound.
typedef struct {
  bool first, second;
} flint_snappy_results;

// Decompresses two blocks as flint_snappy_decompress does each, in as little as half of the time.
flint_snappy_results flint_snappy_decompress_two(flint_snappy_block first, flint_snappy_block second);
