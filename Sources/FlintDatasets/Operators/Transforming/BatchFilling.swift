/// Fills an array with the rows of a batch. What it holds is overwritten where it stands: to empty it first would take each
/// old row apart by its type's general function.
@usableFromInline
enum BatchFilling {
  /// Puts what `make` makes of each of the rows of `input` from `start` on in the place of what `output` holds.
  @inlinable
  @inline(__always)
  static func map<Input, Output>(
    _ input: [Input], from start: Int, into output: inout [Output], _ make: (Input) throws -> Output
  ) rethrows {
    let count = input.count &- start
    if output.count > count { output.removeLast(output.count &- count) }
    let held = output.count
    try input.withUnsafeBufferPointer { input in
      try output.withUnsafeMutableBufferPointer { output in
        for index in 0..<held { output[index] = try make(input[start &+ index]) }
      }
      output.reserveCapacity(count)
      for index in held..<count { output.append(try make(input[start &+ index])) }
    }
  }

  /// Puts those of the rows of `input` from `start` on for which `isIncluded` is true in the place of what `output` holds.
  @inlinable
  @inline(__always)
  static func filter<Row>(
    _ input: [Row], from start: Int, into output: inout [Row], _ isIncluded: (Row) throws -> Bool
  ) rethrows {
    var made = 0
    try input.withUnsafeBufferPointer { input in
      var index = start
      try output.withUnsafeMutableBufferPointer { output in
        while index < input.count, made < output.count {
          if try isIncluded(input[index]) {
            output[made] = input[index]
            made &+= 1
          }
          index &+= 1
        }
      }
      while index < input.count {
        if try isIncluded(input[index]) {
          output.append(input[index])
          made &+= 1
        }
        index &+= 1
      }
    }
    if output.count > made { output.removeLast(output.count &- made) }
  }
}
