/// Rounds as people do on paper.
enum Rounding {
  /// A number to so many digits behind the point, or before it when negative: halves go away from zero, and the digits are
  /// those that are printed, so that 2.675 gives 2.68 although the binary number is a little less.
  static func halfUp(_ value: Double, _ digits: Int) -> Double {
    guard value.isFinite, digits < 300 else { return value }
    if digits < -300 { return 0 }
    let power = powerOfTen(abs(digits))
    let scaled = digits >= 0 ? value * power : value / power
    // From there on numbers have no digits behind the point.
    guard abs(scaled) < 4_503_599_627_370_496 else { return value }
    let distance = abs(abs(scaled - scaled.rounded(.towardZero)) - 0.5)
    if distance < 1e-6, digits >= 0, let exact = printed(value, digits) { return exact }
    let whole = scaled.rounded(.toNearestOrAwayFromZero)
    return digits >= 0 ? whole / power : whole * power
  }

  private static func powerOfTen(_ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }

  /// By the shortest digits that tell the number from its neighbours; nil when they are written with an exponent.
  private static func printed(_ value: Double, _ digits: Int) -> Double? {
    let parts = value.magnitude.description.split(separator: ".")
    guard parts.count == 2, !parts[1].contains("e"), parts[1].count > digits else { return nil }
    guard var number = Int128(parts[0] + parts[1].prefix(digits)) else { return nil }
    if let next = parts[1].dropFirst(digits).first, next >= "5" { number += 1 }
    return Double("\(value < 0 ? "-" : "")\(number)e-\(digits)")
  }
}
