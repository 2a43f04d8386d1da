internal import CFlint
public import FlintCore

extension Kernels {
  /// Whether each pair of values, of one type, stands in this relation: booleans, null where a value is null.
  public func compare(
    _ comparison: ComparisonOperator, _ left: Operand, _ right: Operand
  ) throws(FlintError) -> Vector {
    precondition(left.type == right.type, "\(left.type) is not compared with \(right.type)")
    let count = Operand.count(left, right)
    if left.isNullConstant || right.isNullConstant { return try nulls(.boolean, count: count) }
    if let shared = try comparedDictionary(comparison, left, right) { return shared }
    if left.isConstant, !right.isConstant { return try compare(comparison.swapped, right, left) }
    let left = try left.flat(memory)
    let right = try right.flat(memory)
    let bits = try memory.buffer(Bits.wordBytes(count))
    compareRows(comparison, left, right, count, bits.pointer())
    return Vector(
      .boolean, count: count, validity: try commonValidity([left, right], count), .bits(bits, start: 0))
  }

  /// Whether the values of each pair are the same or both null; never null.
  public func isSame(_ left: Operand, _ right: Operand) throws(FlintError) -> Vector {
    let count = Operand.count(left, right)
    let leftNull = try isNull(left)
    let rightNull = try isNull(right)
    if left.isNullConstant { return try and(.vector(rightNull), .vector(rightNull)) }
    if right.isNullConstant { return leftNull }
    let same = try compare(.equal, left, right)
    let known = same.validity?.bits
    let bits = same.bits
    let lefts = LaneOfBits(leftNull)
    let rights = LaneOfBits(rightNull)
    let result = try words(count) { index in
      let bothThere = known.map { bits.word(index) & $0.word(index) } ?? bits.word(index)
      return bothThere | (lefts.word(index) & rights.word(index))
    }
    return Vector(.boolean, count: count, .bits(result, start: 0))
  }

  /// A dictionary's values are compared with a constant once each.
  private func comparedDictionary(
    _ comparison: ComparisonOperator, _ left: Operand, _ right: Operand
  ) throws(FlintError) -> Vector? {
    guard right.isConstant, !left.isConstant, case .dictionary(_, _, let dictionary) = left.vector.form,
      dictionary.count <= left.vector.count
    else { return nil }
    let each = try compare(comparison, .vector(dictionary), right)
    let codes = left.vector.codes
    let count = left.vector.count
    if dictionary.count == 0 { return try nulls(.boolean, count: count) }
    // One byte an entry: bits would cost a shift for each row.
    let bytes = try memory.buffer(dictionary.count)
    let flags = bytes.pointer(to: UInt8.self)
    for index in 0..<dictionary.count { flags[index] = each.bits[index] ? 1 : 0 }
    let bits = try packed(count) { flags[Int(truncatingIfNeeded: codes[$0])] }
    withExtendedLifetime(bytes) {}
    return Vector(.boolean, count: count, validity: left.vector.validity, .bits(bits, start: 0))
  }

  private func compareRows(
    _ comparison: ComparisonOperator, _ left: Operand, _ right: Operand, _ count: Int,
    _ words: UnsafeMutablePointer<UInt64>
  ) {
    switch left.type.physical {
    case .int8: compareValues(comparison, left.lane(Int8.self), right.lane(), count, words)
    case .int16: compareValues(comparison, left.lane(Int16.self), right.lane(), count, words)
    case .int32: comparison.apply(left.lane(Int32.self), right.lane(), count, words, flint_compare_int32)
    case .int64: comparison.apply(left.lane(Int64.self), right.lane(), count, words, flint_compare_int64)
    case .int128: compareValues(comparison, left.lane(Int128.self), right.lane(), count, words)
    case .float: compareValues(comparison, left.lane(Float.self), right.lane(), count, words)
    case .double: compareValues(comparison, left.lane(Double.self), right.lane(), count, words)
    case .interval: compareValues(comparison, left.lane(Interval.self), right.lane(), count, words)
    case .bit, .text, .list, .structure, .map: compareOthers(comparison, left, right, count, words)
    }
    if comparison.isNegated {
      for index in 0..<(count + 63) / 64 { words[index] = ~words[index] }
    }
  }

  @inline(__always)
  private func compareValues<Value: OrderedValue>(
    _ comparison: ComparisonOperator, _ left: Lane<Value>, _ right: Lane<Value>, _ count: Int,
    _ words: UnsafeMutablePointer<UInt64>
  ) {
    let values = left.values
    let others = right.values
    if right.isConstant {
      // A constant on the left has a constant on the right, and one row.
      let constant = others[0]
      switch comparison {
      case .equal, .notEqual: BitPacker.pack(count, into: words) { Value.isSame(values[$0], constant) }
      case .less, .greaterOrEqual: BitPacker.pack(count, into: words) { Value.isLess(values[$0], constant) }
      case .greater, .lessOrEqual: BitPacker.pack(count, into: words) { Value.isLess(constant, values[$0]) }
      }
    } else {
      switch comparison {
      case .equal, .notEqual: BitPacker.pack(count, into: words) { Value.isSame(values[$0], others[$0]) }
      case .less, .greaterOrEqual: BitPacker.pack(count, into: words) { Value.isLess(values[$0], others[$0]) }
      case .greater, .lessOrEqual: BitPacker.pack(count, into: words) { Value.isLess(others[$0], values[$0]) }
      }
    }
  }

  private func compareOthers(
    _ comparison: ComparisonOperator, _ left: Operand, _ right: Operand, _ count: Int,
    _ words: UnsafeMutablePointer<UInt64>
  ) {
    let order = ValueOrder(left.vector, right.vector)
    let leftStep = left.isConstant ? 0 : 1
    let rightStep = right.isConstant ? 0 : 1
    switch comparison {
    case .equal, .notEqual:
      BitPacker.pack(count, into: words) { order.isSame($0 &* leftStep, $0 &* rightStep) ? 1 : 0 }
    case .less, .greaterOrEqual:
      BitPacker.pack(count, into: words) { order.compare($0 &* leftStep, $0 &* rightStep) < 0 ? 1 : 0 }
    case .greater, .lessOrEqual:
      BitPacker.pack(count, into: words) { order.compare($0 &* leftStep, $0 &* rightStep) > 0 ? 1 : 0 }
    }
  }
}

extension ComparisonOperator {
  /// Compares by one of the functions in C, which know two of the six operators.
  @inline(__always)
  fileprivate func apply<Value>(
    _ left: Lane<Value>, _ right: Lane<Value>, _ count: Int, _ words: UnsafeMutablePointer<UInt64>,
    _ compare: (
      flint_comparison, UnsafePointer<Value>, Bool, UnsafePointer<Value>, Bool, Int, UnsafeMutablePointer<UInt64>
    ) -> Void
  ) {
    switch self {
    case .equal, .notEqual:
      compare(flint_comparison_same, left.values, left.isConstant, right.values, right.isConstant, count, words)
    case .less, .greaterOrEqual:
      compare(flint_comparison_less, left.values, left.isConstant, right.values, right.isConstant, count, words)
    case .greater, .lessOrEqual:
      compare(flint_comparison_less, right.values, right.isConstant, left.values, left.isConstant, count, words)
    }
  }
}
