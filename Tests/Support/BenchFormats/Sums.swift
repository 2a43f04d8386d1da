import FlintColumns

/// Sums of numbers and of the lengths of texts.
enum Sums {
  static func sum(_ vector: Vector) -> Int64 {
    switch vector.form {
    case .values where vector.type.physical == .int32: values(vector.pointer(to: Int32.self), vector.count)
    case .values where vector.type.physical == .int64: values(vector.pointer(to: Int64.self), vector.count)
    // Whole parts, as whoever compares must take them too.
    case .values where vector.type == .double: reals(vector)
    case .text: lengths(vector.offsets, vector.count)
    case .dictionary(_, _, let dictionary): lengths(vector.codes, vector.count, dictionary.offsets)
    default: preconditionFailure("\(vector.type) is not summed")
    }
  }

  private static func reals(_ vector: Vector) -> Int64 {
    let values = vector.pointer(to: Double.self)
    var sum: Double = 0
    for row in 0..<vector.count { sum += values[row] }
    return Int64(sum)
  }

  private static func values<Value: FixedWidthInteger>(_ values: UnsafePointer<Value>, _ count: Int) -> Int64 {
    var sum: Int64 = 0
    for row in 0..<count { sum &+= Int64(truncatingIfNeeded: values[row]) }
    return sum
  }

  private static func lengths(_ offsets: UnsafePointer<Int32>, _ count: Int) -> Int64 {
    var sum: Int64 = 0
    for row in 0..<count { sum &+= Int64(offsets[row + 1] &- offsets[row]) }
    return sum
  }

  private static func lengths(
    _ codes: UnsafePointer<Int32>, _ count: Int, _ offsets: UnsafePointer<Int32>
  ) -> Int64 {
    var sum: Int64 = 0
    for row in 0..<count {
      let code = Int(codes[row])
      sum &+= Int64(offsets[code + 1] &- offsets[code])
    }
    return sum
  }
}
