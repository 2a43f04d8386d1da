internal import FlintCore

/// What a kernel works on: a vector, or one value for all rows.
public struct Operand: Sendable {
  /// The values, or the only one.
  public let vector: Vector
  /// Whether it is one value for all rows.
  public let isConstant: Bool

  /// A value for each row.
  public static func vector(_ vector: Vector) -> Operand { Operand(vector: vector, isConstant: false) }

  /// The only value of `vector` for every row.
  public static func constant(_ vector: Vector) -> Operand {
    precondition(vector.count == 1, "a constant is one value, not \(vector.count)")
    return Operand(vector: vector, isConstant: true)
  }

  var type: DataType { vector.type }

  /// Whether it is null for every row because it is the constant null.
  var isNullConstant: Bool { isConstant && vector.nullCount == 1 }

  /// The operand without a dictionary.
  func flat(_ memory: ColumnMemory) throws(FlintError) -> Operand {
    Operand(vector: try vector.flat(memory), isConstant: isConstant)
  }

  /// The values of a plain type for a loop.
  func lane<Value: BitwiseCopyable>(_: Value.Type = Value.self) -> Lane<Value> {
    Lane(values: vector.pointer(to: Value.self), isConstant: isConstant)
  }

  /// How many rows a kernel over these has.
  static func count(_ operands: Operand...) -> Int {
    var count = 1
    var isKnown = false
    for operand in operands where !operand.isConstant {
      precondition(!isKnown || operand.vector.count == count, "the operands have different lengths")
      count = operand.vector.count
      isKnown = true
    }
    return count
  }
}
