// Contexts of closures that were rebuilt from bytes. They are taken down by a record of what was put into them, never by the
// code that the compiler wrote for such contexts: that code trusts the types which the bytes chose.
#pragma once

#include <stddef.h>

// Something in a context that has to be given back.
typedef struct {
  size_t offset;
  const void *type;  // of the value there, or NULL for a counted reference, which may be none
} flint_context_part;

// Bytes that a context needs behind its captures, from a multiple of 8 on, for the record of `part_count` parts.
size_t flint_context_record_size(size_t part_count);

// Writes the record and makes it the context's head in place of the compiler's, of which the context was made. `size` and
// `alignment_mask` are those of the whole allocation, at whose end the record stands. The parts are copied.
void flint_context_adopt(void *context, size_t size, size_t alignment_mask, const flint_context_part *parts,
                         size_t part_count);

// The compiler's head of a context: `head` itself, or what stood in its place before flint_context_adopt.
const void *flint_context_written_head(const void *head);
