/// Tells for every byte of a Swift file whether it is code, comment or the inside of a literal.
///
/// It knows nested comments, raw and multi-line strings, escapes, interpolations (their inside is code again, at any
/// depth) and regular expression literals. A broken file is read as far as possible and never traps.
struct SwiftScanner {
  /// What a byte belongs to.
  enum Kind: UInt8, Sendable { case code, comment, literal }

  private let bytes: [UInt8]
  private var kinds: [Kind]
  private var position = 0
  /// The last byte of code that is no space; it says whether a slash can begin a regular expression.
  private var lastCode: UInt8 = 0

  static func kinds(of bytes: [UInt8]) -> [Kind] {
    var scanner = SwiftScanner(bytes)
    scanner.scanCode(insideInterpolation: false)
    return scanner.kinds
  }

  private init(_ bytes: [UInt8]) {
    self.bytes = bytes
    kinds = Array(repeating: .code, count: bytes.count)
  }

  private mutating func scanCode(insideInterpolation: Bool) {
    var depth = 0
    while position < bytes.count {
      if starts("//") {
        while position < bytes.count, bytes[position] != Byte.newline { mark(.comment) }
      } else if starts("/*") {
        scanNestedComment()
      } else if let pounds = literalPounds() {
        scanString(pounds: pounds)
      } else if let end = regularExpressionEnd() {
        while position < end { mark(.literal) }
        lastCode = Byte.slash
      } else {
        let byte = bytes[position]
        if byte == Byte.open { depth += 1 }
        if byte == Byte.close { depth -= 1 }
        if !Byte.isSpace(byte) { lastCode = byte }
        position += 1
        if insideInterpolation, depth < 0 { return }
      }
    }
  }

  private mutating func scanNestedComment() {
    var depth = 0
    repeat {
      if starts("/*") {
        depth += 1
        mark(.comment)
      } else if starts("*/") {
        depth -= 1
        mark(.comment)
      }
      if position < bytes.count { mark(.comment) }
    } while depth > 0 && position < bytes.count
  }

  /// The number of `#` before a string that begins here; nil when none begins.
  private func literalPounds() -> Int? {
    var pounds = 0
    while byte(pounds) == Byte.pound { pounds += 1 }
    return byte(pounds) == Byte.quote ? pounds : nil
  }

  private mutating func scanString(pounds: Int) {
    position += pounds
    let quotes = starts("\"\"\"") ? 3 : 1
    position += quotes
    while position < bytes.count {
      if isDelimiter(quotes: quotes, pounds: pounds) {
        position += quotes + pounds
        break
      }
      if quotes == 1, bytes[position] == Byte.newline { break }
      if bytes[position] == Byte.backslash, (0..<pounds).allSatisfy({ byte(1 + $0) == Byte.pound }) {
        let escaped = byte(1 + pounds)
        for _ in 0..<min(2 + pounds, bytes.count - position) { mark(.literal) }
        if escaped == Byte.open { scanCode(insideInterpolation: true) }
      } else {
        mark(.literal)
      }
    }
    lastCode = Byte.quote
  }

  private func isDelimiter(quotes: Int, pounds: Int) -> Bool {
    (0..<quotes).allSatisfy { byte($0) == Byte.quote } && (0..<pounds).allSatisfy { byte(quotes + $0) == Byte.pound }
  }

  /// Where a regular expression that begins here ends: `#/…/#`, or `/…/` on one line where no operand stands before.
  private func regularExpressionEnd() -> Int? {
    var pounds = 0
    while byte(pounds) == Byte.pound { pounds += 1 }
    guard byte(pounds) == Byte.slash else { return nil }
    if pounds == 0 {
      guard Byte.expectsOperand.contains(lastCode), let next = byte(1), !Byte.isSpace(next) else { return nil }
    }
    var index = position + pounds + 1
    while index < bytes.count {
      if bytes[index] == Byte.backslash {
        index += 2
        continue
      }
      if pounds == 0, bytes[index] == Byte.newline { return nil }
      let closes = bytes[index] == Byte.slash
      if closes, (0..<pounds).allSatisfy({ index + 1 + $0 < bytes.count && bytes[index + 1 + $0] == Byte.pound }) {
        return index + 1 + pounds
      }
      index += 1
    }
    return nil
  }

  private mutating func mark(_ kind: Kind) {
    kinds[position] = kind
    position += 1
  }

  private func byte(_ offset: Int) -> UInt8? {
    position + offset < bytes.count ? bytes[position + offset] : nil
  }

  private func starts(_ text: StaticString) -> Bool {
    text.withUTF8Buffer { wanted in wanted.indices.allSatisfy { byte($0) == wanted[$0] } }
  }

  private enum Byte {
    static let newline = UInt8(ascii: "\n")
    static let quote = UInt8(ascii: "\"")
    static let pound = UInt8(ascii: "#")
    static let slash = UInt8(ascii: "/")
    static let backslash = UInt8(ascii: "\\")
    static let open = UInt8(ascii: "(")
    static let close = UInt8(ascii: ")")
    static let expectsOperand = Set("(,=:[{!&|?;".utf8)

    static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 10 || byte == 13 }
  }
}
