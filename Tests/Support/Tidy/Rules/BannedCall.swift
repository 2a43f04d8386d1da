/// A call that belongs behind a seam, and who may make it.
struct BannedCall: Sendable {
  /// How the call is told from other uses of the same words.
  enum Shape: Sendable {
    /// These words, wherever they stand in code.
    case words([String])
    /// A function of the C library: not a method, not awaited, and only in a file that imports the C library.
    case function(String)
    /// These words, where the argument list that follows lacks `using:`.
    case withoutGenerator([String])
    /// Text inside a literal.
    case literal(String)
  }

  let shapes: [Shape]
  let message: String
  /// Where the law holds: beginnings of paths.
  let scope: [String]
  /// Who is exempt: beginnings of paths.
  let allowed: [String]

  init(_ shapes: [Shape], _ message: String, in scope: [String] = Places.product, except allowed: [String] = []) {
    self.shapes = shapes
    self.message = message
    self.scope = scope
    self.allowed = allowed
  }

  func holds(for path: String) -> Bool {
    scope.contains(where: path.hasPrefix) && !allowed.contains(where: path.hasPrefix)
  }

  /// The lines of `source` where the call stands.
  func lines(in source: SwiftSource) -> Set<Int> {
    shapes.reduce(into: []) { lines, shape in lines.formUnion(Self.lines(of: shape, in: source)) }
  }

  private static func lines(of shape: Shape, in source: SwiftSource) -> [Int] {
    let tokens = source.tokens
    switch shape {
    case .words(let words):
      return tokens.indices.filter { tokens.reads(words, at: $0) }.map { tokens[$0].line }
    case .function(let name):
      guard !source.imports.isDisjoint(with: Places.libraryModules) else { return [] }
      return tokens.indices.filter { isFunctionCall(name, tokens, at: $0) }.map { tokens[$0].line }
    case .withoutGenerator(let words):
      return tokens.indices.filter { index in
        tokens.reads(words, at: index) && !hasGenerator(tokens, opening: index + words.count - 1)
      }.map { tokens[$0].line }
    case .literal(let text):
      return source.literalLines.indices.filter { source.literalLines[$0].contains(text) }.map { $0 + 1 }
    }
  }

  private static func isFunctionCall(_ name: String, _ tokens: [Token], at index: Int) -> Bool {
    guard tokens.reads([name, "("], at: index) else { return false }
    guard index > 0 else { return true }
    switch tokens[index - 1].text {
    case "func", "await": return false
    case ".": return index > 1 && Places.libraryModules.contains(tokens[index - 2].text)
    default: return true
    }
  }

  private static func hasGenerator(_ tokens: [Token], opening: Int) -> Bool {
    guard tokens[opening].text == "(", let end = tokens.closing(opening) else { return false }
    return (opening..<end).contains { tokens.reads(["using", ":"], at: $0) }
  }
}
