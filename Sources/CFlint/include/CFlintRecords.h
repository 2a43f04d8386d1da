// Where the fields and records of separated texts end.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// What means something in such a text. A negative number is no byte.
struct flint_records_form {
  int separator;
  int quote;        // around values in which separators and line ends mean nothing
  int escape;       // within quotes, takes the meaning from the next byte; a doubled quote is one in any case
  int comment;      // at the start of a line, leaves the line out: it is one record without fields of its own
  bool feed_ends;   // a line feed ends a record
  bool return_ends; // a carriage return does, unless a line feed follows that does
  bool quotes_hold_lines;    // line ends within quotes mean nothing
  bool blanks_before_quote;  // blanks may stand between a separator and a quote
};

struct flint_records_found {
  size_t ends, records;
  // Whether a byte above 127 is among those that were looked at.
  bool has_high;
  // Whether a quote was seen.
  bool has_quotes;
};

// Writes to `ends` the places of the bytes that end fields, and to `records`, for each record that ends, how many of them
// stand up to its end. `first` is where a record begins.
//
// It stops when less than 64 places are left in either. Up to 64 bytes behind `end` are read, and mean nothing but that a
// line feed may stand behind a carriage return.
void flint_find_records(const struct flint_records_form *form, const uint8_t *bytes, size_t first, size_t end,
                        uint32_t *ends, size_t ends_room, uint32_t *records, size_t records_room,
                        struct flint_records_found *found);

// The ways to find them, for tests that compare them.
enum flint_records_way {
  flint_records_fastest,   // the one that this processor is given
  flint_records_portable,  // 64 bytes a step without wide registers
  flint_records_slow,      // byte by byte
};

// As flint_find_records, by `way`.
void flint_find_records_by(enum flint_records_way way, const struct flint_records_form *form, const uint8_t *bytes,
                           size_t first, size_t end, uint32_t *ends, size_t ends_room, uint32_t *records,
                           size_t records_room, struct flint_records_found *found);

// Whether bytes are UTF-8.
bool flint_is_utf8(const uint8_t *bytes, size_t count);
