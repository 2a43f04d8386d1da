// CRC-32C (Castagnoli): bits reflected, initial value and final inversion all ones.
//
// The functions below work on the register, which is the inverted checksum; only the entry points at the end invert.
#include "CFlint.h"

#include <pthread.h>
#include <string.h>

// The polynomial with its bits reflected: bit 31 is x^0.
#define POLYNOMIAL 0x82F63B78u

// Portable: table k says what a byte does to the register when k more bytes follow it. Eight bytes are looked up at
// once, which keeps eight loads in flight instead of one.

static uint32_t tables[8][256];
static pthread_once_t tables_once = PTHREAD_ONCE_INIT;

static void make_tables(void) {
  for (uint32_t byte = 0; byte < 256; byte++) {
    uint32_t reg = byte;
    for (int bit = 0; bit < 8; bit++) reg = (reg >> 1) ^ ((reg & 1) ? POLYNOMIAL : 0);
    tables[0][byte] = reg;
  }
  for (int k = 1; k < 8; k++)
    for (int byte = 0; byte < 256; byte++) {
      uint32_t before = tables[k - 1][byte];
      tables[k][byte] = (before >> 8) ^ tables[0][before & 0xFF];
    }
}

static uint32_t update_portable(uint32_t reg, const uint8_t *bytes, size_t count) {
  pthread_once(&tables_once, make_tables);
  for (; count >= 8; count -= 8, bytes += 8) {
    // By single bytes, so that it is right whatever the byte order of the machine.
    uint32_t low = reg ^ ((uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
                          (uint32_t)bytes[3] << 24);
    reg = tables[7][low & 0xFF] ^ tables[6][(low >> 8) & 0xFF] ^ tables[5][(low >> 16) & 0xFF] ^ tables[4][low >> 24] ^
          tables[3][bytes[4]] ^ tables[2][bytes[5]] ^ tables[1][bytes[6]] ^ tables[0][bytes[7]];
  }
  while (count--) reg = (reg >> 8) ^ tables[0][(reg ^ *bytes++) & 0xFF];
  return reg;
}

#if defined(__x86_64__) || defined(__aarch64__)
static uint64_t load64(const uint8_t *bytes) {
  uint64_t value;
  memcpy(&value, bytes, sizeof value);
  return value;
}
#endif

#if defined(__x86_64__)
#include <immintrin.h>

__attribute__((target("sse4.2"))) static uint32_t update_instruction(uint32_t reg, const uint8_t *bytes, size_t count) {
  uint64_t wide = reg;
  for (; count >= 8; count -= 8, bytes += 8) wide = _mm_crc32_u64(wide, load64(bytes));
  reg = (uint32_t)wide;
  // Headers of messages end in half a word, and are checked as often as anything.
  if (count >= 4) {
    uint32_t half;
    memcpy(&half, bytes, sizeof half);
    reg = _mm_crc32_u32(reg, half);
    count -= 4, bytes += 4;
  }
  while (count--) reg = _mm_crc32_u8(reg, *bytes++);
  return reg;
}

// The register `reg` after more zero bytes, as many as `power` stands for: `power` is x^(8n - 33) modulo the polynomial,
// reflected, for n bytes. The product of two reflected 32-bit numbers stands one bit too low in 64 bits, which is a
// factor of x, and the CRC instruction multiplies what it reduces by x^32; hence the 33.
__attribute__((target("sse4.2,pclmul"))) static uint64_t after_zeros(uint64_t reg, uint32_t power) {
  __m128i product = _mm_clmulepi64_si128(_mm_cvtsi64_si128((long long)reg), _mm_cvtsi32_si128((int)power), 0);
  return _mm_crc32_u64(0, (uint64_t)_mm_cvtsi128_si64(product));
}

// The instruction takes three cycles and one can start in each: three chains over neighbouring runs of `run` bytes keep
// it busy. Then the first two registers are moved over the bytes behind their run and all three are added.
__attribute__((target("sse4.2,pclmul"), always_inline)) static inline uint32_t update_three(
    uint32_t reg, const uint8_t *bytes, size_t run, uint32_t one_run, uint32_t two_runs) {
  uint64_t first = reg, second = 0, third = 0;
  for (size_t i = 0; i < run; i += 8) {
    first = _mm_crc32_u64(first, load64(bytes + i));
    second = _mm_crc32_u64(second, load64(bytes + run + i));
    third = _mm_crc32_u64(third, load64(bytes + 2 * run + i));
  }
  return (uint32_t)(after_zeros(first, two_runs) ^ after_zeros(second, one_run) ^ third);
}

__attribute__((target("sse4.2,pclmul"))) static uint32_t update_interleaved(
    uint32_t reg, const uint8_t *bytes, size_t count) {
  enum { long_run = 1024, short_run = 128 };
  for (; count >= 3 * long_run; count -= 3 * long_run, bytes += 3 * long_run)
    reg = update_three(reg, bytes, long_run, 0x170076FA, 0xA51B6135);
  for (; count >= 3 * short_run; count -= 3 * short_run, bytes += 3 * short_run)
    reg = update_three(reg, bytes, short_run, 0x0D3B6092, 0xB9E02B86);
  return update_instruction(reg, bytes, count);
}

// Carry-less multiplication in wide registers. A register holds the remainder of all bytes before its own; to move it over
// the bytes of a step is to multiply it by a power of x, and what comes out is added to the bytes there. Of each 128 bits
// the lower half stands for the higher powers: `low` is x^(8n + 63) modulo the polynomial, reflected in 64 bits, for a
// step of n bytes, and `high` is x^(8n - 1).
#define FOLDING __attribute__((target("avx512f,vpclmulqdq,pclmul,sse4.2"), always_inline)) static inline
struct step {
  uint64_t low, high;
};
static const struct step over_256 = {0xE9A5D8BE00000000, 0x1426A81500000000},
                         over_64 = {0x1C19243B00000000, 0x75BBA45B00000000},
                         over_48 = {0xA46EF4AA00000000, 0x6051243F00000000},
                         over_32 = {0x33CCBBBC00000000, 0xA2158B3400000000},
                         over_16 = {0x3743F7BD00000000, 0x3171D43000000000};

FOLDING __m512i fold_wide(__m512i reg, struct step step, __m512i bytes) {
  __m512i powers = _mm512_broadcast_i32x4(_mm_set_epi64x((long long)step.high, (long long)step.low));
  __m512i low = _mm512_clmulepi64_epi128(reg, powers, 0x00), high = _mm512_clmulepi64_epi128(reg, powers, 0x11);
  return _mm512_ternarylogic_epi64(low, high, bytes, 0x96);  // all three added
}

FOLDING __m128i fold(__m128i reg, struct step step, __m128i bytes) {
  __m128i powers = _mm_set_epi64x((long long)step.high, (long long)step.low);
  __m128i both = _mm_xor_si128(_mm_clmulepi64_si128(reg, powers, 0x00), _mm_clmulepi64_si128(reg, powers, 0x11));
  return _mm_xor_si128(both, bytes);
}

__attribute__((target("avx512f,vpclmulqdq,pclmul,sse4.2"))) static uint32_t update_folded(
    uint32_t reg, const uint8_t *bytes, size_t count) {
  if (count < 512) return update_interleaved(reg, bytes, count);
  __m512i first = _mm512_loadu_si512(bytes), second = _mm512_loadu_si512(bytes + 64),
          third = _mm512_loadu_si512(bytes + 128), fourth = _mm512_loadu_si512(bytes + 192);
  first = _mm512_xor_si512(first, _mm512_zextsi128_si512(_mm_cvtsi32_si128((int)reg)));
  for (bytes += 256, count -= 256; count >= 256; bytes += 256, count -= 256) {
    first = fold_wide(first, over_256, _mm512_loadu_si512(bytes));
    second = fold_wide(second, over_256, _mm512_loadu_si512(bytes + 64));
    third = fold_wide(third, over_256, _mm512_loadu_si512(bytes + 128));
    fourth = fold_wide(fourth, over_256, _mm512_loadu_si512(bytes + 192));
  }
  __m512i all = fold_wide(fold_wide(fold_wide(first, over_64, second), over_64, third), over_64, fourth);
  __m128i last = _mm512_extracti32x4_epi32(all, 3);
  last = fold(_mm512_castsi512_si128(all), over_48, last);
  last = fold(_mm512_extracti32x4_epi32(all, 1), over_32, last);
  last = fold(_mm512_extracti32x4_epi32(all, 2), over_16, last);
  uint64_t wide = _mm_crc32_u64(0, (uint64_t)_mm_cvtsi128_si64(last));
  reg = (uint32_t)_mm_crc32_u64(wide, (uint64_t)_mm_extract_epi64(last, 1));
  return update_interleaved(reg, bytes, count);
}

__attribute__((target("sse4.2"))) static uint32_t update_words(
    uint32_t reg, uint64_t first, uint64_t second, uint64_t third, uint32_t last) {
  uint64_t wide = _mm_crc32_u64(_mm_crc32_u64(_mm_crc32_u64(reg, first), second), third);
  return _mm_crc32_u32((uint32_t)wide, last);
}

bool flint_crc32c_supports(enum flint_crc32c_way way) {
  switch (way) {
    case flint_crc32c_portable: return true;
    case flint_crc32c_instruction: return __builtin_cpu_supports("sse4.2");
    case flint_crc32c_interleaved: return __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("pclmul");
    case flint_crc32c_folded:
      return flint_crc32c_supports(flint_crc32c_interleaved) && __builtin_cpu_supports("avx512f") &&
             __builtin_cpu_supports("vpclmulqdq");
  }
  return false;
}

#elif defined(__aarch64__)
#include <arm_acle.h>
#if defined(__linux__)
#include <sys/auxv.h>
#endif

__attribute__((target("crc"))) static uint32_t update_instruction(uint32_t reg, const uint8_t *bytes, size_t count) {
  for (; count >= 8; count -= 8, bytes += 8) reg = __crc32cd(reg, load64(bytes));
  while (count--) reg = __crc32cb(reg, *bytes++);
  return reg;
}

bool flint_crc32c_supports(enum flint_crc32c_way way) {
  switch (way) {
    case flint_crc32c_portable: return true;
#if defined(__linux__)
    case flint_crc32c_instruction: return getauxval(AT_HWCAP) & (1 << 7);  // HWCAP_CRC32
#else
    case flint_crc32c_instruction: return true;  // every 64-bit Apple processor has it
#endif
    case flint_crc32c_interleaved: return false;
    case flint_crc32c_folded: return false;
  }
  return false;
}

static uint32_t update_interleaved(uint32_t reg, const uint8_t *bytes, size_t count) {
  return update_instruction(reg, bytes, count);
}

static uint32_t update_folded(uint32_t reg, const uint8_t *bytes, size_t count) {
  return update_instruction(reg, bytes, count);
}

#else

bool flint_crc32c_supports(enum flint_crc32c_way way) { return way == flint_crc32c_portable; }

static uint32_t update_instruction(uint32_t reg, const uint8_t *bytes, size_t count) {
  return update_portable(reg, bytes, count);
}

static uint32_t update_interleaved(uint32_t reg, const uint8_t *bytes, size_t count) {
  return update_portable(reg, bytes, count);
}

static uint32_t update_folded(uint32_t reg, const uint8_t *bytes, size_t count) {
  return update_portable(reg, bytes, count);
}

#endif

uint32_t flint_crc32c_by(enum flint_crc32c_way way, uint32_t crc, const void *bytes, size_t count) {
  switch (way) {
    case flint_crc32c_portable: return ~update_portable(~crc, bytes, count);
    case flint_crc32c_instruction: return ~update_instruction(~crc, bytes, count);
    case flint_crc32c_interleaved: return ~update_interleaved(~crc, bytes, count);
    case flint_crc32c_folded: return ~update_folded(~crc, bytes, count);
  }
  return crc;
}

uint32_t flint_crc32c(uint32_t crc, const void *bytes, size_t count) {
  if (count >= 512 && flint_crc32c_supports(flint_crc32c_folded)) return ~update_folded(~crc, bytes, count);
  if (flint_crc32c_supports(flint_crc32c_interleaved)) return ~update_interleaved(~crc, bytes, count);
  if (flint_crc32c_supports(flint_crc32c_instruction)) return ~update_instruction(~crc, bytes, count);
  return ~update_portable(~crc, bytes, count);
}

uint32_t flint_crc32c_words(uint64_t first, uint64_t second, uint64_t third, uint32_t last) {
#if defined(__x86_64__)
  if (flint_crc32c_supports(flint_crc32c_instruction)) return ~update_words(~0u, first, second, third, last);
#endif
  uint8_t bytes[28];
  memcpy(bytes, &first, 8);
  memcpy(bytes + 8, &second, 8);
  memcpy(bytes + 16, &third, 8);
  memcpy(bytes + 24, &last, 4);
  return flint_crc32c(0, bytes, sizeof bytes);
}
