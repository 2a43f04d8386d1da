// Separated texts, 64 bytes a step: the bytes that mean something become bits, and what stands between quotes is masked out by
// a running exclusive or of the quotes. Only where quotes stand as nobody should write them, or with escapes and comments, a
// step goes byte by byte.
#include "CFlintRecords.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#define INLINE static inline __attribute__((always_inline))

// What was before a byte.
enum place { record_start, field_start, in_field, in_quotes, behind_quotes, behind_escape, in_comment };

struct masks {
  uint64_t separators, feeds, returns, quotes, escapes, comments, high;
};

struct state {
  enum place place;
  size_t ends, records;
  bool has_high, has_quotes;
};

struct output {
  uint32_t *ends, *records;
};

// Bits from each set one up to the next: odd counts are set.
INLINE uint64_t running_parity(uint64_t bits) {
  bits ^= bits << 1;
  bits ^= bits << 2;
  bits ^= bits << 4;
  bits ^= bits << 8;
  bits ^= bits << 16;
  return bits ^ bits << 32;
}

INLINE void end_field(struct state *state, const struct output *out, size_t place) {
  out->ends[state->ends++] = (uint32_t)place;
}

// Goes through one step byte by byte.
static void step_slowly(const struct flint_records_form *form, const uint8_t *bytes, size_t start, size_t end,
                        struct state *state, const struct output *out) {
  enum place place = state->place;
  for (size_t index = start; index < end; index++) {
    int byte = bytes[index];
    if (place == behind_escape) {
      place = in_quotes;
      continue;
    }
    bool is_line_end =
        (byte == '\n' && form->feed_ends) ||
        (byte == '\r' && form->return_ends && !(form->feed_ends && bytes[index + 1] == '\n'));
    if (is_line_end && !(place == in_quotes && form->quotes_hold_lines)) {
      end_field(state, out, index);
      out->records[state->records++] = (uint32_t)state->ends;
      place = record_start;
      continue;
    }
    switch (place) {
      case record_start:
        if (byte == form->comment) {
          place = in_comment;
          break;
        }
        __attribute__((fallthrough));
      case field_start:
        if (byte == form->quote) place = in_quotes;
        else if (byte == form->separator) end_field(state, out, index), place = field_start;
        else place = form->blanks_before_quote && (byte == ' ' || byte == '\t') ? field_start : in_field;
        break;
      case in_field:
        if (byte == form->separator) end_field(state, out, index), place = field_start;
        break;
      case in_quotes:
        if (byte == form->escape) place = behind_escape;
        else if (byte == form->quote) place = behind_quotes;
        break;
      case behind_quotes:
        if (byte == form->quote) place = in_quotes;
        else if (byte == form->separator) end_field(state, out, index), place = field_start;
        else if (!(byte == '\r' && bytes[index + 1] == '\n')) place = in_field;
        break;
      case behind_escape:
      case in_comment: break;
    }
  }
  state->place = place;
}

// The bits of `structure` as places.
INLINE void write_ends(struct state *state, const struct output *out, uint64_t structure, size_t start) {
  uint32_t *ends = out->ends + state->ends;
  size_t count = (size_t)__builtin_popcountll(structure);
  for (size_t index = 0; index < 8; index++) {
    ends[index] = (uint32_t)(start + (size_t)__builtin_ctzll(structure | 1ull << 63));
    structure &= structure - 1;
  }
  if (count > 8) {
    for (size_t index = 8; index < 16; index++) {
      ends[index] = (uint32_t)(start + (size_t)__builtin_ctzll(structure | 1ull << 63));
      structure &= structure - 1;
    }
    for (size_t index = 16; index < count; index++) {
      ends[index] = (uint32_t)(start + (size_t)__builtin_ctzll(structure));
      structure &= structure - 1;
    }
  }
  state->ends += count;
}

