public import FlintCore

extension Kernels {
  /// For each row the value of `first` where the condition is true, else that of `second`, which is of the same type.
  public func choose(_ condition: Vector, _ first: Operand, _ second: Operand) throws(FlintError) -> Vector {
    precondition(first.type == second.type, "\(first.type) and \(second.type) are not chosen between")
    let count = condition.count
    let bits = condition.bits
    let there = condition.validity?.bits
    // Both behind one another, and for each row the number of the one that is wanted.
    let both = try concatenate([first.vector, second.vector])
    let buffer = try memory.buffer(count * 4)
    let rows = buffer.pointer(to: Int32.self)
    let firstStep = first.isConstant ? 0 : 1
    let secondStep = second.isConstant ? 0 : 1
    let secondStart = first.vector.count
    for row in 0..<count {
      let isFirst = (bits[row] ? 1 : 0) & ((there?[row] ?? true) ? 1 : 0)
      let chosen = isFirst == 1 ? row &* firstStep : secondStart &+ row &* secondStep
      rows[row] = Int32(truncatingIfNeeded: chosen)
    }
    return try take(both, RowNumbers(buffer, count: count))
  }

  /// For each row the first value that is not null; null if all are.
  public func coalesce(_ operands: [Operand]) throws(FlintError) -> Vector {
    precondition(!operands.isEmpty, "coalesce has at least one operand")
    let count = operands.first { !$0.isConstant }?.vector.count ?? 1
    guard var result = operands.last.map({ $0 }) else { preconditionFailure("there is an operand") }
    for operand in operands.dropLast().reversed() {
      let chosen = try choose(try isNotNull(try spread(operand, count)), operand, result)
      result = .vector(chosen)
    }
    return result.isConstant ? try spread(result, count).vector : result.vector
  }

  /// A constant as a vector of `count` equal values; a vector as it is.
  public func spread(_ operand: Operand, _ count: Int) throws(FlintError) -> Operand {
    guard operand.isConstant else { return operand }
    let rows = try memory.buffer(count * 4, isZeroed: true)
    return .vector(try take(operand.vector, RowNumbers(rows, count: count)))
  }
}
