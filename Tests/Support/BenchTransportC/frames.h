// Frames as Flint's transport has them: 32 bytes with two checksums, then the body.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { header_size = 32, message_size = 100, block_size = 1 << 20 };
enum frame_kind { frame_request = 1, frame_reply = 2, frame_oneway = 3 };

struct frame {
  uint8_t kind;
  uint16_t message;
  uint32_t length, sequence, body_checksum;
  uint64_t correlation;
};

// Writes a header to 32 bytes at `place`, with its checksum.
void frame_store(uint8_t *place, const struct frame *frame);
// Reads a header; ends the program when it is broken.
struct frame frame_load(const uint8_t *place);
// Ends the program when the body is not the one that the header speaks of.
void frame_check_body(const struct frame *frame, const void *body);
uint32_t checksum(const void *bytes, size_t count);

// Says what went wrong and ends the program.
_Noreturn void fail(const char *what, int status);
