// The files that are mapped into this process as code: the program, its libraries, and what was loaded later.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A run of addresses.
struct flint_address_range {
  uintptr_t low, high;
};

enum { flint_image_max_parts = 16 };

struct flint_image {
  uintptr_t base;                 // what the file's addresses are relative to
  // What comes from the file, in rising order. Neither the gaps between the parts nor zero-filled memory behind one is of
  // the image.
  struct flint_address_range parts[flint_image_max_parts];
  size_t part_count;
  uintptr_t function_table;       // .eh_frame_hdr, or 0
  size_t function_table_size;
  const uint8_t *build_id;        // inside the image, or NULL
  size_t build_id_size;
  const char *path;               // as the loader gives it: empty for the program itself
};

// How many images have been loaded and unloaded so far: another pair of numbers is another list of images.
struct flint_image_generation {
  unsigned long long loaded, unloaded;
};
struct flint_image_generation flint_images_generation(void);

// Calls `visit` for each image, the program first. Loading and unloading wait meanwhile, so `visit` must be brief; what it
// is given may be unloaded later.
void flint_images_visit(void (*visit)(const struct flint_image *image, void *context), void *context);

// A list that the compiler wrote into an image.
struct flint_section {
  uintptr_t start;
  size_t size;
};

// The lists of one image that are known to the Swift runtime of this program.
struct flint_swift_sections {
  uintptr_t base;                 // an address in the image
  struct flint_section conformances, types, captures;
};
void flint_swift_sections_visit(void (*visit)(const struct flint_swift_sections *sections, void *context), void *context);

// The linker's name of what stands exactly at `address` or closest before it in its image, or NULL.
const char *flint_symbol(const void *address);
// The name as people write it, to be given to free(), or NULL.
char *flint_demangled(const char *symbol);
