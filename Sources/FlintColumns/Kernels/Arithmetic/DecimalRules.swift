extension ArithmeticOperator {
  /// The decimal type of a result, as Spark has it: as many digits as it can need, and if those are more than 38, fewer
  /// behind the point, but six at least.
  public func decimalResult(
    _ left: (precision: Int, scale: Int), _ right: (precision: Int, scale: Int)
  ) -> DataType {
    let scale: Int
    let precision: Int
    switch self {
    case .add, .subtract:
      scale = max(left.scale, right.scale)
      precision = max(left.precision - left.scale, right.precision - right.scale) + scale + 1
    case .multiply:
      scale = left.scale + right.scale
      precision = left.precision + right.precision + 1
    case .divide:
      scale = max(6, left.scale + right.precision + 1)
      precision = left.precision - left.scale + right.scale + scale
    case .remainder:
      scale = max(left.scale, right.scale)
      precision = min(left.precision - left.scale, right.precision - right.scale) + scale
    }
    return .adjustedDecimal(precision: precision, scale: scale)
  }
}

extension DataType {
  /// A decimal of at most 38 digits in place of one that may have more: whole digits are kept, digits behind the point go, as
  /// long as six of them are left.
  public static func adjustedDecimal(precision: Int, scale: Int) -> DataType {
    if precision <= maximumPrecision { return .decimal(precision: max(precision, 1), scale: scale) }
    let kept = max(maximumPrecision - (precision - scale), min(scale, 6))
    return .decimal(precision: maximumPrecision, scale: kept)
  }

  /// Precision and scale of a decimal; nil for other types.
  public var decimal: (precision: Int, scale: Int)? {
    if case .decimal(let precision, let scale) = self { (precision, scale) } else { nil }
  }
}
