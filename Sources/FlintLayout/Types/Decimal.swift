/// A decimal number: an unscaled whole number of up to 38 digits, and how many of them stand behind the point. The column
/// type `decimal`.
///
/// 12.50 is `Decimal(unscaled: 1250, scale: 2)`. Equality and hashing are by value: 12.5 equals 12.50.
public struct Decimal: Sendable {
  /// The number without its point.
  public let unscaled: Int128
  /// Digits behind the point, 0 to ``maximumScale``.
  public let scale: UInt8

  /// The most digits behind the point.
  public static let maximumScale = 38

  /// `unscaled` divided by ten to the power of `scale`.
  public init(unscaled: Int128, scale: Int = 0) {
    precondition((0...Self.maximumScale).contains(scale), "a decimal has 0 to 38 digits behind its point, not \(scale)")
    self.unscaled = unscaled
    self.scale = UInt8(scale)
  }

  /// The same number with as few digits behind the point as it needs.
  private var reduced: Decimal {
    var number = unscaled
    var scale = Int(scale)
    while scale > 0 {
      let (quotient, remainder) = number.quotientAndRemainder(dividingBy: 10)
      if remainder != 0 { break }
      number = quotient
      scale -= 1
    }
    return Decimal(unscaled: number, scale: scale)
  }
}

extension Decimal: Hashable {
  /// By value, whatever the scales.
  public static func == (left: Decimal, right: Decimal) -> Bool {
    let (left, right) = (left.reduced, right.reduced)
    return left.unscaled == right.unscaled && left.scale == right.scale
  }

  /// Equal values hash equally.
  public func hash(into hasher: inout Hasher) {
    let reduced = reduced
    hasher.combine(reduced.unscaled)
    hasher.combine(reduced.scale)
  }
}

extension Decimal: Comparable {
  /// By value, whatever the scales.
  public static func < (left: Decimal, right: Decimal) -> Bool {
    let (leftWhole, leftRest) = left.parts
    let (rightWhole, rightRest) = right.parts
    if leftWhole != rightWhole { return leftWhole < rightWhole }
    // What stands behind the points, each below 10^38 and so comparable once they have the same number of digits.
    let scale = max(left.scale, right.scale)
    return leftRest * Self.power(scale - left.scale) < rightRest * Self.power(scale - right.scale)
  }

  /// The part before the point, rounded towards zero, and the rest in units of the last digit, of the same sign.
  private var parts: (whole: Int128, rest: Int128) {
    let (whole, rest) = unscaled.quotientAndRemainder(dividingBy: Self.power(scale))
    return (whole, rest)
  }

  private static func power(_ exponent: UInt8) -> Int128 {
    (0..<exponent).reduce(1) { product, _ in product * 10 }
  }
}

extension Decimal: CustomStringConvertible {
  /// Such as `-12.50`: as many digits behind the point as the scale says.
  public var description: String {
    let digits = String(unscaled.magnitude)
    let sign = unscaled < 0 ? "-" : ""
    if scale == 0 { return sign + digits }
    let padded = String(repeating: "0", count: max(0, Int(scale) + 1 - digits.utf8.count)) + digits
    return sign + padded.dropLast(Int(scale)) + "." + padded.suffix(Int(scale))
  }
}
