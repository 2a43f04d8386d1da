extension ByteCount: CustomStringConvertible {
  /// Reads a size: a whole number and one of `b`, `k`, `kb`, `m`, `mb`, `g`, `gb`, `t`, `tb`, in either case.
  ///
  /// Throws `invalid-argument` for everything else: fractions (`1.5g` is `1536m`), negative numbers, sizes of 2⁶³ bytes
  /// and more, and bare numbers, of which nobody knows whether bytes or megabytes were meant.
  public init(parsing text: String) throws(FlintError) {
    let trimmed = text.trimmed
    let digits = trimmed.prefix { $0.isASCII && $0.isNumber }
    let suffix = trimmed.dropFirst(digits.count).trimmed.lowercased()
    guard !digits.isEmpty, suffix.isEmpty || Self.shifts[suffix] != nil else {
      throw Self.refusal(text, why: Self.reason(trimmed))
    }
    // Nothing is nothing in every unit.
    guard let shift = Self.shifts[suffix] ?? (digits.allSatisfy { $0 == "0" } ? 0 : nil) else {
      throw Self.refusal(text, why: "it has no unit", remedy: "write \(digits)b, \(digits)k or \(digits)m")
    }
    guard let count = Int64(digits), count <= Int64.max >> shift else {
      throw Self.refusal(text, why: "a size is less than 8,388,608t")
    }
    self.init(count << shift)
  }

  /// For people: `512 MiB` where it divides, else one decimal, `1.5 GiB`. ``exactText`` is the form that reads back.
  public var description: String {
    let magnitude = bytes.magnitude
    guard magnitude >= 1024 else { return "\(bytes) B" }
    var exponent = min((63 - magnitude.leadingZeroBitCount) / 10, Self.names.count - 1)
    let (whole, rest) = magnitude.quotientAndRemainder(dividingBy: 1 << (10 * exponent))
    let sign = bytes < 0 ? "-" : ""
    if rest == 0 { return "\(sign)\(whole) \(Self.names[exponent])" }
    var tenths = whole * 10 + (rest * 10 + 1 << (10 * exponent - 1)) >> (10 * exponent)
    if tenths >= 10_240, exponent < Self.names.count - 1 {
      // 1023.97 KiB would read 1024.0 KiB.
      exponent += 1
      tenths = 10
    }
    return "\(sign)\(tenths / 10).\(tenths % 10) \(Self.names[exponent])"
  }

  /// The form that ``init(parsing:)`` reads back: the largest unit that divides, such as `1536m`.
  public var exactText: String {
    let exponent = bytes == 0 ? 0 : min(bytes.trailingZeroBitCount / 10, 4)
    return "\(bytes >> (10 * exponent))" + ["b", "k", "m", "g", "t"][exponent]
  }

  private static let names = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
  private static let shifts = [
    "b": 0, "k": 10, "kb": 10, "m": 20, "mb": 20, "g": 30, "gb": 30, "t": 40, "tb": 40,
  ]

  private static func reason(_ text: String) -> String {
    if text.hasPrefix("-") { return "a size is not negative" }
    if text.contains(".") { return "a size is a whole number of its unit" }
    return "a size is a whole number with a unit b, k, m, g or t"
  }

  private static func refusal(
    _ text: String, why: String, remedy: String = "write a size such as 512m or 2g"
  ) -> FlintError {
    FlintError(.invalidArgument, "\"\(text)\" is not a size", why: why, remedy: remedy)
  }
}
