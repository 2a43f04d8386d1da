/// The smallest part of a query that means something.
struct Token: Sendable {
  /// What it is.
  enum Kind: Hashable, Sendable {
    /// A word without quotes: a keyword or a name.
    case word(String)
    /// A name in backticks.
    case quoted(String)
    case string(String)
    case binary([UInt8])
    /// Digits, perhaps with a point, an exponent and letters of a type.
    case number(String)
    case symbol(String)
    /// The end of the text.
    case end
  }

  let kind: Kind
  /// The bytes of the query that it is.
  let range: Range<Int>

  /// As an error names it.
  var name: String {
    switch kind {
    case .word(let word): "'\(word)'"
    case .quoted(let name): "`\(name)`"
    case .string: "a text"
    case .binary: "binary digits"
    case .number(let digits): "the number \(digits)"
    case .symbol(let symbol): "'\(symbol)'"
    case .end: "the end of the query"
    }
  }
}
