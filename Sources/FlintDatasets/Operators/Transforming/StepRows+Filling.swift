extension StepRows {
  /// Puts what `make` makes of each row from `start` on in the place of what `output` holds.
  ///
  /// What it holds is overwritten where it stands: to empty it first would take each old row apart by its type's general
  /// function.
  @inlinable
  @inline(__always)
  func fill<Output>(_ output: inout [Output], from start: Int, _ make: (Row) throws -> Output) rethrows {
    let wanted = count &- start
    if output.count > wanted { output.removeLast(output.count &- wanted) }
    let held = output.count
    output.reserveCapacity(wanted)
    try rows.withUnsafeBufferPointer { rows in
      guard let numbers else {
        try output.withUnsafeMutableBufferPointer { output in
          for index in 0..<held { output[index] = try make(rows[start &+ index]) }
        }
        for index in held..<wanted { output.append(try make(rows[start &+ index])) }
        return
      }
      try numbers.withUnsafeBufferPointer { numbers in
        try output.withUnsafeMutableBufferPointer { output in
          for index in 0..<held {
            output[index] = try make(rows[Int(truncatingIfNeeded: numbers[start &+ index])])
          }
        }
        for index in held..<wanted {
          output.append(try make(rows[Int(truncatingIfNeeded: numbers[start &+ index])]))
        }
      }
    }
  }
}
