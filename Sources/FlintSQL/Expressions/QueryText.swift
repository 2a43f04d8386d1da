/// The text of a query, which every part of it refers to: errors show the line in which they happened.
final class QueryText: Sendable {
  /// The text as UTF-8.
  let bytes: [UInt8]

  init(_ text: String) {
    bytes = Array(text.utf8)
  }

  /// Line and column of a byte, both from 1 on; columns count characters.
  func position(of offset: Int) -> (line: Int, column: Int) {
    let before = bytes[..<min(offset, bytes.count)]
    let line = before.reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    return (line, String(decoding: bytes[start..<before.endIndex], as: UTF8.self).count + 1)
  }

  /// The line in which `range` begins, and below it a mark under what is meant.
  func excerpt(_ range: Range<Int>) -> String {
    let first = min(range.lowerBound, bytes.count)
    let start = bytes[..<first].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let end = bytes[first...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    // Of a long line only what stands around the place.
    let from = boundary(max(start, first - Self.width))
    let to = boundary(min(end, first + Self.width))
    let before = String(decoding: bytes[from..<first], as: UTF8.self)
    let marked = String(decoding: bytes[first..<boundary(max(first, min(range.upperBound, to)))], as: UTF8.self)
    let line = String(decoding: bytes[from..<to], as: UTF8.self).map { $0 == "\t" ? " " : $0 }
    return String(line) + "\n" + String(repeating: " ", count: before.count)
      + String(repeating: "^", count: max(1, marked.count))
  }

  /// The beginning of a part of the query in words, and its line.
  func place(_ range: Range<Int>) -> String {
    let (line, column) = position(of: range.lowerBound)
    return "line \(line), column \(column) of the query\n\(excerpt(range))"
  }

  private static let width = 60

  /// The first byte of the character in which a byte lies.
  private func boundary(_ offset: Int) -> Int {
    var offset = offset
    while offset > 0, offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
    return offset
  }
}
