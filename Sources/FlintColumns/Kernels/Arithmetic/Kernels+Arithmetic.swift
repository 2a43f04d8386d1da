internal import CFlint
public import FlintCore

extension Kernels {
  /// Computes with two columns of numbers: of one type, or of decimals, whose result is `decimalResult`.
  ///
  /// Under the rules of ANSI it throws `arithmetic-overflow` and `division-by-zero` for a row of `rows`, or of all, in which
  /// no value is null. Under the legacy rules whole numbers wrap around; decimals without room, and divisions by zero of all
  /// types, give null.
  public func compute(
    _ arithmetic: ArithmeticOperator, _ left: Operand, _ right: Operand, rows: Selection? = nil
  ) throws(FlintError) -> Vector {
    let count = Operand.count(left, right)
    if let leftType = left.type.decimal, let rightType = right.type.decimal {
      let type = arithmetic.decimalResult(leftType, rightType)
      if left.isNullConstant || right.isNullConstant { return try nulls(type, count: count) }
      return try computeDecimals(arithmetic, try left.flat(memory), try right.flat(memory), type, count, rows)
    }
    precondition(left.type == right.type, "\(left.type) and \(right.type) are not computed with")
    if left.isNullConstant || right.isNullConstant { return try nulls(left.type, count: count) }
    let left = try left.flat(memory)
    let right = try right.flat(memory)
    switch left.type {
    case .int8: return try computeWholes(arithmetic, left, right, Int8.self, count, rows)
    case .int16: return try computeWholes(arithmetic, left, right, Int16.self, count, rows)
    case .int32: return try computeWholes(arithmetic, left, right, Int32.self, count, rows)
    case .int64: return try computeWholes(arithmetic, left, right, Int64.self, count, rows)
    case .float: return try computeFloats(arithmetic, left, right, Float.self, count, rows)
    case .double: return try computeFloats(arithmetic, left, right, Double.self, count, rows)
    case .boolean, .decimal, .date, .timestamp, .interval, .string, .binary, .list, .structure, .map:
      throw FlintError(
        .invalidArgument, "\(left.type) \(arithmetic.rawValue) \(right.type) is not computed",
        remedy: "cast both to one type of numbers")
    }
  }

  /// The numbers with the opposite sign. The least whole number has none: it is an `arithmetic-overflow`, or stays.
  public func negate(_ operand: Operand, rows: Selection? = nil) throws(FlintError) -> Vector {
    try compute(.subtract, try zero(operand.type), operand, rows: rows, as: operand.type)
  }

  /// The numbers without their sign; errors as ``negate(_:rows:)``.
  public func absolute(_ operand: Operand, rows: Selection? = nil) throws(FlintError) -> Vector {
    let isNegative = try compare(.less, operand, try zero(operand.type))
    let selected = try selection(of: isNegative)
    let chosen = try rows.map { (rows) throws(FlintError) in try selection(of: isNegative, within: rows) } ?? selected
    let negated = try negate(operand, rows: chosen)
    return try choose(isNegative, .vector(negated), operand)
  }

  /// As ``compute(_:_:_:rows:)``, of decimals whose result has the type of the operand.
  private func compute(
    _ arithmetic: ArithmeticOperator, _ left: Operand, _ right: Operand, rows: Selection?, as type: DataType
  ) throws(FlintError) -> Vector {
    guard type.decimal != nil else { return try compute(arithmetic, left, right, rows: rows) }
    let count = Operand.count(left, right)
    if right.isNullConstant { return try nulls(type, count: count) }
    return try computeDecimals(arithmetic, left, try right.flat(memory), type, count, rows)
  }

  /// The constant 0.
  func zero(_ type: DataType) throws(FlintError) -> Operand {
    let width = type.physical.width ?? 0
    let buffer = try memory.buffer(width, isZeroed: true)
    return .constant(Vector(type, count: 1, .values(buffer, start: 0)))
  }

  // MARK: Whole numbers.

  private func computeWholes<Value: FixedWidthInteger & SignedInteger & BitwiseCopyable>(
    _ arithmetic: ArithmeticOperator, _ left: Operand, _ right: Operand, _: Value.Type, _ count: Int,
    _ rows: Selection?
  ) throws(FlintError) -> Vector {
    let first = left.lane(Value.self)
    let second = right.lane(Value.self)
    let buffer = try memory.buffer(count * MemoryLayout<Value>.size)
    let target = buffer.pointer(to: Value.self)
    var validity = try commonValidity([left, right], count)
    let isSuspicious = Self.combine(arithmetic, first, second, count, target)
    if isSuspicious {
      let faults = Faults(validity: validity, selection: rows, count: count)
      if arithmetic == .divide || arithmetic == .remainder {
        validity = try dividedByZero(second, count, validity, faults)
      }
      if rules == .ansi,
        let row = faults.first({ Self.overflows(arithmetic, first.value($0), second.value($0)) })
      {
        throw overflow(left.type, "\(first.value(row)) \(arithmetic.rawValue) \(second.value(row))")
      }
    }
    return Vector(left.type, count: count, validity: validity, .values(buffer, start: 0))
  }

