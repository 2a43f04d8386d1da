/// What the bytes of JSON's texts and numbers mean.
enum JSONText {
  /// Four hexadecimal digits.
  static func hexadecimal(_ digits: UnsafePointer<UInt8>) -> UInt32? {
    var value: UInt32 = 0
    for index in 0..<4 {
      let byte = digits[index]
      let digit: UInt8
      switch byte {
      case 48...57: digit = byte - 48
      case 65...70, 97...102: digit = (byte | 32) - 87
      default: return nil
      }
      value = value << 4 | UInt32(digit)
    }
    return value
  }

  /// Writes a text whose escapes are known to be right without them, and returns its length, which is at most as great.
  static func unescape(_ text: UnsafePointer<UInt8>, _ count: Int, to target: UnsafeMutablePointer<UInt8>) -> Int {
    var (index, written) = (0, 0)
    while index < count {
      guard text[index] == UInt8(ascii: "\\") else {
        target[written] = text[index]
        index += 1
        written += 1
        continue
      }
      let kind = text[index + 1]
      guard kind == UInt8(ascii: "u"), let unit = hexadecimal(text + index + 2) else {
        target[written] = plain(kind)
        written += 1
        index += 2
        continue
      }
      index += 6
      var scalar = unit
      if unit & 0xFC00 == 0xD800, index + 6 <= count, text[index] == UInt8(ascii: "\\"),
        text[index + 1] == UInt8(ascii: "u"),
        let low = hexadecimal(text + index + 2), low & 0xFC00 == 0xDC00
      {
        scalar = 0x10000 + (unit & 0x3FF) << 10 + low & 0x3FF
        index += 6
      }
      for byte in String(Unicode.Scalar(scalar) ?? "\u{FFFD}").utf8 {
        target[written] = byte
        written += 1
      }
    }
    return written
  }

  private static func plain(_ kind: UInt8) -> UInt8 {
    switch kind {
    case UInt8(ascii: "b"): 8
    case UInt8(ascii: "f"): 12
    case UInt8(ascii: "n"): 10
    case UInt8(ascii: "r"): 13
    case UInt8(ascii: "t"): 9
    default: kind
    }
  }

  /// Whether bytes are a number: `-`, digits, a fraction, an exponent; and what else options allow.
  static func isNumber(_ text: UnsafePointer<UInt8>, _ count: Int, _ options: JSONOptions) -> Bool {
    var index = text[0] == UInt8(ascii: "-") ? 1 : 0
    let whole = digits(text, count, &index)
    guard whole > 0 else { return options.allowNonNumericNumbers && special(text, count) != nil }
    if whole > 1, text[index - whole] == 48, !options.allowNumericLeadingZeros { return false }
    if index < count, text[index] == UInt8(ascii: ".") {
      index += 1
      guard digits(text, count, &index) > 0 else { return false }
    }
    if index < count, text[index] | 32 == UInt8(ascii: "e") {
      index += 1
      if index < count, text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+") { index += 1 }
      guard digits(text, count, &index) > 0 else { return false }
    }
    return index == count
  }

  private static func digits(_ text: UnsafePointer<UInt8>, _ count: Int, _ index: inout Int) -> Int {
    let start = index
    while index < count, text[index] &- 48 < 10 { index += 1 }
    return index - start
  }

  /// A number that is none: `NaN`, `Infinity`, `INF`, and with a sign.
  static func special(_ text: UnsafePointer<UInt8>, _ count: Int) -> Double? {
    switch String(decoding: UnsafeBufferPointer(start: text, count: min(count, 10)), as: UTF8.self) {
    case "NaN": .nan
    case "Infinity", "+Infinity", "INF", "+INF": .infinity
    case "-Infinity", "-INF": -.infinity
    default: nil
    }
  }
}
