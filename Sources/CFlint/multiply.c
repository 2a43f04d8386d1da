// Products of whole numbers. A loop that asks each product whether it overflowed is not done on wide registers; one that
// collects the bits of its operands is.
#include "CFlint.h"

#if defined(__x86_64__)

// Collects the bits in which a number differs from its sign.
#define BITS(number) (uint64_t)((number) ^ ((number) >> 63))

static inline unsigned width(uint64_t bits) { return bits ? 64 - (unsigned)__builtin_clzll(bits) : 0; }

#define LOOP(left_number, right_number)                        \
  for (size_t index = 0; index < count; index++) {             \
    int64_t one = left_number, other = right_number;           \
    lefts |= BITS(one);                                        \
    rights |= BITS(other);                                     \
    products[index] = (int64_t)((uint64_t)one * (uint64_t)other); \
  }

__attribute__((target("avx512f,avx512dq,avx512vl"))) static bool multiply(
    const int64_t *restrict left, bool left_is_constant, const int64_t *restrict right, bool right_is_constant,
    size_t count, int64_t *restrict products) {
  uint64_t lefts = 0, rights = 0;
  if (left_is_constant) LOOP(left[0], right[index])
  else if (right_is_constant) LOOP(left[index], right[0])
  else LOOP(left[index], right[index])
  return width(lefts) + width(rights) <= 62;
}

bool flint_multiply_int64(const int64_t *left, bool left_is_constant, const int64_t *right, bool right_is_constant,
                          size_t count, int64_t *products) {
  if (!__builtin_cpu_supports("avx512dq") || !__builtin_cpu_supports("avx512vl")) return false;
  return multiply(left, left_is_constant, right, right_is_constant, count, products);
}

#else

bool flint_multiply_int64(const int64_t *left, bool left_is_constant, const int64_t *right, bool right_is_constant,
                          size_t count, int64_t *products) {
  return false;
}

#endif
