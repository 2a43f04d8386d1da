// Hints to the processor about memory, and what the C library finds in it.
#pragma once

#include <stddef.h>

// Asks for the memory at an address that will soon be read and written. It need not be anybody's.
static inline void flint_prefetch(const void *address) { __builtin_prefetch(address, 1, 3); }

// Where `wanted` first stands in `bytes`, or NULL.
const void *flint_find(const void *bytes, size_t count, const void *wanted, size_t wanted_count);

// Tells AddressSanitizer, where the program is watched by it, that nobody may touch this memory, or that everybody may again:
// it knows of no borders in memory that did not come from the C library. Does nothing elsewhere.
#if __has_feature(address_sanitizer)
void __asan_poison_memory_region(const volatile void *address, size_t count);
void __asan_unpoison_memory_region(const volatile void *address, size_t count);
static inline void flint_forbid(const void *address, size_t count) { __asan_poison_memory_region(address, count); }
static inline void flint_allow(const void *address, size_t count) { __asan_unpoison_memory_region(address, count); }
#else
static inline void flint_forbid(const void *address, size_t count) {}
static inline void flint_allow(const void *address, size_t count) {}
#endif
