internal import FlintColumns
internal import FlintCore
internal import Glibc

extension Kernels {
  /// A function of each number. Where it is not defined the result is NaN, but that of a logarithm null, as in Spark.
  func math(_ function: MathFunction, _ vector: Vector) throws(FlintError) -> Vector {
    switch function {
    case .sqrt: return try map(vector, Double.self, to: .double) { $0.squareRoot() }
    case .cbrt: return try map(vector, Double.self, to: .double) { Glibc.cbrt($0) }
    case .exp: return try map(vector, Double.self, to: .double) { Glibc.exp($0) }
    case .ln: return try logarithm(vector) { Glibc.log($0) }
    case .log10: return try logarithm(vector) { Glibc.log10($0) }
    case .log2: return try logarithm(vector) { Glibc.log2($0) }
    case .sin: return try map(vector, Double.self, to: .double) { Glibc.sin($0) }
    case .cos: return try map(vector, Double.self, to: .double) { Glibc.cos($0) }
    case .tan: return try map(vector, Double.self, to: .double) { Glibc.tan($0) }
    case .asin: return try map(vector, Double.self, to: .double) { Glibc.asin($0) }
    case .acos: return try map(vector, Double.self, to: .double) { Glibc.acos($0) }
    case .atan: return try map(vector, Double.self, to: .double) { Glibc.atan($0) }
    case .sinh: return try map(vector, Double.self, to: .double) { Glibc.sinh($0) }
    case .cosh: return try map(vector, Double.self, to: .double) { Glibc.cosh($0) }
    case .tanh: return try map(vector, Double.self, to: .double) { Glibc.tanh($0) }
    case .radians: return try map(vector, Double.self, to: .double) { $0 / 180 * Double.pi }
    case .degrees: return try map(vector, Double.self, to: .double) { $0 * 180 / Double.pi }
    case .signum: return try map(vector, Double.self, to: .double) { $0 > 0 ? 1 : $0 < 0 ? -1 : $0 }
    case .floor: return try map(vector, Double.self, to: .double) { $0.rounded(.down) }
    case .ceil: return try map(vector, Double.self, to: .double) { $0.rounded(.up) }
    }
  }

  func math(
    _ function: BinaryMathFunction, _ left: Operand, _ right: Operand, _ count: Int
  ) throws(FlintError) -> Vector {
    let first = try spread(left, count).vector
    let second = try spread(right, count).vector
    let lefts = first.pointer(to: Double.self)
    let rights = second.pointer(to: Double.self)
    let buffer = try memory.buffer(count * 8)
    let target = buffer.pointer(to: Double.self)
    switch function {
    case .power: for row in 0..<count { target[row] = Glibc.pow(lefts[row], rights[row]) }
    case .atan2: for row in 0..<count { target[row] = Glibc.atan2(lefts[row], rights[row]) }
    case .hypot: for row in 0..<count { target[row] = Glibc.hypot(lefts[row], rights[row]) }
    }
    // Null where either is: the sum of both has that validity.
    let validity = try compute(.add, .vector(first), .vector(second)).validity
    return Vector(.double, count: count, validity: validity, .values(buffer, start: 0))
  }

  private func logarithm(_ vector: Vector, _ body: (Double) -> Double) throws(FlintError) -> Vector {
    let values = vector.pointer(to: Double.self)
    let isDefined = try booleans(vector.count, validity: vector.validity) { !(values[$0] <= 0) }
    let results = try map(vector, Double.self, to: .double, body)
    return try choose(isDefined, .vector(results), .constant(try nulls(.double, count: 1)))
  }

  /// Decimals rounded down, or up, to whole ones.
  func wholeDecimal(
    _ vector: Vector, isUp: Bool, to type: DataType, rows: Selection?
  ) throws(FlintError) -> Vector {
    guard let (precision, scale) = vector.type.decimal else { preconditionFailure("\(vector.type) is no decimal") }
    let unit = (0..<scale).reduce(Int128(1)) { power, _ in power * 10 }
    func whole(_ value: Int128) -> Int128 {
      let rest = value % unit
      if rest == 0 { return value }
      return value - rest + (isUp ? (rest > 0 ? unit : 0) : (rest < 0 ? -unit : 0))
    }
    // With one digit more there is room for what is rounded up.
    let roomy = DataType.decimal(precision: min(precision + 1, DataType.maximumPrecision), scale: scale)
    let wide = try cast(vector, to: roomy)
    let rounded =
      roomy.physical == .int64
      ? try map(wide, Int64.self, to: roomy) { Int64(truncatingIfNeeded: whole(Int128($0))) }
      : try map(wide, Int128.self, to: roomy) { whole($0) }
    return try cast(rounded, to: type, rows: rows)
  }

  /// The greatest or the least of each row's values, nulls left out.
  func extreme(_ kind: ComparisonOperator, _ values: [Operand], _ count: Int) throws(FlintError) -> Vector {
    var best = try spread(values[0], count)
    for value in values.dropFirst() {
      let other = try spread(value, count)
      let isBetter = try or(.vector(try compare(kind, other, best)), .vector(try isNull(best)))
      let isTaken = try and(.vector(isBetter), .vector(try isNotNull(other)))
      best = .vector(try choose(isTaken, other, best))
    }
    return best.vector
  }
}
