/// The rows that a step of a chain works on: those of a batch, or some of them.
///
/// A filter only notes which rows it lets through. The next step reads them where they are, so that rows are not copied from
/// batch to batch; that was the better half of what a filter costs.
@usableFromInline
struct StepRows<Row> {
  @usableFromInline let rows: [Row]
  /// The numbers of the chosen rows, and what is left of longer batches; nil for all rows.
  @usableFromInline let numbers: [UInt32]?
  /// How many rows there are to work on.
  @usableFromInline let count: Int

  @usableFromInline
  init(_ rows: [Row] = []) {
    self.rows = rows
    numbers = nil
    count = rows.count
  }

  @usableFromInline
  init(_ rows: [Row], numbers: [UInt32], count: Int) {
    self.rows = rows
    self.numbers = numbers
    self.count = count
  }

  /// The row at a place.
  @inlinable
  subscript(index: Int) -> Row {
    @inline(__always) get {
      guard let numbers else { return rows[index] }
      return rows[Int(truncatingIfNeeded: numbers[index])]
    }
  }

  /// Calls `body` with each row from `start` on.
  @inlinable
  @inline(__always)
  func each(from start: Int, _ body: (Row) throws -> Void) rethrows {
    try rows.withUnsafeBufferPointer { rows in
      guard let numbers else {
        for index in start..<rows.count { try body(rows[index]) }
        return
      }
      try numbers.withUnsafeBufferPointer { numbers in
        for index in start..<count { try body(rows[Int(truncatingIfNeeded: numbers[index])]) }
      }
    }
  }

  /// Puts the numbers of the rows for which `isChosen` is true at the beginning of `chosen`, which has room for all, and
  /// returns how many they are.
  @inlinable
  @inline(__always)
  func choose(into chosen: inout [UInt32], where isChosen: (Row) throws -> Bool) rethrows -> Int {
    try rows.withUnsafeBufferPointer { rows in
      try chosen.withUnsafeMutableBufferPointer { chosen in
        var used = 0
        guard let numbers else {
          for index in 0..<rows.count {
            // Written always and kept or not: chance would mislead a branch.
            chosen[used] = UInt32(truncatingIfNeeded: index)
            used &+= try isChosen(rows[index]) ? 1 : 0
          }
          return used
        }
        try numbers.withUnsafeBufferPointer { numbers in
          for index in 0..<count {
            chosen[used] = numbers[index]
            used &+= try isChosen(rows[Int(truncatingIfNeeded: numbers[index])]) ? 1 : 0
          }
        }
        return used
      }
    }
  }
}
