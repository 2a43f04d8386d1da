/// An amount in whole cents, so that sums are the same in whatever order they are made.
struct Money {
  var cents: Int

  /// Reads `12`, `12.5`, `-12.50`; nil for anything else.
  init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = Int(parts[0]) else { return nil }
    var fraction = 0
    if parts.count > 1 {
      guard let digits = Int(parts[1]), digits >= 0, parts[1].utf8.count <= 2 else { return nil }
      fraction = parts[1].utf8.count == 1 ? 10 * digits : digits
    }
    cents = 100 * whole + (text.first == "-" ? -fraction : fraction)
  }

  init(cents: Int) {
    self.cents = cents
  }

  static func + (left: Money, right: Money) -> Money { Money(cents: left.cents + right.cents) }
}

extension Money: CustomStringConvertible {
  /// Such as `-12.50`.
  var description: String {
    let (whole, rest) = cents.magnitude.quotientAndRemainder(dividingBy: 100)
    return "\(cents < 0 ? "-" : "")\(whole).\(rest < 10 ? "0" : "")\(rest)"
  }
}
