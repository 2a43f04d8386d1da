internal import FlintColumns
internal import Glibc

/// The order of texts by their bytes, or of big-endian numbers of one length.
struct TextOrder {
  private let ends: UnsafeMutablePointer<Int32>
  private let bytes: UnsafeMutableRawPointer
  private let isSigned: Bool

  /// The order of the texts of a store, as long as that lives and does not change.
  init(_ texts: TextStore, isSigned: Bool) {
    ends = texts.ends
    bytes = texts.bytes.start
    self.isSigned = isSigned
  }

  /// Whether the text with one number stands before that with another.
  @inline(__always)
  func isLess(_ left: Int, _ right: Int) -> Bool {
    let (start, other) = (Int(ends[left &- 1]), Int(ends[right &- 1]))
    let (count, otherCount) = (Int(ends[left]) &- start, Int(ends[right]) &- other)
    // Most differ in their first bytes.
    if count >= 8 && otherCount >= 8 {
      let first = UInt64(bigEndian: (bytes + start).loadUnaligned(as: UInt64.self))
      let second = UInt64(bigEndian: (bytes + other).loadUnaligned(as: UInt64.self))
      if first != second {
        return isSigned ? Int64(bitPattern: first) < Int64(bitPattern: second) : first < second
      }
    } else if isSigned, count > 0, otherCount > 0 {
      let (first, second) = ((bytes + start).load(as: Int8.self), (bytes + other).load(as: Int8.self))
      if first != second { return first < second }
    }
    let order = memcmp(bytes + start, bytes + other, min(count, otherCount))
    return order < 0 || order == 0 && count < otherCount
  }
}
