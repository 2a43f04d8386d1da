// What Swift cannot say by itself: checksums on hardware instructions, system calls without a libc name, macros.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CFlintBits.h"
#include "CFlintCompare.h"
#include "CFlintContexts.h"
#include "CFlintImages.h"
#include "CFlintMemory.h"
#include "CFlintRecords.h"
#include "CFlintRuntime.h"
#include "CFlintSnappy.h"
#include "CFlintSockets.h"
#include "CFlintStart.h"
#include "CFlintSystem.h"
#include "CFlintTraps.h"

// CRC-32C of `count` bytes, by the fastest way that this processor has. `crc` is the checksum of the bytes before them,
// 0 for none; `bytes` may be NULL when `count` is 0.
uint32_t flint_crc32c(uint32_t crc, const void *bytes, size_t count);

// As flint_crc32c, of 28 bytes that are in registers: three words and a half, as they lie in memory. Bytes that were just
// written in other pieces than they are read in would make the processor wait.
uint32_t flint_crc32c_words(uint64_t first, uint64_t second, uint64_t third, uint32_t last);

// The ways to compute it, for tests that compare them.
enum flint_crc32c_way {
  flint_crc32c_portable,     // tables, eight bytes a step
  flint_crc32c_instruction,  // one chain of the processor's CRC instruction
  flint_crc32c_interleaved,  // three chains at once, joined by carry-less multiplication
  flint_crc32c_folded,       // 256 bytes a step by carry-less multiplication of wide registers
};

// Whether this processor has the instructions for `way`.
bool flint_crc32c_supports(enum flint_crc32c_way way);

// As flint_crc32c, by `way`, which must be supported.
uint32_t flint_crc32c_by(enum flint_crc32c_way way, uint32_t crc, const void *bytes, size_t count);
