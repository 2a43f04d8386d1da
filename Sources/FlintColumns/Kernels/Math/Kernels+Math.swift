public import FlintCore
internal import Glibc

extension Kernels {
  /// A function of each number, a `double`. What has no value, such as the root of a negative number, is NaN; a logarithm of
  /// what is not positive is null.
  public func compute(_ function: MathFunction, of numbers: Vector) throws(FlintError) -> Vector {
    precondition(numbers.type == .double, "\(numbers.type) is not computed with; cast it to double")
    let numbers = try numbers.flat(memory)
    defer { withExtendedLifetime(numbers) {} }
    let results = try map(numbers, from: Double.self, to: .double, Self.body(function))
    guard function.wantsPositive else { return results }
    let values = numbers.pointer(to: Double.self)
    let there = numbers.validity?.bits
    let bits = try packed(numbers.count) { (there?[$0] ?? true) && !(values[$0] <= 0) ? 1 : 0 }
    return Vector(.double, count: numbers.count, validity: Validity(bits), results.form)
  }

  private static func body(_ function: MathFunction) -> (Double) -> Double {
    switch function {
    case .squareRoot: { $0.squareRoot() }
    case .cubeRoot: { cbrt($0) }
    case .exponential: { exp($0) }
    case .logarithm: { log($0) }
    case .logarithm2: { log2($0) }
    case .logarithm10: { log10($0) }
    case .sine: { sin($0) }
    case .cosine: { cos($0) }
    case .tangent: { tan($0) }
    case .arcSine: { asin($0) }
    case .arcCosine: { acos($0) }
    case .arcTangent: { atan($0) }
    case .hyperbolicSine: { sinh($0) }
    case .hyperbolicCosine: { cosh($0) }
    case .hyperbolicTangent: { tanh($0) }
    case .radians: { $0 / 180 * .pi }
    case .degrees: { $0 * 180 / .pi }
    case .sign: { $0 > 0 ? 1 : $0 < 0 ? -1 : $0 }
    }
  }

  /// The first number to the power of the second, both `double`.
  public func power(_ base: Operand, _ exponent: Operand) throws(FlintError) -> Vector {
    try combineDoubles(base, exponent) { pow($0, $1) }
  }

  /// The angle of the point whose ordinate is `y` and whose abscissa is `x`, both `double`.
  public func arcTangent(_ y: Operand, _ x: Operand) throws(FlintError) -> Vector {
    try combineDoubles(y, x) { atan2($0, $1) }
  }

  /// How far the point with this abscissa and ordinate, both `double`, is from the origin.
  public func hypotenuse(_ x: Operand, _ y: Operand) throws(FlintError) -> Vector {
    try combineDoubles(x, y) { hypot($0, $1) }
  }

  private func combineDoubles(
    _ left: Operand, _ right: Operand, _ body: (Double, Double) -> Double
  ) throws(FlintError) -> Vector {
    precondition(left.type == .double && right.type == .double, "numbers are wanted as double")
    return try combine(try left.flat(memory), Double.self, try right.flat(memory), Double.self, to: .double, body)
  }

  // MARK: Rounding.

  /// The numbers with so many digits behind the point, halves away from zero; with a negative number so many digits before it
  /// become zero. Floating-point numbers are rounded by the digits that people see, as in Spark.
  ///
  /// Whole numbers and floating-point numbers keep their type; of decimals it is ``DataType/rounded(to:)``. Whole numbers
  /// without room are an `arithmetic-overflow`, or wrap around.
  public func round(_ numbers: Vector, digits: Int, rows: Selection? = nil) throws(FlintError) -> Vector {
    let vector = try numbers.flat(memory)
    defer { withExtendedLifetime(vector) {} }
    switch vector.type {
    case .float: return try map(vector, from: Float.self, to: .float) { Rounding.rounded($0, digits) }
    case .double: return try map(vector, from: Double.self, to: .double) { Rounding.rounded($0, digits) }
    case .int8, .int16, .int32, .int64:
      if digits >= 0 { return vector }
      let wide = Kernels(memory, rules: rules, zone: zone)
      let decimal = try wide.cast(vector, to: .decimal(precision: 20, scale: 0))
      return try wide.cast(try wide.round(decimal, digits: digits), to: vector.type, rows: rows)
    case .decimal(_, let scale):
      guard let type = vector.type.rounded(to: digits), case .decimal(_, let newScale) = type else { return vector }
      // Rounded where the digits end, and with zeros up to the point.
      let (down, up) = (digits - scale, digits < 0 ? newScale - digits : 0)
      if digits >= scale { return try cast(vector, to: type) }
      let lane = WideLane(.vector(vector))
      let buffer = try memory.buffer(vector.count * (type.physical.width ?? 16))
      let result = Vector.Making(type, vector.count, vector.validity, buffer)
      for row in 0..<vector.count {
        let rounded = DecimalMath.rescaled(lane.value(row), by: down) ?? 0
        result.store(DecimalMath.rescaled(rounded, by: up) ?? 0, row)
      }
      return result.vector()
    default:
      throw FlintError(.invalidArgument, "\(vector.type) is not rounded", remedy: "cast it to a type of numbers")
    }
  }

  /// The largest whole number that is not greater, or with `isUp` the smallest that is not less: of floating-point numbers and
  /// whole numbers an `int64`, the nearest there is, of decimals one without digits behind the point.
  public func floor(_ numbers: Vector, isUp: Bool = false) throws(FlintError) -> Vector {
    let vector = try numbers.flat(memory)
    defer { withExtendedLifetime(vector) {} }
    switch vector.type {
    case .int8, .int16, .int32, .int64: return try cast(vector, to: .int64)
    case .float: return try floor(try cast(vector, to: .double), isUp: isUp)
    case .double:
      let whole = try map(vector, from: Double.self, to: .double) { $0.rounded(isUp ? .up : .down) }
      return try Kernels(memory, rules: .legacy, zone: zone).cast(whole, to: .int64)
    case .decimal(let precision, let scale):
      let type = DataType.adjustedDecimal(precision: precision - scale + 1, scale: 0)
      let divisor = DecimalMath.power(scale)
      let lane = WideLane(.vector(vector))
      let buffer = try memory.buffer(vector.count * (type.physical.width ?? 16))
      let result = Vector.Making(type, vector.count, vector.validity, buffer)
      for row in 0..<vector.count {
        let (whole, rest) = lane.value(row).quotientAndRemainder(dividingBy: divisor)
        result.store(isUp ? whole &+ (rest > 0 ? 1 : 0) : whole &- (rest < 0 ? 1 : 0), row)
      }
      return result.vector()
    default:
      throw FlintError(.invalidArgument, "\(vector.type) has no whole part", remedy: "cast it to a type of numbers")
    }
  }
}

extension DataType {
  /// The type of decimals that are rounded to so many digits behind the point, or for negative numbers before it; nil for
  /// other types.
  public func rounded(to digits: Int) -> DataType? {
    guard let (precision, scale) = decimal else { return nil }
    let whole = precision - scale + 1
    if digits >= 0 {
      let newScale = min(scale, digits)
      return .adjustedDecimal(precision: whole + newScale, scale: newScale)
    }
    return .adjustedDecimal(precision: max(whole, 1 - digits), scale: 0)
  }
}
