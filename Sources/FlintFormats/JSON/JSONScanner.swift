internal import Glibc

/// Walks over the bytes of JSON. The place is behind what was read last.
struct JSONScanner {
  let options: JSONOptions
  let bytes: UnsafePointer<UInt8>
  let end: Int
  /// Whether nothing follows the end.
  let isLast: Bool
  var place: Int

  /// How deep values may lie in others.
  static let deepest = 1000

  init(_ bytes: UnsafePointer<UInt8>, _ range: Range<Int>, isLast: Bool, _ options: JSONOptions) {
    (self.bytes, place, end, self.isLast, self.options) = (bytes, range.lowerBound, range.upperBound, isLast, options)
  }

  /// The next byte that is neither a blank nor in a comment; nil at the end.
  mutating func next() throws(JSONFault) -> UInt8? {
    while place < end {
      let byte = bytes[place]
      switch byte {
      case 32, 9, 10, 13: place += 1
      case UInt8(ascii: "/") where options.allowComments, UInt8(ascii: "#") where options.allowComments:
        try skipComment(byte)
      default: return byte
      }
    }
    return nil
  }

  /// The next byte, which must be there.
  mutating func demand() throws(JSONFault) -> UInt8 {
    guard let byte = try next() else { throw .truncated }
    return byte
  }

  /// Whether the next byte is this one; then it is passed.
  mutating func takes(_ wanted: Unicode.Scalar) throws(JSONFault) -> Bool {
    guard try demand() == UInt8(ascii: wanted) else { return false }
    place += 1
    return true
  }

  func wrong(_ wanted: String) -> JSONFault {
    guard place < end else { return .truncated }
    return .syntax(place, "\(wanted) is expected in place of '\(shown(place, end))'")
  }

  /// The first bytes of a range, as errors show them.
  func shown(_ start: Int, _ end: Int) -> String {
    String(decoding: UnsafeBufferPointer(start: bytes + start, count: min(end - start, 40)), as: UTF8.self)
  }

  private mutating func skipComment(_ byte: UInt8) throws(JSONFault) {
    if byte == UInt8(ascii: "/"), place + 1 < end, bytes[place + 1] == UInt8(ascii: "*") {
      place += 2
      while place + 1 < end {
        if bytes[place] == UInt8(ascii: "*"), bytes[place + 1] == UInt8(ascii: "/") {
          place += 2
          return
        }
        place += 1
      }
      throw .truncated
    }
    guard byte == UInt8(ascii: "#") || place + 1 < end && bytes[place + 1] == UInt8(ascii: "/") else {
      throw wrong("a value")
    }
    while place < end, bytes[place] != UInt8(ascii: "\n") { place += 1 }
  }

  // MARK: Values.

  /// Passes a value of any kind, and finds whether it is JSON.
  mutating func skip() throws(JSONFault) {
    // The closing brackets that are still to come.
    var open: [Unicode.Scalar] = []
    repeat {
      switch try demand() {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        let closing: Unicode.Scalar = bytes[place] == UInt8(ascii: "{") ? "}" : "]"
        guard open.count < Self.deepest else {
          throw .syntax(place, "values lie deeper than \(Self.deepest) levels in others")
        }
        place += 1
        if try !takes(closing) {
          open.append(closing)
          if closing == "}" { _ = try name() }
          continue
        }
      case UInt8(ascii: "\""): _ = try text()
      case UInt8(ascii: "'") where options.allowSingleQuotes: _ = try text()
      default: _ = try plain()
      }
      while let closing = open.last {
        if try goesOn(until: closing) {
          if closing == "}" { _ = try name() }
          break
        }
        open.removeLast()
      }
    } while !open.isEmpty
  }

  /// Passes a comma, after which there is more, or the end of an array or object.
  mutating func goesOn(until closing: Unicode.Scalar) throws(JSONFault) -> Bool {
    if try takes(",") { return true }
    guard try takes(closing) else { throw wrong(", or \(closing)") }
    return false
  }

  /// The name of a field, with what stands behind it up to its value: where its bytes are, and whether escapes are
  /// among them.
  mutating func name() throws(JSONFault) -> (range: Range<Int>, hasEscapes: Bool) {
    let first = try demand()
    let name: (range: Range<Int>, hasEscapes: Bool)
    if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") && options.allowSingleQuotes {
      name = try text()
    } else if options.allowUnquotedFieldNames {
      let start = place
      while place < end, Self.isWord(bytes[place]) || bytes[place] >= 0x80 || bytes[place] == UInt8(ascii: "$") {
        place += 1
      }
      guard place > start else { throw wrong("a name") }
      name = (start..<place, false)
    } else {
      throw wrong("a name in quotes")
    }
    guard try takes(":") else { throw wrong("a colon") }
    return name
  }

  /// The bytes of a quoted text, which begins here, and whether escapes are among them.
  mutating func text() throws(JSONFault) -> (range: Range<Int>, hasEscapes: Bool) {
    let quote = bytes[place]
    let start = place + 1
    var (index, hasEscapes) = (start, false)
    while index < end {
      let byte = bytes[index]
      if byte == quote {
        place = index + 1
        return (start..<index, hasEscapes)
      }
      if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        let length = try escape(at: index)
        index += length
      } else if byte < 0x20, !options.allowUnquotedControlChars {
        throw .syntax(index, "a control character stands in a text")
      } else {
        index += 1
      }
    }
    throw .truncated
  }

  /// How long an escape is.
  private func escape(at index: Int) throws(JSONFault) -> Int {
    guard index + 1 < end else { throw .truncated }
    switch bytes[index + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return 2
    case UInt8(ascii: "u"):
      guard index + 6 <= end else { throw .truncated }
      guard let unit = JSONText.hexadecimal(bytes + index + 2) else {
        throw .syntax(index, "\\u stands before no four hexadecimal digits")
      }
      guard unit & 0xF800 == 0xD800 else { return 6 }
      guard index + 12 <= end else { throw .truncated }
      guard unit & 0xFC00 == 0xD800, bytes[index + 6] == UInt8(ascii: "\\"), bytes[index + 7] == UInt8(ascii: "u"),
        let low = JSONText.hexadecimal(bytes + index + 8), low & 0xFC00 == 0xDC00
      else { throw .syntax(index, "half of a character stands alone") }
      return 12
    case UInt8(ascii: "'") where options.allowSingleQuotes: return 2
    default:
      guard options.allowBackslashEscapingAnyCharacter else {
        throw .syntax(index, "a backslash stands before a character that needs none")
      }
      return 2
    }
  }

  /// The bytes of a number or word, which begins here.
  mutating func plain() throws(JSONFault) -> Range<Int> {
    let start = place
    while place < end, Self.isPlain(bytes[place]) { place += 1 }
    // What follows may belong to it.
    if place == end, !isLast { throw .truncated }
    let range = start..<place
    guard !range.isEmpty, isWord(range) || JSONText.isNumber(bytes + start, range.count, options) else {
      place = start
      throw wrong("a value")
    }
    return range
  }

  /// Whether bytes are `null`, `true` or `false`.
  private func isWord(_ range: Range<Int>) -> Bool {
    says("null", range) || says("true", range) || says("false", range)
  }

  /// Whether bytes are a word.
  func says(_ word: StaticString, _ range: Range<Int>) -> Bool {
    range.count == word.utf8CodeUnitCount && memcmp(bytes + range.lowerBound, word.utf8Start, range.count) == 0
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte &- 48 < 10 || (byte | 32) &- 97 < 26 || byte == UInt8(ascii: "_")
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    isWord(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: ".")
  }
}
