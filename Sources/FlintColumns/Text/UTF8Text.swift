internal import CFlint

/// Counting and cutting UTF-8 by its characters, which are Unicode scalars, as SQL counts them.
enum UTF8Text {
  /// How many characters a text has.
  @inline(__always)
  static func count(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    var count = 0
    // All bytes but those that continue a character.
    for byte in text { count &+= (byte & 0xC0) == 0x80 ? 0 : 1 }
    return count
  }

  /// The byte at which character `number` begins, counted from 0; the end when there are fewer.
  static func offset(of number: Int, _ text: UnsafeBufferPointer<UInt8>) -> Int {
    if number <= 0 { return 0 }
    var left = number
    for index in 1..<max(text.count, 1) where text[index] & 0xC0 != 0x80 {
      left -= 1
      if left == 0 { return index }
    }
    return text.count
  }

  /// Where so many characters lie from number `start` on, or all that follow. The first is number 1, and number 0 too; negative
  /// numbers count from the end. What lies before the first character is counted, but is not there.
  static func range(from start: Int, count: Int?, _ text: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    // Only from the end on it matters how many characters there are.
    let first = start > 0 ? start - 1 : start == 0 ? 0 : self.count(text) + start
    let (last, overflow) = count.map { first.addingReportingOverflow(max(0, $0)) } ?? (Int.max, false)
    let from = offset(of: first, text)
    let to = overflow || last == .max ? text.count : offset(of: last, text)
    return last > 0 && to > from ? from..<to : 0..<0
  }

  static func isASCII(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var bits: UInt8 = 0
    for byte in text { bits |= byte }
    return bits < 0x80
  }

  /// The byte at which one text first stands in another from a byte on; nil when it does not.
  static func find(
    _ part: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>, from start: Int = 0
  ) -> Int? {
    if part.isEmpty { return start }
    guard let base = text.baseAddress, let wanted = part.baseAddress, text.count - start >= part.count,
      let found = flint_find(base + start, text.count - start, wanted, part.count)
    else { return nil }
    return found - UnsafeRawPointer(base)
  }
}
