extension Duration {
  /// Reads a duration: a whole number and one of `ns`, `us`, `ms`, `s`, `m`, `min`, `h`, `d`, in either case.
  ///
  /// Throws `invalid-argument` for everything else: fractions (`1.5s` is `1500ms`), negative numbers, durations of 292
  /// years and more, and bare numbers, of which nobody knows whether seconds or milliseconds were meant.
  public init(parsing text: String) throws(FlintError) {
    let trimmed = text.trimmed
    let digits = trimmed.prefix { $0.isASCII && $0.isNumber }
    let suffix = trimmed.dropFirst(digits.count).trimmed.lowercased()
    if !digits.isEmpty, suffix.isEmpty {
      throw Self.refusal(text, why: "it has no unit", remedy: "write \(digits)ms or \(digits)s")
    }
    guard !digits.isEmpty, let unit = Self.units.first(where: { $0.suffixes.contains(suffix) }) else {
      throw Self.refusal(text, why: Self.reason(trimmed))
    }
    guard let count = Int64(digits), count <= Int64.max / unit.nanoseconds else {
      throw Self.refusal(text, why: "a duration is less than 292 years")
    }
    self = .nanoseconds(count * unit.nanoseconds)
  }

  /// The duration in the largest unit that divides it, such as `90s` or `1500ms`; ``init(parsing:)`` reads it back.
  /// Parts of a nanosecond are cut off.
  public var exactText: String {
    let nanoseconds = nanoseconds
    guard nanoseconds != 0, let unit = Self.units.first(where: { nanoseconds % $0.nanoseconds == 0 }) else {
      return "0s"
    }
    return "\(nanoseconds / unit.nanoseconds)\(unit.suffixes[0])"
  }

  /// The units, the largest first; the first suffix is the one that is printed.
  private static let units: [(suffixes: [String], nanoseconds: Int64)] = [
    (["d"], 86_400_000_000_000),
    (["h"], 3_600_000_000_000),
    (["min", "m"], 60_000_000_000),
    (["s"], 1_000_000_000),
    (["ms"], 1_000_000),
    (["us"], 1_000),
    (["ns"], 1),
  ]

  private static func reason(_ text: String) -> String {
    if text.hasPrefix("-") { return "a duration is not negative" }
    if text.contains(".") { return "a duration is a whole number of its unit" }
    return "a duration is a whole number with a unit ns, us, ms, s, m, h or d"
  }

  private static func refusal(
    _ text: String, why: String, remedy: String = "write a duration such as 500ms or 10s"
  ) -> FlintError {
    FlintError(.invalidArgument, "\"\(text)\" is not a duration", why: why, remedy: remedy)
  }
}
