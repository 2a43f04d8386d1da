extension PartitionName {
  /// The column and the value that the name of a folder says; nil when it says none. A value is nil for null.
  static func column(_ folder: Substring) -> (name: String, value: String?)? {
    guard let sign = folder.utf8.firstIndex(of: UInt8(ascii: "=")), sign > folder.startIndex else { return nil }
    let value = folder[folder.utf8.index(after: sign)...]
    return (unescape(folder[..<sign]), value == null ? nil : unescape(value))
  }

  /// A text with its escapes replaced; what is no escape stays as it is.
  private static func unescape(_ text: Substring) -> String {
    let source = Array(text.utf8)
    var (bytes, index): ([UInt8], Int) = ([], 0)
    while index < source.count {
      if source[index] == UInt8(ascii: "%"), index + 2 < source.count, let high = digit(source[index + 1]),
        let low = digit(source[index + 2])
      {
        bytes.append(high << 4 | low)
        index += 3
      } else {
        bytes.append(source[index])
        index += 1
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 48...57: byte - 48
    case 65...70, 97...102: (byte | 32) - 87
    default: nil
    }
  }
}
