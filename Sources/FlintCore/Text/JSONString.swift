extension [UInt8] {
  /// Appends `text` as a JSON string with its quotation marks.
  ///
  /// Quotation marks, backslashes and all characters that could break a line or steer a terminal are escaped; everything
  /// else stands as UTF-8, which a Swift string always is.
  package mutating func append(json text: String) {
    append(UInt8(ascii: "\""))
    if text.utf8.allSatisfy(\.isPlainInJSON) {
      append(contentsOf: text.utf8)
    } else {
      for scalar in text.unicodeScalars { append(json: scalar) }
    }
    append(UInt8(ascii: "\""))
  }

  private mutating func append(json scalar: Unicode.Scalar) {
    switch scalar {
    case "\"": append(contentsOf: "\\\"".utf8)
    case "\\": append(contentsOf: "\\\\".utf8)
    case "\n": append(contentsOf: "\\n".utf8)
    case "\r": append(contentsOf: "\\r".utf8)
    case "\t": append(contentsOf: "\\t".utf8)
    default:
      guard scalar.isDeceptive else { return append(contentsOf: scalar.utf8) }
      // All of these stand below U+10000, so four digits are enough.
      let digits = String(scalar.value, radix: 16)
      append(contentsOf: "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".utf8)
    }
  }
}

extension UInt8 {
  /// Whether this byte stands for itself in a JSON string and is no part of a longer character.
  fileprivate var isPlainInJSON: Bool {
    self >= 0x20 && self < 0x7F && self != UInt8(ascii: "\"") && self != UInt8(ascii: "\\")
  }
}
