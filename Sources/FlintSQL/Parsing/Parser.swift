internal import FlintCore

/// Reads statements in the dialect of Spark, by recursive descent. What it makes is not checked against any table.
struct Parser {
  let text: QueryText
  let limits: Limits
  private let tokens: [Token]
  private(set) var place = 0
  /// How deep in brackets, functions and chains of operators it is.
  private var depth = 0

  init(_ text: String, limits: Limits = Limits()) throws(FlintError) {
    self.text = QueryText(text)
    self.limits = limits
    guard self.text.bytes.count <= Int(limits.queryLength.bytes) else {
      throw FlintError(
        .tooLarge, "the query has \(self.text.bytes.count) bytes, the limit is \(limits.queryLength)",
        remedy: "keep values in a table and join with it")
    }
    tokens = try Lexer.tokens(self.text)
  }

  /// The statement that a text says. Throws `invalid-query` with the place.
  static func statement(_ text: String, limits: Limits = Limits()) throws(FlintError) -> Statement {
    var parser = try Parser(text, limits: limits)
    let statement = try parser.statement()
    try parser.expectEnd()
    return statement
  }

  /// The expression that a text says, perhaps with a name behind AS.
  static func expression(_ text: String, limits: Limits = Limits()) throws(FlintError) -> Expression {
    var parser = try Parser(text, limits: limits)
    let expression = try parser.selectItem()
    try parser.expectEnd()
    return expression
  }

  /// Throws unless everything was read; semicolons may end it.
  mutating func expectEnd() throws(FlintError) {
    while acceptSymbol(";") {}
    guard token.kind == .end else { throw unexpected("the end of the query") }
  }

  // MARK: Tokens.

  /// The next token.
  var token: Token { tokens[place] }

  func token(ahead count: Int) -> Token { tokens[min(place + count, tokens.count - 1)] }

  mutating func advance() { place = min(place + 1, tokens.count - 1) }

  /// Whether the next token is this word, which is written in upper case here.
  func isWord(_ word: String, ahead: Int = 0) -> Bool {
    guard case .word(let found) = token(ahead: ahead).kind, found.utf8.count == word.utf8.count else { return false }
    return found.uppercased() == word
  }

  func isSymbol(_ symbol: String, ahead: Int = 0) -> Bool { token(ahead: ahead).kind == .symbol(symbol) }

  mutating func accept(_ word: String) -> Bool {
    guard isWord(word) else { return false }
    advance()
    return true
  }

  /// Takes all of these words, or none.
  mutating func accept(_ words: String...) -> Bool {
    for (index, word) in words.enumerated() where !isWord(word, ahead: index) { return false }
    for _ in words { advance() }
    return true
  }

  mutating func acceptSymbol(_ symbol: String) -> Bool {
    guard isSymbol(symbol) else { return false }
    advance()
    return true
  }

  mutating func expect(_ words: String...) throws(FlintError) {
    for word in words where !accept(word) { throw unexpected(word, words: [word]) }
  }

  mutating func expectSymbol(_ symbol: String) throws(FlintError) {
    guard acceptSymbol(symbol) else { throw unexpected("'\(symbol)'") }
  }

  /// From the first byte of a token to the last one that was read.
  func origin(from start: Int) -> Origin {
    let first = tokens[start].range.lowerBound
    return .query(text, first..<max(first, tokens[max(start, place - 1)].range.upperBound))
  }

  /// Of the next token.
  var here: Origin { .query(text, token.range) }

  // MARK: Names.

  /// A name, which may be any word that begins nothing else here.
  mutating func name(_ meaning: String) throws(FlintError) -> String {
    switch token.kind {
    case .quoted(let name):
      advance()
      return name
    case .word(let word) where !Keywords.reserved.contains(word.uppercased()):
      advance()
      return word
    default: throw unexpected(meaning)
    }
  }

  /// Names with points between them.
  mutating func names(_ meaning: String) throws(FlintError) -> [String] {
    var names = [try name(meaning)]
    while isSymbol("."), !isSymbol("*", ahead: 1) {
      advance()
      names.append(try part(meaning))
    }
    return names
  }

  /// A name behind a point, which may be a keyword.
  mutating func part(_ meaning: String) throws(FlintError) -> String {
    guard case .word(let word) = token.kind else { return try name(meaning) }
    advance()
    return word
  }

  /// Names in brackets.
  mutating func nameList(_ meaning: String) throws(FlintError) -> [String] {
    try expectSymbol("(")
    return try list { (parser) throws(FlintError) in try parser.name(meaning) }
  }

  /// Things with commas between them, up to a closing bracket.
  mutating func list<Element>(
    _ element: (inout Parser) throws(FlintError) -> Element
  ) throws(FlintError) -> [Element] {
    var elements: [Element] = []
    repeat { elements.append(try element(&self)) } while acceptSymbol(",")
    try expectSymbol(")")
    return elements
  }

  // MARK: Depth.

  /// Goes one level deeper; call ``ascend()`` at its end. What calls many functions for each level counts for more than one,
  /// so that the stack is long enough for all of them.
  mutating func descend() throws(FlintError) {
    try demandDepth(1)
    depth += 1
  }

  mutating func ascend() { depth -= 1 }

  /// Throws when so many levels more are too many.
  func demandDepth(_ more: Int) throws(FlintError) {
    guard depth + more <= limits.queryDepth else {
      throw here.error(
        .invalidQuery, "the query is nested more than \(limits.queryDepth) levels deep",
        remedy: "cut it into parts by WITH or temporary views")
    }
  }

  // MARK: Errors.

  /// What stands here is not what should; `words` are the keywords that could.
  func unexpected(_ wanted: String, words: [String] = []) -> FlintError {
    here.error(
      .invalidQuery, "\(wanted) should stand here, not \(token.name)", remedy: suggestion(words))
  }

  /// A keyword that was probably meant by this word, or by the one before, which was taken for an alias.
  private func suggestion(_ words: [String]) -> String? {
    let candidates = words.isEmpty ? Keywords.clauses : words
    for index in [place, place - 1] where index >= 0 {
      guard case .word(let word) = tokens[index].kind, word.count > 2, !Keywords.clauses.contains(word.uppercased()),
        let nearest = NearestName.find(for: word, in: candidates)
      else { continue }
      return "did you mean \(nearest) in place of '\(word)'?"
    }
    return nil
  }
}
