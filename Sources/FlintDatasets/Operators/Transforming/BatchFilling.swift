/// Fills an array with the rows of a batch.
@usableFromInline
enum BatchFilling {
  /// Puts what `make` makes of each row of `input` from `start` on in the place of what `output` holds.
  ///
  /// Where `output` holds enough rows they are overwritten: to empty it would take each apart by its type's general function.
  @inlinable
  @inline(__always)
  static func map<Input, Output>(
    _ input: StepRows<Input>, from start: Int, into output: inout [Output], _ make: (Input) throws -> Output
  ) rethrows {
    let count = input.count &- start
    guard output.count >= count else {
      output.removeAll(keepingCapacity: true)
      output.reserveCapacity(count)
      try input.each(from: start) { output.append(try make($0)) }
      return
    }
    if output.count > count { output.removeLast(output.count &- count) }
    try output.withUnsafeMutableBufferPointer { output in
      var made = 0
      try input.each(from: start) { row in
        output[made] = try make(row)
        made &+= 1
      }
    }
  }
}
