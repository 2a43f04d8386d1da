// The images of the process, from the dynamic linker and from the Swift runtime.
#define _GNU_SOURCE
#include "CFlintImages.h"

#include <dlfcn.h>
#include <link.h>
#include <string.h>

static int note_generation(struct dl_phdr_info *info, size_t size, void *context) {
  struct flint_image_generation *generation = context;
  generation->loaded = info->dlpi_adds;
  generation->unloaded = info->dlpi_subs;
  return 1;
}

struct flint_image_generation flint_images_generation(void) {
  struct flint_image_generation generation = {0, 0};
  dl_iterate_phdr(note_generation, &generation);
  return generation;
}

static size_t padded(size_t size) { return (size + 3) & ~(size_t)3; }

static void find_build_id(struct flint_image *image, const uint8_t *notes, size_t size) {
  while (size >= sizeof(ElfW(Nhdr))) {
    const ElfW(Nhdr) *note = (const void *)notes;
    size_t whole = sizeof *note + padded(note->n_namesz) + padded(note->n_descsz);
    if (whole > size) return;
    const uint8_t *name = notes + sizeof *note;
    if (note->n_type == NT_GNU_BUILD_ID && note->n_namesz == 4 && memcmp(name, "GNU", 4) == 0) {
      image->build_id = name + padded(note->n_namesz);
      image->build_id_size = note->n_descsz;
    }
    notes += whole;
    size -= whole;
  }
}

struct visitor {
  void (*visit)(const struct flint_image *, void *);
  void *context;
};

static int visit_image(struct dl_phdr_info *info, size_t size, void *context) {
  const struct visitor *visitor = context;
  struct flint_image image = {.base = info->dlpi_addr, .path = info->dlpi_name};
  if (!image.path) image.path = "";
  for (size_t index = 0; index < info->dlpi_phnum; index++) {
    const ElfW(Phdr) *part = &info->dlpi_phdr[index];
    uintptr_t start = info->dlpi_addr + part->p_vaddr;
    switch (part->p_type) {
      case PT_LOAD:
        // Only what comes from the file. The runtime has a pool in its zero-filled memory from which it takes metadata
        // and witness tables: those look like parts of the image, and differ from process to process.
        if (part->p_filesz > 0 && image.part_count < flint_image_max_parts)
          image.parts[image.part_count++] = (struct flint_address_range){start, start + part->p_filesz};
        break;
      case PT_NOTE: find_build_id(&image, (const uint8_t *)start, part->p_memsz); break;
      case PT_GNU_EH_FRAME:
        image.function_table = start;
        image.function_table_size = part->p_memsz;
        break;
    }
  }
  if (image.part_count > 0) visitor->visit(&image, visitor->context);
  return 0;
}

void flint_images_visit(void (*visit)(const struct flint_image *, void *), void *context) {
  struct visitor visitor = {visit, context};
  dl_iterate_phdr(visit_image, &visitor);
}

// What the runtime keeps for each image that was registered with it. The order of the lists is part of the contract
// between compiled images and the runtime; new ones are added at the end.
struct metadata_sections {
  uintptr_t version;
  const void *base;
  void *unused[2];
  struct {
    uintptr_t start;
    size_t size;
  } protocols, conformances, types, type_references, reflection_strings, fields, associated_types, replacements,
      replacements2, builtin_types, captures;
};

extern void swift_enumerateAllMetadataSections(bool (*body)(const struct metadata_sections *, void *), void *context);

struct sections_visitor {
  void (*visit)(const struct flint_swift_sections *, void *);
  void *context;
};

static bool visit_sections(const struct metadata_sections *found, void *context) {
  const struct sections_visitor *visitor = context;
  struct flint_swift_sections sections = {
      .base = (uintptr_t)found->base,
      .conformances = {found->conformances.start, found->conformances.size},
      .types = {found->types.start, found->types.size},
      .captures = {found->captures.start, found->captures.size},
  };
  visitor->visit(&sections, visitor->context);
  return true;
}

void flint_swift_sections_visit(void (*visit)(const struct flint_swift_sections *, void *), void *context) {
  struct sections_visitor visitor = {visit, context};
  swift_enumerateAllMetadataSections(visit_sections, &visitor);
}

const char *flint_symbol(const void *address) {
  Dl_info info;
  return dladdr(address, &info) ? info.dli_sname : NULL;
}

extern char *swift_demangle(const char *symbol, size_t size, char *output, size_t *output_size, uint32_t flags);

char *flint_demangled(const char *symbol) { return swift_demangle(symbol, strlen(symbol), NULL, NULL, 0); }
