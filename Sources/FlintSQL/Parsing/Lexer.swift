internal import FlintCore

/// Cuts the text of a query into tokens.
struct Lexer {
  private let text: QueryText
  private var place = 0

  init(_ text: QueryText) {
    self.text = text
  }

  /// All tokens, the last of which is the end. Throws `invalid-query` for what is no token.
  static func tokens(_ text: QueryText) throws(FlintError) -> [Token] {
    var lexer = Lexer(text)
    var tokens: [Token] = []
    repeat {
      let token = try lexer.next()
      // Texts that follow one another are one.
      if case .string(let more) = token.kind, case .string(let first)? = tokens.last?.kind, let last = tokens.last {
        tokens[tokens.count - 1] = Token(
          kind: .string(first + more), range: last.range.lowerBound..<token.range.upperBound)
      } else {
        tokens.append(token)
      }
    } while tokens.last?.kind != .end
    return tokens
  }

  /// Signs of more than one byte, and those of one.
  private static let longSymbols: Set<String> = ["<=>", "<=", ">=", "<>", "!=", "==", "||", "::", "->"]
  private static let shortSymbols = Set("()[]{},.;+-*/%=<>!:&|^~?@".utf8)

  private func byte(_ ahead: Int = 0) -> UInt8? {
    place + ahead < text.bytes.count ? text.bytes[place + ahead] : nil
  }

  private mutating func next() throws(FlintError) -> Token {
    try skipBlanks()
    let start = place
    guard let first = byte() else { return Token(kind: .end, range: start..<start) }
    if first == UInt8(ascii: "/"), byte(1) == UInt8(ascii: "*"), byte(2) == UInt8(ascii: "+") {
      place += 3
      return Token(kind: .symbol("/*+"), range: start..<place)
    }
    if first == UInt8(ascii: "*"), byte(1) == UInt8(ascii: "/") {
      place += 2
      return Token(kind: .symbol("*/"), range: start..<place)
    }
    switch first {
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return try string(first, from: start, isRaw: false)
    case UInt8(ascii: "`"): return try quotedName(start)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return number(start)
    case UInt8(ascii: ".") where byte(1).map(Self.isDigit) ?? false: return number(start)
    default: break
    }
    if Self.beginsName(first) { return try word(start) }
    if let symbol = symbol(first) {
      place += symbol.utf8.count
      return Token(kind: .symbol(symbol), range: start..<place)
    }
    throw error("this character means nothing here", start..<start + 1)
  }

  /// The longest sign that begins here.
  private func symbol(_ first: UInt8) -> String? {
    guard Self.shortSymbols.contains(first) || first == UInt8(ascii: "|") else { return nil }
    if let second = byte(1), Self.shortSymbols.contains(second) {
      for length in [3, 2] where place + length <= text.bytes.count {
        let symbol = String(decoding: text.bytes[place..<place + length], as: UTF8.self)
        if Self.longSymbols.contains(symbol) { return symbol }
      }
    }
    return String(Character(Unicode.Scalar(first)))
  }

  private func error(_ what: String, _ range: Range<Int>) -> FlintError {
    Origin.query(text, range).error(.invalidQuery, what)
  }

  // MARK: What is between tokens.

  private mutating func skipBlanks() throws(FlintError) {
    while let next = byte() {
      if Self.isBlank(next) {
        place += 1
      } else if next == UInt8(ascii: "-"), byte(1) == UInt8(ascii: "-") {
        while let next = byte(), next != UInt8(ascii: "\n") { place += 1 }
      } else if next == UInt8(ascii: "/"), byte(1) == UInt8(ascii: "*"), byte(2) != UInt8(ascii: "+") {
        try skipComment()
      } else {
        return
      }
    }
  }

