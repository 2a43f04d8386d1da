import CFlint
import Testing

@Suite("Where records end")
struct RecordsTests {
  /// What was found: the ends of fields, and how many of them stand up to each record's end.
  struct Found: Equatable {
    var ends: [UInt32]
    var records: [UInt32]
    var hasHigh: Bool
  }

  static func find(_ way: flint_records_way, _ form: flint_records_form, _ bytes: [UInt8], from first: Int) -> Found {
    // Some bytes behind the end are read.
    let padded = bytes + [UInt8](repeating: 10, count: 64)
    var ends = [UInt32](repeating: 0, count: bytes.count + 128)
    var records = ends
    var (form, found) = (form, flint_records_found())
    flint_find_records_by(way, &form, padded, first, bytes.count, &ends, ends.count, &records, records.count, &found)
    return Found(
      ends: Array(ends.prefix(found.ends)), records: Array(records.prefix(found.records)), hasHigh: found.has_high)
  }

  static func form(_ choice: Int) -> flint_records_form {
    flint_records_form(
      separator: 44, quote: choice & 1 == 0 ? 34 : -1, escape: choice & 2 == 0 ? -1 : 92,
      comment: choice & 4 == 0 ? -1 : 35, feed_ends: choice & 24 != 8, return_ends: choice & 24 != 16,
      quotes_hold_lines: choice & 32 == 0, blanks_before_quote: choice & 64 != 0)
  }

  @Test("wide registers, words and single bytes find the same", arguments: 0..<128)
  func ways(choice: Int) {
    var generator = SeededGenerator(seed: UInt64(choice))
    let form = Self.form(choice)
    for _ in 0..<40 {
      // Mostly plain bytes, so that steps without anything special come too.
      let special = Int.random(in: 1...12, using: &generator)
      let bytes = (0..<Int.random(in: 0...400, using: &generator)).map { _ -> UInt8 in
        guard Int.random(in: 0..<12, using: &generator) < special else { return 120 }
        return [44, 34, 10, 13, 92, 35, 32, 200].randomElement(using: &generator) ?? 0
      }
      let first = bytes.isEmpty ? 0 : Int.random(in: 0..<bytes.count, using: &generator)
      let slow = Self.find(flint_records_slow, form, bytes, from: first)
      #expect(Self.find(flint_records_portable, form, bytes, from: first) == slow, "\(bytes) from \(first)")
      #expect(Self.find(flint_records_fastest, form, bytes, from: first) == slow, "\(bytes) from \(first)")
    }
  }

  @Test("fields and records of a small text")
  func small() {
    let found = Self.find(flint_records_fastest, Self.form(0), Array("a,\"b,\n\"\"\"\r\n\nc,d\n".utf8), from: 0)
    #expect(found == Found(ends: [1, 10, 11, 13, 15], records: [2, 3, 5], hasHigh: false))
  }

  @Test("UTF-8 is told from what is none")
  func utf8() {
    for text in ["", "plain", "ä漢🦊", "\u{7FF}\u{800}\u{FFFF}\u{10000}\u{10FFFF}", "12345678ä"] {
      let bytes = Array(text.utf8)
      #expect(flint_is_utf8(bytes, bytes.count), "\(text)")
      #expect(bytes.isEmpty || bytes.last! < 128 || !flint_is_utf8(bytes, bytes.count - 1), "\(text)")
    }
    let broken: [[UInt8]] = [
      [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xF0, 0x8F, 0xBF, 0xBF],
      [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xC3, 0x28], [0xE2, 0x82, 0x28], [0xFF],
    ]
    for bytes in broken { #expect(!flint_is_utf8(bytes, bytes.count), "\(bytes)") }
  }
}
