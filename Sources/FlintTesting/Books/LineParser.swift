/// Reads one flat object of JSON: names with texts, numbers, truth values, and lists of numbers, which it keeps as they stand.
struct LineParser {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// All fields; nil when the line is something else.
  mutating func parse() -> [(name: String, value: String)]? {
    guard take("{") else { return nil }
    var fields: [(name: String, value: String)] = []
    repeat {
      guard let name = text(), take(":"), let value = peek() == UInt8(ascii: "\"") ? text() : plain() else {
        return nil
      }
      fields.append((name, value))
    } while take(",")
    return take("}") ? fields : nil
  }

  private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek() == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  /// What stands up to the next field or the end, brackets in pairs.
  private mutating func plain() -> String? {
    let start = position
    var depth = 0
    while let byte = peek() {
      if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") { depth += 1 }
      if depth == 0, byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") { break }
      if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") { depth -= 1 }
      position += 1
    }
    return position > start ? String(decoding: bytes[start..<position], as: UTF8.self) : nil
  }

  private mutating func text() -> String? {
    guard take("\"") else { return nil }
    var result: [UInt8] = []
    while let byte = peek() {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: result, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let escaped = peek() else { return nil }
        position += 1
        append(escaped, to: &result)
      default: result.append(byte)
      }
    }
    return nil
  }

  private mutating func append(_ escaped: UInt8, to result: inout [UInt8]) {
    switch escaped {
    case UInt8(ascii: "n"): result.append(10)
    case UInt8(ascii: "t"): result.append(9)
    case UInt8(ascii: "r"): result.append(13)
    case UInt8(ascii: "u"):
      let digits = String(decoding: bytes[position..<min(position + 4, bytes.count)], as: UTF8.self)
      position = min(position + 4, bytes.count)
      let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init) ?? "?"
      result.append(contentsOf: String(Character(scalar)).utf8)
    default: result.append(escaped)
    }
  }
}
