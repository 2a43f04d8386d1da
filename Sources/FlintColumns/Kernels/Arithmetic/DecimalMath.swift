/// Arithmetic on unscaled decimals.
enum DecimalMath {
  /// Ten to the powers 0 to 38.
  static let powers: [Int128] = (0...38).map { (0..<$0).reduce(Int128(1)) { power, _ in power * 10 } }

  static func power(_ exponent: Int) -> Int128 { powers[exponent] }

  /// Whether a number has at most so many digits.
  @inline(__always)
  static func fits(_ number: Int128, below limit: Int128) -> Bool { number < limit && number > 0 &- limit }

  /// The quotient, rounded to the nearest, halves away from zero. `divisor` is positive.
  @inline(__always)
  static func rounded(_ number: Int128, by divisor: Int128) -> Int128 {
    let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
    let half = (divisor &+ 1) / 2
    if remainder >= half { return quotient &+ 1 }
    return remainder <= 0 &- half ? quotient &- 1 : quotient
  }

  /// A number with another scale: multiplied by ten to the power of `shift`, or divided and rounded. Nil when it has no
  /// room in 128 bits.
  static func rescaled(_ number: Int128, by shift: Int) -> Int128? {
    if shift >= 0 {
      if number == 0 { return 0 }
      guard shift <= 38 else { return nil }
      let (product, overflow) = number.multipliedReportingOverflow(by: power(shift))
      return overflow ? nil : product
    }
    return shift < -38 ? 0 : rounded(number, by: power(-shift))
  }

  /// The product divided by ten to the power of `shift`, rounded; nil when that has no room in 128 bits.
  static func product(_ left: Int128, _ right: Int128, loweredBy shift: Int) -> Int128? {
    let (product, overflow) = left.multipliedReportingOverflow(by: right)
    if !overflow, shift <= 38 { return rescaled(product, by: -shift) }
    let wide = left.magnitude.multipliedFullWidth(by: right.magnitude)
    return signed(lowered(wide.high, wide.low, by: shift), isNegative: (left < 0) != (right < 0))
  }

  /// The quotient of a number raised by ten to the power of `shift`, rounded; nil when that has no room in 128 bits.
  static func quotient(_ left: Int128, raisedBy shift: Int, by right: Int128) -> Int128? {
    if shift > 38 { return longQuotient(left, raisedBy: shift, by: right) }
    if shift >= 0 {
      let full = left.magnitude.multipliedFullWidth(by: power(shift).magnitude)
      return signed(quotient(full.high, full.low, by: right.magnitude), isNegative: (left < 0) != (right < 0))
    }
    let divisor = right.magnitude.multipliedFullWidth(by: power(-shift).magnitude)
    if divisor.high > 0 { return 0 }
    return signed(quotient(0, left.magnitude, by: divisor.low), isNegative: (left < 0) != (right < 0))
  }

  /// In two steps, as one divides by hand: what the first leaves is raised by the rest.
  private static func longQuotient(_ left: Int128, raisedBy shift: Int, by right: Int128) -> Int128? {
    let divisor = right.magnitude
    let full = left.magnitude.multipliedFullWidth(by: power(38).magnitude)
    if full.high >= divisor { return nil }
    let (whole, rest) = divisor.dividingFullWidth((full.high, full.low))
    let raised = rest.multipliedFullWidth(by: power(shift - 38).magnitude)
    guard let fraction = quotient(raised.high, raised.low, by: divisor) else { return nil }
    let (product, overflow) = whole.multipliedReportingOverflow(by: power(shift - 38).magnitude)
    let (sum, carry) = product.addingReportingOverflow(fraction)
    return overflow || carry ? nil : signed(sum, isNegative: (left < 0) != (right < 0))
  }

  /// The sum of two numbers, each raised by its power of ten, at most 38, divided by ten to the power of `shift`; nil when it
  /// has no room in 128 bits.
  static func sum(
    _ left: Int128, raisedBy leftShift: Int, _ right: Int128, raisedBy rightShift: Int, loweredBy shift: Int
  ) -> Int128? {
    let one = left.magnitude.multipliedFullWidth(by: power(leftShift).magnitude)
    let two = right.magnitude.multipliedFullWidth(by: power(rightShift).magnitude)
    if (left < 0) == (right < 0) {
      let (low, carry) = one.low.addingReportingOverflow(two.low)
      // Each is below 2^254.
      return signed(lowered(one.high + two.high + (carry ? 1 : 0), low, by: shift), isNegative: left < 0)
    }
    let isLess = (one.high, one.low) < (two.high, two.low)
    let (large, small) = isLess ? (two, one) : (one, two)
    let (low, borrow) = large.low.subtractingReportingOverflow(small.low)
    return signed(
      lowered(large.high - small.high - (borrow ? 1 : 0), low, by: shift), isNegative: (left < 0) != isLess)
  }

  /// 256 bits divided by ten to the power of `shift`, at most 76, and rounded; nil when that has no room in 128.
  private static func lowered(_ high: UInt128, _ low: UInt128, by shift: Int) -> UInt128? {
    if shift <= 38 { return quotient(high, low, by: power(shift).magnitude) }
    // What the first division cuts off is less than one, and the second divisor is even: it decides no half.
    let divisor = power(38).magnitude
    if high >= divisor { return nil }
    return quotient(0, divisor.dividingFullWidth((high, low)).quotient, by: power(shift - 38).magnitude)
  }

  /// The rounded quotient of 256 bits; nil when it has no room in 128.
  private static func quotient(_ high: UInt128, _ low: UInt128, by divisor: UInt128) -> UInt128? {
    if high >= divisor { return nil }
    let (quotient, remainder) =
      high == 0 ? low.quotientAndRemainder(dividingBy: divisor) : divisor.dividingFullWidth((high, low))
    // Twice the remainder may need a bit more than there is.
    let isUp = remainder >= divisor - remainder
    if isUp, quotient == .max { return nil }
    return isUp ? quotient + 1 : quotient
  }

  private static func signed(_ magnitude: UInt128?, isNegative: Bool) -> Int128? {
    guard let magnitude, let number = Int128(exactly: magnitude) else { return nil }
    return isNegative ? -number : number
  }
}
