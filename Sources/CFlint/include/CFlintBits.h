// Numbers packed into bits, the first in the lowest bits of the first byte.
#pragma once

#include <stddef.h>
#include <stdint.h>

// Unpacks `count` numbers of `width` bits, 0 to 32, from the one with number `first` on, and returns the greatest. Nothing is
// read past `available` bytes, which must hold all of them.
uint32_t flint_unpack(
    unsigned width, const uint8_t *bytes, size_t available, size_t first, uint32_t *values, size_t count);

// The same for up to 64 bits.
void flint_unpack_wide(
    unsigned width, const uint8_t *bytes, size_t available, size_t first, uint64_t *values, size_t count);