  /// Computes all rows, and returns whether one of them overflowed or had a zero divisor.
  @inline(__always)
  private static func combine<Value: FixedWidthInteger & SignedInteger & BitwiseCopyable>(
    _ arithmetic: ArithmeticOperator, _ first: Lane<Value>, _ second: Lane<Value>, _ count: Int,
    _ target: UnsafeMutablePointer<Value>
  ) -> Bool {
    // The sign bit of each sum tells of an overflow; the loop only collects it.
    var signs: Value = 0
    var isSuspicious = false
    switch arithmetic {
    case .add:
      Lane.combine(first, second, count, into: target) { left, right in
        let sum = left &+ right
        signs |= (left ^ sum) & (right ^ sum)
        return sum
      }
    case .subtract:
      Lane.combine(first, second, count, into: target) { left, right in
        let difference = left &- right
        signs |= (left ^ right) & (left ^ difference)
        return difference
      }
    case .multiply:
      if multiplySmall(first, second, count, target) { return false }
      Lane.combine(first, second, count, into: target) { left, right in
        let (product, overflow) = left.multipliedReportingOverflow(by: right)
        isSuspicious = isSuspicious || overflow
        return product
      }
    case .divide:
      Lane.combine(first, second, count, into: target) { left, right in
        let isOdd = right == 0 || (right == -1 && left == .min)
        isSuspicious = isSuspicious || isOdd
        // The only overflow wraps around to the least number, which is what dividing it by 1 gives.
        return left / (isOdd ? 1 : right)
      }
    case .remainder:
      Lane.combine(first, second, count, into: target) { left, right in
        isSuspicious = isSuspicious || right == 0
        // By -1 nothing is left; the processor would trap at the least number.
        return left % (right == 0 || right == -1 ? 1 : right)
      }
    }
    return isSuspicious || signs < 0
  }

  /// Multiplies numbers of 64 bits that are too small to overflow; false when it did not.
  @inline(__always)
  private static func multiplySmall<Value>(
    _ left: Lane<Value>, _ right: Lane<Value>, _ count: Int, _ target: UnsafeMutablePointer<Value>
  ) -> Bool {
    guard Value.self == Int64.self else { return false }
    return flint_multiply_int64(
      UnsafeRawPointer(left.values).assumingMemoryBound(to: Int64.self), left.isConstant,
      UnsafeRawPointer(right.values).assumingMemoryBound(to: Int64.self), right.isConstant, count,
      UnsafeMutableRawPointer(target).assumingMemoryBound(to: Int64.self))
  }

  private static func overflows<Value: FixedWidthInteger>(
    _ arithmetic: ArithmeticOperator, _ left: Value, _ right: Value
  ) -> Bool {
    switch arithmetic {
    case .add: left.addingReportingOverflow(right).overflow
    case .subtract: left.subtractingReportingOverflow(right).overflow
    case .multiply: left.multipliedReportingOverflow(by: right).overflow
    case .divide: right != 0 && left.dividedReportingOverflow(by: right).overflow
    case .remainder: false
    }
  }

  /// The validity without rows that divide by zero, which throw under the rules of ANSI.
  private func dividedByZero<Value: OrderedNumber>(
    _ divisors: Lane<Value>, _ count: Int, _ validity: Validity?, _ faults: Faults
  ) throws(FlintError) -> Validity? {
    if rules == .ansi {
      if faults.first({ divisors.value($0) == 0 }) != nil { throw divisionByZero() }
      // Only rows that do not count divide by zero.
      return validity
    }
    let bits = validity?.bits
    let step = divisors.isConstant ? 0 : 1
    let values = divisors.values
    let there = try packed(count) { values[$0 &* step] == 0 ? 0 : 1 }
    guard let bits else { return Validity(there) }
    let words = there.pointer(to: UInt64.self)
    return Validity(try self.words(count) { words[$0 &>> 6] & bits.word($0) })
  }

  // MARK: Floating-point numbers.

  private func computeFloats<Value: BinaryFloatingPoint & OrderedNumber>(
    _ arithmetic: ArithmeticOperator, _ left: Operand, _ right: Operand, _: Value.Type, _ count: Int,
    _ rows: Selection?
  ) throws(FlintError) -> Vector {
    let first = left.lane(Value.self)
    let second = right.lane(Value.self)
    let buffer = try memory.buffer(count * MemoryLayout<Value>.size)
    let target = buffer.pointer(to: Value.self)
    var validity = try commonValidity([left, right], count)
    var hasZero = false
    switch arithmetic {
    case .add: Lane.combine(first, second, count, into: target) { $0 + $1 }
    case .subtract: Lane.combine(first, second, count, into: target) { $0 - $1 }
    case .multiply: Lane.combine(first, second, count, into: target) { $0 * $1 }
    case .divide:
      Lane.combine(first, second, count, into: target) { left, right in
        hasZero = hasZero || right == 0
        return left / right
      }
    case .remainder:
      Lane.combine(first, second, count, into: target) { left, right in
        hasZero = hasZero || right == 0
        return left.truncatingRemainder(dividingBy: right)
      }
    }
    if hasZero {
      let faults = Faults(validity: validity, selection: rows, count: count)
      validity = try dividedByZero(second, count, validity, faults)
    }
    return Vector(left.type, count: count, validity: validity, .values(buffer, start: 0))
  }

  // MARK: Errors.

  func overflow(_ type: DataType, _ expression: String) -> FlintError {
    FlintError(
      .arithmeticOverflow, "\(expression) is not a \(type)",
      why: "its result has no room in this type",
      remedy: "cast the operands to a wider type, or set the rules of computation to legacy")
  }

  func divisionByZero() -> FlintError {
    FlintError(
      .divisionByZero, "a number was divided by zero",
      remedy: "filter the zeros out before, or set the rules of computation to legacy for null")
  }
}