// One step of up to 64 bytes by their masks.
INLINE void step(const struct flint_records_form *form, const uint8_t *bytes, size_t start, size_t count,
                 struct masks masks, struct state *state, const struct output *out) {
  uint64_t valid = count == 64 ? ~0ull : (1ull << count) - 1;
  state->has_high |= (masks.high & valid) != 0;
  uint64_t lines = form->feed_ends ? masks.feeds : 0;
  if (form->return_ends) {
    uint64_t before_feed = form->feed_ends ? masks.feeds >> 1 | (uint64_t)(bytes[start + 64] == '\n') << 63 : 0;
    lines |= masks.returns & ~before_feed;
  }
  lines &= valid;
  uint64_t structure = (masks.separators & valid) | lines;
  uint64_t quotes = masks.quotes & valid;
  bool is_plain = !form->blanks_before_quote && ((masks.escapes | masks.comments) & valid) == 0 &&
                  state->place < behind_escape;
  if (!is_plain) {
    state->has_quotes |= quotes != 0;
    step_slowly(form, bytes, start, start + count, state, out);
    return;
  }
  if (quotes | (state->place >= in_quotes)) {
    state->has_quotes = true;
    uint64_t inside = running_parity(quotes) ^ (state->place == in_quotes ? ~0ull : 0);
    uint64_t outside = ~inside;
    uint64_t opening = quotes & inside, closing = quotes & outside;
    uint64_t held = structure & outside;
    // An opening quote stands where a field begins, or doubles the one before it; behind a closing quote a field ends.
    uint64_t before_opening = (held | closing) << 1 |
                              (state->place == record_start || state->place == field_start || state->place == behind_quotes);
    uint64_t behind_closing = (closing << 1 | (state->place == behind_quotes)) & valid;
    uint64_t after_quote = held | quotes | (masks.returns & outside);
    uint64_t broken = (opening & ~before_opening) | (behind_closing & ~after_quote);
    if (!form->quotes_hold_lines) broken |= lines & inside;
    if (broken) {
      step_slowly(form, bytes, start, start + count, state, out);
      return;
    }
    structure = held;
    lines &= outside;
    uint64_t last = 1ull << (count - 1);
    state->place = inside & last ? in_quotes
                   : closing & last ? behind_quotes
                   : lines & last ? record_start
                   : structure & last ? field_start
                   : in_field;
  } else {
    uint64_t last = 1ull << (count - 1);
    state->place = lines & last ? record_start : structure & last ? field_start : in_field;
  }
  size_t before = state->ends;
  write_ends(state, out, structure, start);
  while (lines) {
    uint64_t line = lines & -lines;
    out->records[state->records++] = (uint32_t)(before + (size_t)__builtin_popcountll(structure & (line | (line - 1))));
    lines &= lines - 1;
  }
}

#define LOOP(step, masks_of)                                                                                   \
  for (size_t start = first; start < end; start += 64) {                                                       \
    if (ends_room - state->ends < 64 || records_room - state->records < 64) break;                             \
    size_t count = end - start < 64 ? end - start : 64;                                                        \
    step(form, bytes, start, count, masks_of(form, bytes + start), state, out);                                \
  }

#define ARGUMENTS                                                                                              \
  const struct flint_records_form *form, const uint8_t *bytes, size_t first, size_t end, size_t ends_room,     \
      size_t records_room, struct state *state, const struct output *out

INLINE uint64_t byte_mask(const uint8_t *bytes, int wanted) {
  uint64_t mask = 0;
  if (wanted < 0) return 0;
  for (size_t part = 0; part < 8; part++) {
    uint64_t word;
    memcpy(&word, bytes + 8 * part, 8);
    word ^= 0x0101010101010101ull * (uint64_t)wanted;
    // A top bit for each byte that is zero.
    uint64_t zeros = ~(((word & 0x7F7F7F7F7F7F7F7Full) + 0x7F7F7F7F7F7F7F7Full) | word) & 0x8080808080808080ull;
    mask |= ((zeros >> 7) * 0x0102040810204080ull >> 56) << (8 * part);
  }
  return mask;
}

INLINE struct masks portable_masks(const struct flint_records_form *form, const uint8_t *bytes) {
  uint64_t high = 0;
  for (size_t index = 0; index < 64; index++) high |= bytes[index] & 0x80 ? 1ull << index : 0;
  return (struct masks){byte_mask(bytes, form->separator), byte_mask(bytes, '\n'), byte_mask(bytes, '\r'),
                        byte_mask(bytes, form->quote), byte_mask(bytes, form->escape),
                        byte_mask(bytes, form->comment), high};
}

