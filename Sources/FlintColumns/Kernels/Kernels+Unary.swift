internal import FlintCore

extension Kernels {
  /// `body` of each value, null for null. It is computed under null too, so it must not trap.
  @inline(__always)
  func map<Value: BitwiseCopyable, Result: BitwiseCopyable>(
    _ vector: Vector, from _: Value.Type, to type: DataType, _ body: (Value) -> Result
  ) throws(FlintError) -> Vector {
    let buffer = try memory.buffer(vector.count * MemoryLayout<Result>.size)
    let target = buffer.pointer(to: Result.self)
    let values = vector.pointer(to: Value.self)
    for row in 0..<vector.count { target[row] = body(values[row]) }
    return Vector(
      type, count: vector.count, validity: vector.validity, nullCount: vector.nullCount, .values(buffer, start: 0))
  }

  /// `body` of each pair of values, null where one is null.
  @inline(__always)
  func combine<Left: BitwiseCopyable, Right: BitwiseCopyable, Result: BitwiseCopyable>(
    _ left: Operand, _: Left.Type, _ right: Operand, _: Right.Type, to type: DataType,
    _ body: (Left, Right) -> Result
  ) throws(FlintError) -> Vector {
    let count = Operand.count(left, right)
    if left.isNullConstant || right.isNullConstant { return try nulls(type, count: count) }
    let buffer = try memory.buffer(count * MemoryLayout<Result>.size)
    Lane.combine(left.lane(Left.self), right.lane(Right.self), count, into: buffer.pointer(to: Result.self), body)
    return Vector(type, count: count, validity: try commonValidity([left, right], count), .values(buffer, start: 0))
  }

  /// Work on the values of a dictionary in place of all rows, where that is less: `body` gets the vector or its
  /// dictionary, and its result is read by the same numbers.
  func throughDictionary(
    _ vector: Vector, _ body: (Vector) throws(FlintError) -> Vector
  ) throws(FlintError) -> Vector {
    guard case .dictionary(let codes, let start, let dictionary) = vector.form else { return try body(vector) }
    guard dictionary.count <= vector.count else { return try body(try vector.flat(memory)) }
    let results = try body(dictionary)
    if results.nullCount == 0, !results.isDictionary, results.type.physical == .text {
      return Vector(
        results.type, count: vector.count, validity: vector.validity, nullCount: vector.nullCount,
        .dictionary(codes: codes, start: start, dictionary: results))
    }
    let taken = try take(results, try numbers(codes, start: start, count: vector.count))
    guard let own = vector.validity else { return taken }
    let validity = try commonValidity([.vector(vector), .vector(taken)], vector.count) ?? own
    return Vector(taken.type, count: vector.count, validity: validity, taken.form)
  }
}
