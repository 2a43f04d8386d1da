internal import Glibc

/// A text that is looked for in a table: its ends and its length. 16 bytes behind it may be read.
///
/// Lengths of neighbouring texts differ in no order that a processor could learn, so up to 24 bytes there is no branch on
/// them.
struct TextKey {
  let prefix: UInt64
  let suffix: UInt64
  let hash: UInt64
  private let start: UnsafeRawPointer
  private let count: Int

  @inline(__always)
  init(_ start: UnsafeRawPointer, count: Int) {
    self.start = start
    self.count = count
    let end = max(count &- 8, 0)
    let mask: UInt64 = count >= 8 ? ~0 : 1 &<< UInt64(truncatingIfNeeded: 8 &* count) &- 1
    prefix = start.loadUnaligned(as: UInt64.self) & mask
    suffix = (start + end).loadUnaligned(as: UInt64.self) & mask
    let middle = (start + end &>> 1).loadUnaligned(as: UInt64.self) & mask
    let ends = Mixer.hash(prefix ^ UInt64(truncatingIfNeeded: count) &<< 56, after: suffix)
    hash = count <= 24 ? Mixer.hash(middle, after: ends) : Mixer.hash(start, count: count)
  }

  /// Whether length and ends are those of an entry: all there is to up to 16 bytes.
  @inline(__always)
  func isLike(_ entry: TextTable.Slot) -> Bool {
    (prefix ^ entry.prefix) | (suffix ^ entry.suffix) | UInt64(truncatingIfNeeded: count ^ Int(entry.length)) == 0
  }

  /// Whether what lies between the ends is that of an entry too, whose bytes begin at its place in `starts`.
  @inline(__always)
  func isSameMiddle(_ bytes: UnsafeRawPointer, _ starts: UnsafePointer<Int>, _ entry: TextTable.Slot) -> Bool {
    count <= 16 || memcmp(bytes + starts[Int(entry.number) &- 1] + 8, start + 8, count &- 16) == 0
  }
}
