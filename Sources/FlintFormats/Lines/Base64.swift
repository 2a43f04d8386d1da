/// Bytes as text, as RFC 4648 has it.
enum Base64 {
  private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// Nil when a text is not such bytes; `=` at its end fill it up to a multiple of four.
  static func decode(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    var bytes: [UInt8] = []
    var (bits, count): (UInt32, Int) = (0, 0)
    let digits = text.count - text.reversed().prefix { $0 == UInt8(ascii: "=") }.count
    guard text.count % 4 == 0, text.count - digits <= 2 else { return nil }
    for byte in text[..<digits] {
      guard let digit = value(byte) else { return nil }
      bits = bits << 6 | digit
      count += 6
      guard count >= 8 else { continue }
      count -= 8
      bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
    }
    return bytes
  }

  private static func value(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 65...90: UInt32(byte) - 65
    case 97...122: UInt32(byte) - 71
    case 48...57: UInt32(byte) + 4
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }

  /// The text of bytes.
  static func encode(_ bytes: some Collection<UInt8>, to text: inout [UInt8]) {
    var (bits, count): (UInt32, Int) = (0, 0)
    for byte in bytes {
      bits = bits << 8 | UInt32(byte)
      count += 8
      while count >= 6 {
        count -= 6
        text.append(digits[Int(bits >> UInt32(count) & 63)])
      }
    }
    guard count > 0 else { return }
    text.append(digits[Int(bits << UInt32(6 - count) & 63)])
    text.append(contentsOf: repeatElement(UInt8(ascii: "="), count: count == 2 ? 2 : 1))
  }
}
