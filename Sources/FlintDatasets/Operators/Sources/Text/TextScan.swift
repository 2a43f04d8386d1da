/// Finds places in text, eight bytes at a time.
enum TextScan {
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let tops: UInt64 = 0x8080_8080_8080_8080

  /// The position of the first line feed.
  @inline(__always)
  static func lineFeed(_ bytes: UnsafeRawBufferPointer) -> Int? { first(UInt8(ascii: "\n"), in: bytes) }

  /// The position of the first `byte`.
  @inline(__always)
  static func first(_ byte: UInt8, in bytes: UnsafeRawBufferPointer) -> Int? {
    guard let base = bytes.baseAddress else { return nil }
    let pattern = UInt64(byte) &* ones
    var position = 0
    while position &+ 8 <= bytes.count {
      let word = (base + position).loadUnaligned(as: UInt64.self) ^ pattern
      // The lowest top bit that is set marks the first byte that is zero.
      let zeros = (word &- ones) & ~word & tops
      if zeros != 0 { return position &+ zeros.trailingZeroBitCount &>> 3 }
      position &+= 8
    }
    while position < bytes.count {
      if base.load(fromByteOffset: position, as: UInt8.self) == byte { return position }
      position &+= 1
    }
    return nil
  }

  /// Whether it is a space, a tab, a line feed, a carriage return, a form feed or a vertical tab.
  @inline(__always)
  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte &- 9 < 5 }

  /// A top bit for each byte of `word` that ``isSpace(_:)``.
  @inline(__always)
  static func spaces(_ word: UInt64) -> UInt64 {
    // Sums of seven bits each: no byte touches its neighbour.
    let low = word & ~tops
    let from9 = low &+ 0x77 &* ones
    let from14 = low &+ 0x72 &* ones
    let isNot32 = (low ^ 0x20 &* ones) &+ 0x7F &* ones
    return (from9 & ~from14 | ~isNot32) & ~word & tops
  }

  /// The position of the first white space in `bytes` from `start` on, or the end. Sixteen bytes behind the end may be read.
  @inline(__always)
  static func wordEnd(_ base: UnsafeRawPointer, _ start: Int, _ end: Int) -> Int {
    var position = start
    while position < end {
      let found = spaces((base + position).loadUnaligned(as: UInt64.self))
      if found != 0 { return min(end, position &+ found.trailingZeroBitCount &>> 3) }
      position &+= 8
    }
    return end
  }
}
