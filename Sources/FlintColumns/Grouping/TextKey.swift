internal import Glibc

/// A text that is looked for in a table, not an empty one: its length, its ends, and what lies between them in texts that are
/// not long. 16 bytes behind it may be read.
///
/// Lengths of neighbouring texts differ in no order that a processor could learn, so up to ``short`` bytes there is no branch
/// on them.
struct TextKey {
  /// Bytes of a text that the three words hold.
  private static let short = 24

  let prefix: UInt64
  let middle: UInt64
  let suffix: UInt64
  let hash: UInt64
  private let start: UnsafeRawPointer
  private let count: Int

  @inline(__always)
  init(_ start: UnsafeRawPointer, count: Int) {
    self.start = start
    self.count = count
    let end = max(count &- 8, 0)
    // No text is empty here: it would be shifted by 64 bits.
    let mask: UInt64 = ~0 &>> UInt64(truncatingIfNeeded: 64 &- 8 &* min(count, 8))
    prefix = start.loadUnaligned(as: UInt64.self) & mask
    suffix = (start + end).loadUnaligned(as: UInt64.self) & mask
    middle = (start + end &>> 1).loadUnaligned(as: UInt64.self) & mask
    hash =
      count <= Self.short
      ? Mixer.hash(prefix, middle, suffix ^ UInt64(truncatingIfNeeded: count) &<< 56) : Mixer.hash(start, count: count)
  }

  /// Whether it is the text of an entry, whose bytes begin at its place in `starts`.
  @inline(__always)
  func isSame(_ entry: TextTable.Slot, _ bytes: UnsafeRawPointer, _ starts: UnsafePointer<Int>) -> Bool {
    let lengths = UInt64(truncatingIfNeeded: count ^ Int(entry.length))
    let words = (prefix ^ entry.prefix) | (middle ^ entry.middle) | (suffix ^ entry.suffix)
    guard words | lengths == 0 else { return false }
    return count <= Self.short || memcmp(bytes + starts[Int(entry.number) &- 1] + 8, start + 8, count &- 16) == 0
  }
}
