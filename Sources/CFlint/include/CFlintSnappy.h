// Blocks of Snappy, decompressed.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Decompresses a block, with the length at its beginning, into exactly `room` bytes. False for a block that holds more or
// fewer, or that is damaged; then the output holds anything. Nothing outside of the two runs of bytes is touched.
bool flint_snappy_decompress(const uint8_t *block, size_t count, uint8_t *output, size_t room);
