// Comparing and multiplying many whole numbers at once, on the widest registers that this processor has.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum flint_comparison {
  flint_comparison_less,  // left before right
  flint_comparison_same,  // left and right are equal
};

// Writes for each of `count` pairs a bit, 64 to a word, the first the lowest; those behind the last are zero. An operand
// whose `is_constant` is set has one value for all pairs.
void flint_compare_int32(enum flint_comparison comparison, const int32_t *left, bool left_is_constant,
                         const int32_t *right, bool right_is_constant, size_t count, uint64_t *words);
void flint_compare_int64(enum flint_comparison comparison, const int64_t *left, bool left_is_constant,
                         const int64_t *right, bool right_is_constant, size_t count, uint64_t *words);

// Writes the products of `count` pairs, and returns whether it did: not where a product might have more than 62 bits and a
// sign, to judge by the largest number on either side, and not on a processor without such registers.
bool flint_multiply_int64(const int64_t *left, bool left_is_constant, const int64_t *right, bool right_is_constant,
                          size_t count, int64_t *products);
