internal import FlintCore
internal import FlintLayout

// Decimals of up to 18 digits lie in 64 bits, others in 128. Results of Spark's types cannot overflow unless their digits
// were cut to 38, so most loops check nothing.
extension Kernels {
  func computeDecimals(
    _ arithmetic: ArithmeticOperator, _ left: Operand, _ right: Operand, _ type: DataType, _ count: Int,
    _ rows: Selection?
  ) throws(FlintError) -> Vector {
    guard let leftType = left.type.decimal, let rightType = right.type.decimal, let result = type.decimal else {
      preconditionFailure("\(left.type) and \(right.type) are not decimals")
    }
    let buffer = try memory.buffer(count * (type.physical.width ?? 0))
    let validity = try commonValidity([left, right], count)
    let shape = DecimalShape(left: leftType, right: rightType, result: result)
    if combineExactly(arithmetic, shape, left, right, count, buffer) {
      return Vector(type, count: count, validity: validity, .values(buffer, start: 0))
    }
    return try combineChecked(arithmetic, shape, left, right, Vector.Making(type, count, validity, buffer), rows)
  }

  /// The loops that cannot overflow; false when it needs another.
  private func combineExactly(
    _ arithmetic: ArithmeticOperator, _ shape: DecimalShape, _ left: Operand, _ right: Operand, _ count: Int,
    _ buffer: ColumnBuffer
  ) -> Bool {
    switch arithmetic {
    case .add, .subtract: guard shape.isExactSum else { return false }
    case .multiply: guard shape.isExactProduct || productsFit(shape, left, right, count) else { return false }
    case .divide, .remainder: return false
    }
    switch (left.type.physical, right.type.physical, shape.resultIsWide) {
    case (.int64, .int64, false):
      combine(arithmetic, shape, left.lane(Int64.self), right.lane(Int64.self), count, buffer.pointer(to: Int64.self))
    case (.int64, .int64, true):
      combine(arithmetic, shape, left.lane(Int64.self), right.lane(Int64.self), count, buffer.pointer(to: Int128.self))
    case (.int128, .int64, true):
      combine(arithmetic, shape, left.lane(Int128.self), right.lane(Int64.self), count, buffer.pointer(to: Int128.self))
    case (.int64, .int128, true):
      combine(arithmetic, shape, left.lane(Int64.self), right.lane(Int128.self), count, buffer.pointer(to: Int128.self))
    case (.int128, .int128, true):
      combine(
        arithmetic, shape, left.lane(Int128.self), right.lane(Int128.self), count, buffer.pointer(to: Int128.self))
    default: return false
    }
    return true
  }

  /// Sums and products that cannot overflow, with wrapping operators.
  @inline(__always)
  private func combine<
    Left: FixedWidthInteger & BitwiseCopyable, Right: FixedWidthInteger & BitwiseCopyable,
    Result: FixedWidthInteger & BitwiseCopyable
  >(
    _ arithmetic: ArithmeticOperator, _ shape: DecimalShape, _ left: Lane<Left>, _ right: Lane<Right>, _ count: Int,
    _ target: UnsafeMutablePointer<Result>
  ) {
    let leftFactor = Result(truncatingIfNeeded: DecimalMath.power(max(0, shape.result.scale - shape.left.scale)))
    let rightFactor = Result(truncatingIfNeeded: DecimalMath.power(max(0, shape.result.scale - shape.right.scale)))
    switch arithmetic {
    case .add:
      Lane.combine(left, right, count, into: target) {
        Result(truncatingIfNeeded: $0) &* leftFactor &+ Result(truncatingIfNeeded: $1) &* rightFactor
      }
    case .subtract:
      Lane.combine(left, right, count, into: target) {
        Result(truncatingIfNeeded: $0) &* leftFactor &- Result(truncatingIfNeeded: $1) &* rightFactor
      }
    case .multiply, .divide, .remainder:
      Lane.combine(left, right, count, into: target) {
        Result(truncatingIfNeeded: $0) &* Result(truncatingIfNeeded: $1)
      }
    }
  }

  /// Whether the products of these very values have room, though their types would let them overflow.
  private func productsFit(_ shape: DecimalShape, _ left: Operand, _ right: Operand, _ count: Int) -> Bool {
    guard shape.resultIsWide, shape.left.scale + shape.right.scale == shape.result.scale else { return false }
    // 2^125 is less than half of 10^38.
    return usedBits(left, count) + usedBits(right, count) <= 125
  }

  /// Bits that the largest magnitude of an operand needs.
  private func usedBits(_ operand: Operand, _ count: Int) -> Int {
    let count = operand.isConstant ? 1 : count
    if operand.type.physical == .int64 {
      let values = operand.vector.pointer(to: Int64.self)
      var bits: Int64 = 0
      for row in 0..<count { bits |= values[row] ^ (values[row] &>> 63) }
      return 64 - bits.leadingZeroBitCount
    }
    let values = operand.vector.pointer(to: Int128.self)
    var bits: Int128 = 0
    for row in 0..<count { bits |= values[row] ^ (values[row] &>> 127) }
    return 128 - bits.leadingZeroBitCount
  }

  /// One value at a time, with everything that can happen.
  private func combineChecked(
    _ arithmetic: ArithmeticOperator, _ shape: DecimalShape, _ left: Operand, _ right: Operand,
    _ making: Vector.Making, _ rows: Selection?
  ) throws(FlintError) -> Vector {
    let lefts = WideLane(left)
    let rights = WideLane(right)
    let limit = DecimalMath.power(shape.result.precision)
    var faulty: [Int32] = []
    for row in 0..<making.count {
      var value = shape.compute(arithmetic, lefts.value(row), rights.value(row))
      if let number = value, !DecimalMath.fits(number, below: limit) { value = nil }
      if value == nil { faulty.append(Int32(row)) }
      making.store(value ?? 0, row)
    }
    if faulty.isEmpty { return making.vector() }
    if rules == .ansi {
      let isFaulty = Set(faulty)
      let faults = Faults(validity: making.validity, selection: rows, count: making.count)
      guard let row = faults.first({ isFaulty.contains(Int32($0)) }) else { return making.vector() }
      if rights.value(row) == 0, arithmetic == .divide || arithmetic == .remainder { throw divisionByZero() }
      let text = { (number: Int128, scale: Int) in Decimal(unscaled: number, scale: scale).description }
      throw overflow(
        making.type,
        "\(text(lefts.value(row), shape.left.scale)) \(arithmetic.rawValue) \(text(rights.value(row), shape.right.scale))"
      )
    }
    return try making.vector(without: faulty, memory)
  }
}