  /// Comments may stand in comments.
  private mutating func skipComment() throws(FlintError) {
    let start = place
    var depth = 0
    repeat {
      guard byte() != nil else { throw error("this comment does not end", start..<start + 2) }
      if byte() == UInt8(ascii: "/"), byte(1) == UInt8(ascii: "*") {
        depth += 1
        place += 2
      } else if byte() == UInt8(ascii: "*"), byte(1) == UInt8(ascii: "/") {
        depth -= 1
        place += 2
      } else {
        place += 1
      }
    } while depth > 0
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
  private static func beginsName(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || (65...90).contains(byte) || (97...122).contains(byte) || byte >= 128
  }

  // MARK: Words and numbers.

  private mutating func word(_ start: Int) throws(FlintError) -> Token {
    while let next = byte(), Self.beginsName(next) || Self.isDigit(next) || next == UInt8(ascii: "$") { place += 1 }
    let word = String(decoding: text.bytes[start..<place], as: UTF8.self)
    if let quote = byte(), quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") {
      if word == "r" || word == "R" { return try string(quote, from: start, isRaw: true) }
      if word == "x" || word == "X" { return try hexadecimal(quote, start) }
    }
    return Token(kind: .word(word), range: start..<place)
  }

  private mutating func number(_ start: Int) -> Token {
    func skipDigits(_ lexer: inout Lexer) { while let next = lexer.byte(), Self.isDigit(next) { lexer.place += 1 } }
    skipDigits(&self)
    if byte() == UInt8(ascii: "."), byte(1) != UInt8(ascii: ".") {
      place += 1
      skipDigits(&self)
    }
    if let next = byte(), next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      let signs = byte(1) == UInt8(ascii: "+") || byte(1) == UInt8(ascii: "-") ? 2 : 1
      if let digit = byte(signs), Self.isDigit(digit) {
        place += signs
        skipDigits(&self)
      }
    }
    // Letters of a type, which the parser reads; so `1abc` is one wrong number and not a number with an alias.
    while let next = byte(), Self.beginsName(next) || Self.isDigit(next) { place += 1 }
    return Token(kind: .number(String(decoding: text.bytes[start..<place], as: UTF8.self)), range: start..<place)
  }

  // MARK: Quotes.

  private mutating func quotedName(_ start: Int) throws(FlintError) -> Token {
    place += 1
    var name: [UInt8] = []
    while let next = byte() {
      place += 1
      if next == UInt8(ascii: "`") {
        guard byte() == UInt8(ascii: "`") else {
          return Token(kind: .quoted(String(decoding: name, as: UTF8.self)), range: start..<place)
        }
        place += 1
      }
      name.append(next)
    }
    throw error("this name has no closing backtick", start..<start + 1)
  }

  private mutating func string(_ quote: UInt8, from start: Int, isRaw: Bool) throws(FlintError) -> Token {
    place += 1
    var content: [UInt8] = []
    while let next = byte() {
      place += 1
      if next == quote {
        guard byte() == quote, !isRaw else {
          return Token(kind: .string(String(decoding: content, as: UTF8.self)), range: start..<place)
        }
        place += 1
        content.append(quote)
      } else if next == UInt8(ascii: "\\"), !isRaw {
        escape(&content)
      } else {
        content.append(next)
      }
    }
    throw error("this text has no closing quote", start..<start + 1)
  }

  /// What stands behind a backslash.
  private mutating func escape(_ content: inout [UInt8]) {
    guard let next = byte() else { return }
    place += 1
    switch next {
    case UInt8(ascii: "n"): content.append(10)
    case UInt8(ascii: "t"): content.append(9)
    case UInt8(ascii: "r"): content.append(13)
    case UInt8(ascii: "b"): content.append(8)
    case UInt8(ascii: "0"): content.append(0)
    // Patterns of LIKE read these themselves.
    case UInt8(ascii: "%"), UInt8(ascii: "_"): content += [UInt8(ascii: "\\"), next]
    case UInt8(ascii: "u"):
      let digits = text.bytes[place...].prefix(4)
      guard digits.count == 4, let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16),
        let scalar = Unicode.Scalar(code)
      else { return content.append(next) }
      place += 4
      content += Array(String(Character(scalar)).utf8)
    default: content.append(next)
    }
  }

  private mutating func hexadecimal(_ quote: UInt8, _ start: Int) throws(FlintError) -> Token {
    place += 1
    var digits: [UInt8] = []
    while let next = byte(), next != quote {
      guard let digit = Character(Unicode.Scalar(next)).hexDigitValue else {
        throw error("binary values are written in hexadecimal digits", place..<place + 1)
      }
      digits.append(UInt8(digit))
      place += 1
    }
    guard byte() == quote else { throw error("this value has no closing quote", start..<start + 1) }
    place += 1
    if digits.count % 2 == 1 { digits.insert(0, at: 0) }
    let bytes = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    return Token(kind: .binary(bytes), range: start..<place)
  }
}
