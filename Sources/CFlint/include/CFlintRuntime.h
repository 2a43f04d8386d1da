// Entry points of the Swift runtime that the language has no name for. They are declared here, where the compiler checks
// their types, and used only by the targets that read or build runtime structures.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Heap objects. The alignment is given as a mask: alignment minus one.
extern void *swift_allocObject(const void *metadata, size_t size, size_t alignment_mask);
extern void swift_deallocObject(void *object, size_t size, size_t alignment_mask);
extern void swift_deallocUninitializedObject(void *object, size_t size, size_t alignment_mask);
extern void *swift_retain(void *object);
extern void swift_release(void *object);

// A box with room for one value of the type. Both halves come back in registers, in C as in Swift.
typedef struct {
  void *object;
  void *value;
} flint_box;
extern flint_box swift_allocBox(const void *type);
extern void swift_deallocBox(void *object);

// The witness table by which `type` conforms to the protocol of this descriptor, or NULL.
extern const void *swift_conformsToProtocol(const void *type, const void *protocol);

// Type metadata, complete, or in the state that the second half names.
typedef struct {
  const void *metadata;
  size_t state;
} flint_metadata_response;
extern flint_metadata_response swift_getTupleTypeMetadata(size_t request, size_t flags, const void *const *elements,
                                                          const char *labels, const void *witnesses);
extern const void *swift_getMetatypeMetadata(const void *instance_type);
extern const void *swift_getExistentialMetatypeMetadata(const void *instance_type);

// Calls a nominal type's metadata accessor with its key arguments: types, then witness tables. Blocks until the metadata
// is complete.
const void *flint_metadata_of_nominal(const void *accessor, const void *const *arguments, size_t count);

// Destroys `count` values of the type `metadata` that lie one stride apart from `values` on.
extern void swift_arrayDestroy(void *values, size_t count, const void *metadata);

// The value inside a box, and the one box of all values without size.
extern void *swift_projectBox(void *object);
extern void *swift_allocEmptyBox(void);
