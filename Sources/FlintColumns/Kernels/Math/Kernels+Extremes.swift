public import FlintCore

extension Kernels {
  /// The greatest value of each row, or with `isLeast` the least, of operands of one type; null is left out, and NaN is greater
  /// than all numbers.
  public func extreme(_ operands: [Operand], isLeast: Bool = false) throws(FlintError) -> Vector {
    guard let first = operands.first else { preconditionFailure("there is a value to begin with") }
    let count = operands.first { !$0.isConstant }?.vector.count ?? 1
    var best = try spread(first, count)
    for operand in operands.dropFirst() {
      let isBetter = try compare(isLeast ? .less : .greater, operand, best)
      // Null is worse than anything.
      let isChosen = try or(.vector(isBetter), .vector(try isNull(best)))
      best = .vector(try choose(isChosen, operand, best))
    }
    return best.vector
  }
}
