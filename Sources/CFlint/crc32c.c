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

bool flint_crc32c_supports(enum flint_crc32c_way way) {
  switch (way) {
    case flint_crc32c_portable: return true;
    case flint_crc32c_instruction: return __builtin_cpu_supports("sse4.2");
    case flint_crc32c_interleaved: return __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("pclmul");
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
  }
  return false;
}

static uint32_t update_interleaved(uint32_t reg, const uint8_t *bytes, size_t count) {
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

#endif

uint32_t flint_crc32c_by(enum flint_crc32c_way way, uint32_t crc, const void *bytes, size_t count) {
  switch (way) {
    case flint_crc32c_portable: return ~update_portable(~crc, bytes, count);
    case flint_crc32c_instruction: return ~update_instruction(~crc, bytes, count);
    case flint_crc32c_interleaved: return ~update_interleaved(~crc, bytes, count);
  }
  return crc;
}

uint32_t flint_crc32c(uint32_t crc, const void *bytes, size_t count) {
  if (flint_crc32c_supports(flint_crc32c_interleaved)) return ~update_interleaved(~crc, bytes, count);
  if (flint_crc32c_supports(flint_crc32c_instruction)) return ~update_instruction(~crc, bytes, count);
  return ~update_portable(~crc, bytes, count);
}