static void find_portably(ARGUMENTS) { LOOP(step, portable_masks) }

#if defined(__x86_64__)

#define WIDE "avx2,bmi,bmi2,lzcnt,popcnt"

INLINE __attribute__((target(WIDE))) uint64_t wide_mask(__m256i low, __m256i high, int wanted) {
  if (wanted < 0) return 0;
  __m256i pattern = _mm256_set1_epi8((char)wanted);
  uint32_t first = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, pattern));
  uint32_t second = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, pattern));
  return first | (uint64_t)second << 32;
}

INLINE __attribute__((target(WIDE))) struct masks wide_masks(
    const struct flint_records_form *form, const uint8_t *bytes) {
  __m256i low = _mm256_loadu_si256((const __m256i *)bytes), high = _mm256_loadu_si256((const __m256i *)(bytes + 32));
  uint64_t tops = (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
  return (struct masks){wide_mask(low, high, form->separator), wide_mask(low, high, '\n'), wide_mask(low, high, '\r'),
                        wide_mask(low, high, form->quote), wide_mask(low, high, form->escape),
                        wide_mask(low, high, form->comment), tops};
}

__attribute__((target(WIDE))) static void find_widely(ARGUMENTS) { LOOP(step, wide_masks) }

static bool is_wide(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
}

#endif

// One step byte by byte.
INLINE void step_by_bytes(const struct flint_records_form *form, const uint8_t *bytes, size_t start, size_t count,
                          struct masks masks, struct state *state, const struct output *out) {
  uint64_t valid = count == 64 ? ~0ull : (1ull << count) - 1;
  state->has_high |= (masks.high & valid) != 0;
  state->has_quotes |= (masks.quotes & valid) != 0;
  step_slowly(form, bytes, start, start + count, state, out);
}

static void find_slowly(ARGUMENTS) { LOOP(step_by_bytes, portable_masks) }

void flint_find_records_by(enum flint_records_way way, const struct flint_records_form *form, const uint8_t *bytes,
                           size_t first, size_t end, uint32_t *ends, size_t ends_room, uint32_t *records,
                           size_t records_room, struct flint_records_found *found) {
  struct state state = {record_start, 0, 0, false, false};
  struct output out = {ends, records};
  if (way == flint_records_slow) find_slowly(form, bytes, first, end, ends_room, records_room, &state, &out);
#if defined(__x86_64__)
  else if (way == flint_records_fastest && is_wide())
    find_widely(form, bytes, first, end, ends_room, records_room, &state, &out);
#endif
  else find_portably(form, bytes, first, end, ends_room, records_room, &state, &out);
  *found = (struct flint_records_found){state.ends, state.records, state.has_high, state.has_quotes};
}

void flint_find_records(const struct flint_records_form *form, const uint8_t *bytes, size_t first, size_t end,
                        uint32_t *ends, size_t ends_room, uint32_t *records, size_t records_room,
                        struct flint_records_found *found) {
  flint_find_records_by(flint_records_fastest, form, bytes, first, end, ends, ends_room, records, records_room, found);
}

bool flint_is_utf8(const uint8_t *bytes, size_t count) {
  size_t index = 0;
  while (index < count) {
    if (count - index >= 8) {
      uint64_t word;
      memcpy(&word, bytes + index, 8);
      if ((word & 0x8080808080808080ull) == 0) {
        index += 8;
        continue;
      }
    }
    uint8_t lead = bytes[index];
    if (lead < 0x80) {
      index++;
      continue;
    }
    size_t more = lead >= 0xC2 && lead < 0xE0 ? 1 : lead >= 0xE0 && lead < 0xF0 ? 2 : lead >= 0xF0 && lead < 0xF5 ? 3 : 0;
    if (more == 0 || count - index <= more) return false;
    // The second byte tells what is overlong, a surrogate, or beyond the last scalar.
    uint8_t low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80, high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (bytes[index + 1] < low || bytes[index + 1] > high) return false;
    for (size_t next = 2; next <= more; next++)
      if ((bytes[index + next] & 0xC0) != 0x80) return false;
    index += more + 1;
  }
  return true;
}
