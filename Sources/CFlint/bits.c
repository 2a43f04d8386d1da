// Numbers packed into bits.
#include "CFlintBits.h"

#include <string.h>

// Eight bytes from `place` on, with zeros for those behind `available`.
static inline uint64_t load_bounded(const uint8_t *bytes, size_t available, size_t place) {
  uint64_t word = 0;
  if (place + sizeof word <= available)
    memcpy(&word, bytes + place, sizeof word);
  else if (place < available)
    memcpy(&word, bytes + place, available - place);
  return word;
}

void flint_unpack_wide(
    unsigned width, const uint8_t *bytes, size_t available, size_t first, uint64_t *values, size_t count) {
  if (width == 0) {
    memset(values, 0, count * sizeof *values);
    return;
  }
  uint64_t mask = width == 64 ? ~(uint64_t)0 : ((uint64_t)1 << width) - 1;
  size_t bit = first * width, index = 0;
  // Nine bytes hold any number, wherever it begins.
  for (; index < count && (bit >> 3) + 9 <= available; index++, bit += width) {
    uint64_t word;
    memcpy(&word, bytes + (bit >> 3), sizeof word);
    unsigned shift = bit & 7;
    word >>= shift;
    if (shift + width > 64) word |= (uint64_t)bytes[(bit >> 3) + 8] << (64 - shift);
    values[index] = word & mask;
  }
  for (; index < count; index++, bit += width) {
    unsigned shift = bit & 7;
    uint64_t word = load_bounded(bytes, available, bit >> 3) >> shift;
    if (shift + width > 64) word |= load_bounded(bytes, available, (bit >> 3) + 8) << (64 - shift);
    values[index] = word & mask;
  }
}

static uint32_t unpack_portable(
    unsigned width, const uint8_t *bytes, size_t available, size_t first, uint32_t *values, size_t count) {
  uint32_t mask = width == 32 ? ~(uint32_t)0 : ((uint32_t)1 << width) - 1, greatest = 0;
  size_t bit = first * width, index = 0;
  for (; index < count && (bit >> 3) + 8 <= available; index++, bit += width) {
    uint64_t word;
    memcpy(&word, bytes + (bit >> 3), sizeof word);
    uint32_t value = (uint32_t)(word >> (bit & 7)) & mask;
    greatest = value > greatest ? value : greatest;
    values[index] = value;
  }
  for (; index < count; index++, bit += width) {
    uint32_t value = (uint32_t)(load_bounded(bytes, available, bit >> 3) >> (bit & 7)) & mask;
    greatest = value > greatest ? value : greatest;
    values[index] = value;
  }
  return greatest;
}

#if defined(__x86_64__)
#include <immintrin.h>

// Eight numbers of w bits are w bytes. Two halves of a register get four numbers each: the bytes of each number move into a
// lane of its own, and then down by as many bits as its first byte holds of others. The second half begins at byte w / 2,
// four bits in when w is odd.
#define START(w, i) (((i) & 3) * (w) + ((i) >> 2) * ((4 * (w)) & 7))
#define LANE(w, i) START(w, i) / 8, START(w, i) / 8 + 1, START(w, i) / 8 + 2, START(w, i) / 8 + 3
#define BYTES(w) {LANE(w, 0), LANE(w, 1), LANE(w, 2), LANE(w, 3), LANE(w, 4), LANE(w, 5), LANE(w, 6), LANE(w, 7)}
#define SHIFT(w, i) START(w, i) & 7
#define SHIFTS(w) {SHIFT(w, 0), SHIFT(w, 1), SHIFT(w, 2), SHIFT(w, 3), SHIFT(w, 4), SHIFT(w, 5), SHIFT(w, 6), SHIFT(w, 7)}
#define EACH(f) \
  f(0), f(1), f(2), f(3), f(4), f(5), f(6), f(7), f(8), f(9), f(10), f(11), f(12), f(13), f(14), f(15), f(16), f(17), \
      f(18), f(19), f(20), f(21), f(22), f(23), f(24), f(25)
// Above, a number and the bits before it may take more than four bytes.
enum { widest = 25 };
static const uint8_t lane_bytes[widest + 1][32] = {EACH(BYTES)};
static const uint32_t lane_shifts[widest + 1][8] = {EACH(SHIFTS)};

__attribute__((target("avx2"))) static uint32_t unpack_avx2(
    unsigned width, const uint8_t *bytes, size_t available, size_t first, uint32_t *values, size_t count) {
  // The registers begin at whole bytes.
  size_t index = (8 - (first & 7)) & 7;
  if (index > count) index = count;
  uint32_t greatest = index ? unpack_portable(width, bytes, available, first, values, index) : 0;
  size_t place = (first + index) / 8 * width, second = width / 2;
  __m256i order = _mm256_loadu_si256((const __m256i *)lane_bytes[width]);
  __m256i shifts = _mm256_loadu_si256((const __m256i *)lane_shifts[width]);
  __m256i mask = _mm256_set1_epi32((int)(((uint32_t)1 << width) - 1)), most = _mm256_setzero_si256();
  for (; index + 8 <= count && place + second + 16 <= available; index += 8, place += width) {
    __m128i low = _mm_loadu_si128((const __m128i *)(bytes + place));
    __m128i high = _mm_loadu_si128((const __m128i *)(bytes + place + second));
    __m256i both = _mm256_inserti128_si256(_mm256_castsi128_si256(low), high, 1);
    __m256i numbers = _mm256_and_si256(_mm256_srlv_epi32(_mm256_shuffle_epi8(both, order), shifts), mask);
    most = _mm256_max_epu32(most, numbers);
    _mm256_storeu_si256((__m256i *)(values + index), numbers);
  }
  uint32_t lanes[8];
  _mm256_storeu_si256((__m256i *)lanes, most);
  for (int lane = 0; lane < 8; lane++) greatest = lanes[lane] > greatest ? lanes[lane] : greatest;
  if (index < count) {
    uint32_t rest = unpack_portable(width, bytes, available, first + index, values + index, count - index);
    greatest = rest > greatest ? rest : greatest;
  }
  return greatest;
}
#endif

uint32_t flint_unpack(
    unsigned width, const uint8_t *bytes, size_t available, size_t first, uint32_t *values, size_t count) {
  if (width == 0) {
    memset(values, 0, count * sizeof *values);
    return 0;
  }
#if defined(__x86_64__)
  if (width <= widest && count >= 16 && __builtin_cpu_supports("avx2"))
    return unpack_avx2(width, bytes, available, first, values, count);
#endif
  return unpack_portable(width, bytes, available, first, values, count);
}
