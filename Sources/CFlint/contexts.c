// A context's head tells the runtime which function destroys it. Ours lies in the last bytes of the context itself.
#include "CFlintContexts.h"

#include <stdint.h>
#include <string.h>

#include "CFlintRuntime.h"

// What every head consists of; its address is that of `kind`.
struct head {
  const void *destroy;
  const void *value_witnesses;
  uintptr_t kind;
  uintptr_t start;
  const void *captures;
};

struct record {
  struct head head;
  const void *written;
  size_t size, alignment_mask;
  size_t part_count;
  flint_context_part parts[];
};

static const struct head *full_head(const void *head) {
  return (const void *)((const char *)head - offsetof(struct head, kind));
}

// By the convention of Swift's destroyers, the object comes in the register of contexts.
__attribute__((swiftcall)) static void destroy(__attribute__((swift_context)) void *context) {
  const void *head = *(const void **)context;
  const struct record *record = (const void *)full_head(head);
  for (size_t index = 0; index < record->part_count; index++) {
    const flint_context_part *part = &record->parts[index];
    void *place = (char *)context + part->offset;
    if (part->type) {
      swift_arrayDestroy(place, 1, part->type);
    } else {
      swift_release(*(void **)place);
    }
  }
  swift_deallocObject(context, record->size, record->alignment_mask);
}

size_t flint_context_record_size(size_t part_count) {
  return sizeof(struct record) + part_count * sizeof(flint_context_part);
}

void flint_context_adopt(void *context, size_t size, size_t alignment_mask, const flint_context_part *parts,
                         size_t part_count) {
  const void **head = context;
  struct record *record = (void *)((char *)context + size - flint_context_record_size(part_count));
  record->head = *full_head(*head);
  record->head.destroy = (const void *)destroy;
  record->written = *head;
  record->size = size;
  record->alignment_mask = alignment_mask;
  record->part_count = part_count;
  if (part_count > 0) memcpy(record->parts, parts, part_count * sizeof(*parts));
  *head = &record->head.kind;
}

const void *flint_context_written_head(const void *head) {
  const struct head *full = full_head(head);
  return full->destroy == (const void *)destroy ? ((const struct record *)(const void *)full)->written : head;
}
