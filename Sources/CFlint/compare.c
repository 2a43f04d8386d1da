// Comparisons of whole numbers as bits. Compilers find no way from a loop of comparisons to the masks that wide registers
// give, so it is written out.
#include "CFlint.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

// Each function below does whole words: it gets `count` down to a multiple of 64, and the shape of its operands as constants
// after inlining.
#define EACH_SHAPE(function, type)                                                                      \
  do {                                                                                                  \
    if (comparison == flint_comparison_less) {                                                          \
      if (left_is_constant) function(flint_comparison_less, left, true, right, false, count, words);    \
      else if (right_is_constant) function(flint_comparison_less, left, false, right, true, count, words); \
      else function(flint_comparison_less, left, false, right, false, count, words);                    \
    } else {                                                                                            \
      if (left_is_constant) function(flint_comparison_same, left, true, right, false, count, words);    \
      else if (right_is_constant) function(flint_comparison_same, left, false, right, true, count, words); \
      else function(flint_comparison_same, left, false, right, false, count, words);                    \
    }                                                                                                   \
  } while (0)

#define ARGUMENTS(type)                                                                              \
  enum flint_comparison comparison, const type *left, bool left_is_constant, const type *right,     \
      bool right_is_constant, size_t count, uint64_t *words

#define PORTABLE(type, name)                                                                          \
  static void name(ARGUMENTS(type)) {                                                                 \
    for (size_t start = 0; start < count; start += 64) {                                              \
      size_t end = count - start < 64 ? count - start : 64;                                           \
      uint64_t word = 0;                                                                              \
      for (size_t bit = 0; bit < end; bit++) {                                                        \
        type one = left[left_is_constant ? 0 : start + bit];                                          \
        type other = right[right_is_constant ? 0 : start + bit];                                      \
        word |= (uint64_t)(comparison == flint_comparison_less ? one < other : one == other) << bit; \
      }                                                                                               \
      words[start / 64] = word;                                                                       \
    }                                                                                                 \
  }

PORTABLE(int32_t, portable_int32)
PORTABLE(int64_t, portable_int64)

#if defined(__x86_64__)

#define WIDE "avx512f"
#define MIDDLE "avx2"
#define INLINE static inline __attribute__((always_inline))

#define AVX512(type, name, lanes, vector, set, load, less, same)                                        \
  INLINE __attribute__((target(WIDE))) void name##_shaped(ARGUMENTS(type)) {                            \
    vector one = set(left[0]), other = set(right[0]);                                                   \
    for (size_t start = 0; start < count; start += 64) {                                                \
      uint64_t word = 0;                                                                                \
      for (size_t part = 0; part < 64; part += lanes) {                                                 \
        if (!left_is_constant) one = load(left + start + part);                                         \
        if (!right_is_constant) other = load(right + start + part);                                     \
        word |= (uint64_t)(comparison == flint_comparison_less ? less(one, other) : same(one, other)) << part; \
      }                                                                                                 \
      words[start / 64] = word;                                                                         \
    }                                                                                                   \
  }                                                                                                     \
  __attribute__((target(WIDE))) static void name(ARGUMENTS(type)) { EACH_SHAPE(name##_shaped, type); }

AVX512(int32_t, wide_int32, 16, __m512i, _mm512_set1_epi32, _mm512_loadu_si512, _mm512_cmplt_epi32_mask, _mm512_cmpeq_epi32_mask)
AVX512(int64_t, wide_int64, 8, __m512i, _mm512_set1_epi64, _mm512_loadu_si512, _mm512_cmplt_epi64_mask, _mm512_cmpeq_epi64_mask)

#define LOAD256(place) _mm256_loadu_si256((const __m256i *)(place))

#define AVX2(type, name, lanes, set, more, same, mask)                                                  \
  INLINE __attribute__((target(MIDDLE))) void name##_shaped(ARGUMENTS(type)) {                          \
    __m256i one = set(left[0]), other = set(right[0]);                                                  \
    for (size_t start = 0; start < count; start += 64) {                                                \
      uint64_t word = 0;                                                                                \
      for (size_t part = 0; part < 64; part += lanes) {                                                 \
        if (!left_is_constant) one = LOAD256(left + start + part);                                      \
        if (!right_is_constant) other = LOAD256(right + start + part);                                  \
        __m256i lane = comparison == flint_comparison_less ? more(other, one) : same(one, other);       \
        word |= (uint64_t)(uint32_t)mask(lane) << part;                                                 \
      }                                                                                                 \
      words[start / 64] = word;                                                                         \
    }                                                                                                   \
  }                                                                                                     \
  __attribute__((target(MIDDLE))) static void name(ARGUMENTS(type)) { EACH_SHAPE(name##_shaped, type); }

#define MASK32(lane) _mm256_movemask_ps(_mm256_castsi256_ps(lane))
#define MASK64(lane) _mm256_movemask_pd(_mm256_castsi256_pd(lane))

AVX2(int32_t, middle_int32, 8, _mm256_set1_epi32, _mm256_cmpgt_epi32, _mm256_cmpeq_epi32, MASK32)
AVX2(int64_t, middle_int64, 4, _mm256_set1_epi64x, _mm256_cmpgt_epi64, _mm256_cmpeq_epi64, MASK64)

#define DISPATCH(name)                                                                                          \
  if (whole > 0 && __builtin_cpu_supports(WIDE))                                                                \
    wide_##name(comparison, left, left_is_constant, right, right_is_constant, whole, words);                    \
  else if (whole > 0 && __builtin_cpu_supports(MIDDLE))                                                         \
    middle_##name(comparison, left, left_is_constant, right, right_is_constant, whole, words);                  \
  else                                                                                                          \
    whole = 0;

#else
#define DISPATCH(name) whole = 0;
#endif

#define ENTRY(type, name)                                                                                       \
  void flint_compare_##name(ARGUMENTS(type)) {                                                                  \
    size_t whole = left_is_constant && right_is_constant ? 0 : count / 64 * 64;                                 \
    DISPATCH(name)                                                                                              \
    portable_##name(comparison, left_is_constant ? left : left + whole, left_is_constant,                       \
                    right_is_constant ? right : right + whole, right_is_constant, count - whole, words + whole / 64); \
  }

ENTRY(int32_t, int32)
ENTRY(int64_t, int64)
