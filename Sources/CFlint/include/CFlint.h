// What Swift cannot say by itself: checksums on hardware instructions, system calls without a libc name, macros.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "CFlintContexts.h"
#include "CFlintImages.h"
#include "CFlintRuntime.h"
#include "CFlintSockets.h"
#include "CFlintStart.h"
#include "CFlintSystem.h"
#include "CFlintTraps.h"

// CRC-32C of `count` bytes, by the fastest way that this processor has. `crc` is the checksum of the bytes before them,
// 0 for none; `bytes` may be NULL when `count` is 0.
uint32_t flint_crc32c(uint32_t crc, const void *bytes, size_t count);

// The ways to compute it, for tests that compare them.
enum flint_crc32c_way {
  flint_crc32c_portable,     // tables, eight bytes a step
  flint_crc32c_instruction,  // one chain of the processor's CRC instruction
  flint_crc32c_interleaved,  // three chains at once, joined by carry-less multiplication
};

// Whether this processor has the instructions for `way`.
bool flint_crc32c_supports(enum flint_crc32c_way way);

// As flint_crc32c, by `way`, which must be supported.
uint32_t flint_crc32c_by(enum flint_crc32c_way way, uint32_t crc, const void *bytes, size_t count);
