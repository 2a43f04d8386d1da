/// The types of one computation with decimals.
struct DecimalShape {
  let left: (precision: Int, scale: Int)
  let right: (precision: Int, scale: Int)
  let result: (precision: Int, scale: Int)

  var resultIsWide: Bool { result.precision > DataType.narrowPrecision }

  /// Whether a sum of any two values has room as it is, in the bits of the result too.
  var isExactSum: Bool {
    let whole = max(left.precision - left.scale, right.precision - right.scale)
    return result.scale >= max(left.scale, right.scale) && whole + 1 + result.scale <= result.precision
  }

  /// Whether a product of any two values has room as it is.
  var isExactProduct: Bool {
    left.scale + right.scale == result.scale && left.precision + right.precision <= result.precision
  }

  /// The result for one pair of unscaled numbers; nil when it has no room in 128 bits, or is divided by zero.
  func compute(_ arithmetic: ArithmeticOperator, _ first: Int128, _ second: Int128) -> Int128? {
    switch arithmetic {
    case .add, .subtract: return sum(first, second, isDifference: arithmetic == .subtract)
    case .multiply:
      return DecimalMath.product(first, second, loweredBy: left.scale + right.scale - result.scale)
    case .divide:
      if second == 0 { return nil }
      return DecimalMath.quotient(first, raisedBy: result.scale - left.scale + right.scale, by: second)
    case .remainder: return remainder(first, second)
    }
  }

  /// In the larger of both scales, then rounded to that of the result.
  private func sum(_ first: Int128, _ second: Int128, isDifference: Bool) -> Int128? {
    let scale = max(left.scale, right.scale)
    if let one = DecimalMath.rescaled(first, by: scale - left.scale),
      let two = DecimalMath.rescaled(second, by: scale - right.scale)
    {
      let (sum, overflow) = isDifference ? one.subtractingReportingOverflow(two) : one.addingReportingOverflow(two)
      if !overflow { return DecimalMath.rescaled(sum, by: result.scale - scale) }
    }
    // The least number of 128 bits has no opposite, but is no decimal either.
    return DecimalMath.sum(
      first, raisedBy: scale - left.scale, isDifference ? 0 &- second : second, raisedBy: scale - right.scale,
      loweredBy: scale - result.scale)
  }

  private func remainder(_ first: Int128, _ second: Int128) -> Int128? {
    if second == 0 { return nil }
    let scale = max(left.scale, right.scale)
    if let one = DecimalMath.rescaled(first, by: scale - left.scale),
      let two = DecimalMath.rescaled(second, by: scale - right.scale)
    {
      // By -1 nothing is left; the least number would trap.
      return two == -1 ? 0 : DecimalMath.rescaled(one % two, by: result.scale - scale)
    }
    return wideRemainder(first, second, scale)
  }

  /// Where one side has no room in the scale of the other.
  private func wideRemainder(_ first: Int128, _ second: Int128, _ scale: Int) -> Int128? {
    let one = first.magnitude.multipliedFullWidth(by: DecimalMath.power(scale - left.scale).magnitude)
    let two = second.magnitude.multipliedFullWidth(by: DecimalMath.power(scale - right.scale).magnitude)
    let rest: UInt128
    if two.high > 0 {
      // The dividend has room and is the smaller one.
      rest = one.low
    } else {
      rest = two.low.dividingFullWidth((one.high % two.low, one.low)).remainder
    }
    guard let number = Int128(exactly: rest) else { return nil }
    return DecimalMath.rescaled(first < 0 ? -number : number, by: result.scale - scale)
  }
}
