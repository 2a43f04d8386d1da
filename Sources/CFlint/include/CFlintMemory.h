// Hints to the processor about memory, and what the C library finds in it.
#pragma once

#include <stddef.h>

// Asks for the memory at an address that will soon be read and written. It need not be anybody's.
static inline void flint_prefetch(const void *address) { __builtin_prefetch(address, 1, 3); }

// Where `wanted` first stands in `bytes`, or NULL.
const void *flint_find(const void *bytes, size_t count, const void *wanted, size_t wanted_count);
