public import FlintCore

/// How dates and times are written, by the letters that Spark takes: `yyyy-MM-dd`, `dd/MM/yyyy HH:mm`,
/// `yyyy-MM-dd'T'HH:mm:ss[.SSS][X]`.
///
/// `y` year (`yy` of this century), `M` month (`MMM` its English name of three letters), `d` day, `H` hour, `h` hour
/// of half a day with `a` for `AM` or `PM`, `m` minute, `s` second, `S` fraction of up to as many digits, `X` an
/// offset from UTC or `Z`, `x` an offset only. Two quotes enclose what stands for itself, brackets what may be
/// missing.
public struct TimePattern: Hashable, Sendable {
  indirect enum Part: Hashable, Sendable {
    /// A number that a letter means, with so many digits at least.
    case number(Letter, Int)
    /// A fraction of a second of up to so many digits.
    case fraction(Int)
    case monthName
    case halfOfDay
    /// An offset from UTC, and whether `Z` stands for none.
    case zone(letters: Int, hasZ: Bool)
    case literal([UInt8])
    case optional([Part])
  }

  enum Letter: Hashable, Sendable { case year, month, day, hour, hourOfHalf, minute, second }

  /// The pattern as it was written.
  public let pattern: String
  let parts: [Part]

  static let monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"].map {
    Array($0.utf8)
  }

  /// A pattern by its text. Throws `invalid-argument` for letters that mean nothing here, and for quotes and brackets
  /// that do not end.
  public init(_ pattern: String) throws(FlintError) {
    self.pattern = pattern
    var rest = Substring(pattern)
    parts = try Self.parts(&rest, pattern, isOptional: false)
  }

  private static func parts(
    _ rest: inout Substring, _ pattern: String, isOptional: Bool
  ) throws(FlintError) -> [Part] {
    var parts: [Part] = []
    while let first = rest.first {
      rest.removeFirst()
      switch first {
      case "'": parts.append(.literal(try quoted(&rest, pattern)))
      case "[": parts.append(.optional(try self.parts(&rest, pattern, isOptional: true)))
      case "]":
        guard isOptional else { throw wrong(pattern, "a ] has no [ before it") }
        return parts
      case "a"..."z", "A"..."Z":
        var count = 1
        while rest.first == first {
          rest.removeFirst()
          count += 1
        }
        parts.append(try part(first, count, pattern))
      default: parts.append(.literal(Array(String(first).utf8)))
      }
    }
    if isOptional { throw wrong(pattern, "a [ has no ] behind it") }
    return parts
  }

  private static func quoted(_ rest: inout Substring, _ pattern: String) throws(FlintError) -> [UInt8] {
    // Two quotes side by side are one.
    guard rest.first != "'" else {
      rest.removeFirst()
      return [UInt8(ascii: "'")]
    }
    guard let end = rest.firstIndex(of: "'") else { throw wrong(pattern, "a quote has none behind it") }
    let text = Array(rest[..<end].utf8)
    rest = rest[rest.index(after: end)...]
    return text
  }

  private static func part(_ letter: Character, _ count: Int, _ pattern: String) throws(FlintError) -> Part {
    switch (letter, count) {
    case ("y", 1...6), ("u", 1...6): return .number(.year, count)
    case ("M", 1...2): return .number(.month, count)
    case ("M", 3): return .monthName
    case ("d", 1...2): return .number(.day, count)
    case ("H", 1...2): return .number(.hour, count)
    case ("h", 1...2): return .number(.hourOfHalf, count)
    case ("m", 1...2): return .number(.minute, count)
    case ("s", 1...2): return .number(.second, count)
    case ("S", 1...9): return .fraction(count)
    case ("a", 1): return .halfOfDay
    case ("X", 1...3), ("x", 1...3): return .zone(letters: count, hasZ: letter == "X")
    default: throw wrong(pattern, "\(String(repeating: letter, count: count)) means nothing in it")
    }
  }

  private static func wrong(_ pattern: String, _ why: String) -> FlintError {
    FlintError(
      .invalidArgument, "'\(pattern)' is no pattern for dates and times", why: why,
      remedy: "patterns are made of y, M, d, H, h, a, m, s, S, X and x, such as yyyy-MM-dd HH:mm:ss")
  }
}
