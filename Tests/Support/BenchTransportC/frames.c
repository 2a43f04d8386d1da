#include "frames.h"

#include <CFlint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

enum { version = 1 };

uint32_t checksum(const void *bytes, size_t count) { return flint_crc32c(0, bytes, count); }

void frame_store(uint8_t *place, const struct frame *frame) {
  place[0] = 'F';
  place[1] = 'L';
  place[2] = version;
  place[3] = frame->kind;
  memcpy(place + 4, &frame->message, 2);
  memset(place + 6, 0, 2);
  memcpy(place + 8, &frame->length, 4);
  memcpy(place + 12, &frame->sequence, 4);
  memcpy(place + 16, &frame->correlation, 8);
  memcpy(place + 24, &frame->body_checksum, 4);
  uint32_t sum = checksum(place, 28);
  memcpy(place + 28, &sum, 4);
}

struct frame frame_load(const uint8_t *place) {
  uint32_t sum;
  memcpy(&sum, place + 28, 4);
  if (place[0] != 'F' || place[1] != 'L' || place[2] != version || sum != checksum(place, 28)) fail("broken header", 0);
  struct frame frame = {.kind = place[3]};
  memcpy(&frame.message, place + 4, 2);
  memcpy(&frame.length, place + 8, 4);
  memcpy(&frame.sequence, place + 12, 4);
  memcpy(&frame.correlation, place + 16, 8);
  memcpy(&frame.body_checksum, place + 24, 4);
  if (frame.length > 16 << 20) fail("frame too long", 0);
  return frame;
}

void frame_check_body(const struct frame *frame, const void *body) {
  if (checksum(body, frame->length) != frame->body_checksum) fail("broken body", 0);
}

void fail(const char *what, int status) {
  fprintf(stderr, "bench-transport-c: %s%s%s\n", what, status ? ": " : "", status ? uv_strerror(status) : "");
  exit(1);
}
