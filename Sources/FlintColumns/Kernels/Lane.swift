/// The values of one operand in a loop.
struct Lane<Value: BitwiseCopyable> {
  let values: UnsafePointer<Value>
  let isConstant: Bool
}

extension Lane {
  /// Writes `body` of each pair of values, one loop for each pair of shapes, so that none asks in its middle.
  @inline(__always)
  static func combine<Other, Result: BitwiseCopyable>(
    _ left: Lane<Value>, _ right: Lane<Other>, _ count: Int, into result: UnsafeMutablePointer<Result>,
    _ body: (Value, Other) -> Result
  ) {
    switch (left.isConstant, right.isConstant) {
    case (false, false):
      for row in 0..<count { result[row] = body(left.values[row], right.values[row]) }
    case (false, true):
      let constant = right.values[0]
      for row in 0..<count { result[row] = body(left.values[row], constant) }
    case (true, false):
      let constant = left.values[0]
      for row in 0..<count { result[row] = body(constant, right.values[row]) }
    case (true, true):
      let constant = body(left.values[0], right.values[0])
      for row in 0..<count { result[row] = constant }
    }
  }

  /// The value of a row, for what is no loop.
  func value(_ row: Int) -> Value { values[isConstant ? 0 : row] }
}
