internal import CFlint
internal import Glibc

/// The loop over rows that all functions have.
enum CellLoop {
  private static let ahead = 32

  /// Keys that are few enough for each to have several cells.
  private static let few = 32
  private static let copies = 4

  /// Calls `body` with the cell and the number of each row that is not null.
  ///
  /// Of few keys, rows that follow one another often have the same, and each addition would wait until the one before it
  /// is in memory. So, where the order does not matter, four cells take turns and are merged at the end; and the cell of a
  /// single key leaves memory for as long as that takes.
  @inline(__always)
  static func forEach<Cell: AggregateCell>(
    _ target: CellRows, _ there: BitPointer?, _ body: (UnsafeMutablePointer<Cell>, Int) -> Void
  ) {
    if target.cells.count == 1 {
      let place = target.cells.base.assumingMemoryBound(to: Cell.self)
      // On the stack, where it can stay in registers.
      var cell = place.pointee
      withUnsafeMutablePointer(to: &cell) { cell in
        if target.rows == nil, there == nil {
          for row in target.first..<target.first &+ target.count { body(cell, row) }
        } else {
          for index in 0..<target.count {
            let row = target.row(index)
            if there?[row] ?? true { body(cell, row) }
          }
        }
      }
      place.pointee = cell
    } else if Cell.isCommutative, target.cells.count <= few, target.count >= 16 * few {
      withUnsafeTemporaryAllocation(of: Cell.self, capacity: few * copies) { room in
        guard let base = room.baseAddress else { return }
        memset(base, 0, target.cells.count * copies * MemoryLayout<Cell>.stride)
        let cells = Cells(base: base, stride: MemoryLayout<Cell>.stride, count: target.cells.count)
        let turns = CellRows(
          cells: cells, numbers: target.numbers, count: target.count, rows: target.rows, first: target.first)
        forEach(turns, there, isLarge: false, copies: copies, body)
        for number in 0..<target.cells.count {
          let place = target.cells.base + number * target.cells.stride
          for copy in 0..<copies {
            place.assumingMemoryBound(to: Cell.self).pointee.merge(base[number * copies + copy])
          }
        }
      }
    } else if target.isNear || !target.cells.areLarge {
      forEach(target, there, isLarge: false, copies: 1, body)
    } else {
      forEach(target, there, isLarge: true, copies: 1, body)
    }
  }

  @inline(__always)
  private static func forEach<Cell>(
    _ target: CellRows, _ there: BitPointer?, isLarge: Bool, copies: Int,
    _ body: (UnsafeMutablePointer<Cell>, Int) -> Void
  ) {
    let base = target.cells.base
    let stride = target.cells.stride
    let numbers = target.numbers
    let last = target.count &- 1
    let first = target.first
    // The last byte of a record that may lie in two lines of the cache.
    let end = 64 % stride == 0 ? 0 : stride &- 1
    @inline(__always)
    func cell(_ index: Int) -> UnsafeMutablePointer<Cell> {
      if isLarge {
        let next = base + Int(truncatingIfNeeded: numbers[min(index &+ ahead, last)]) &* stride
        flint_prefetch(next)
        flint_prefetch(next + end)
      }
      let number = Int(truncatingIfNeeded: numbers[index]) &* copies &+ (copies > 1 ? index & (copies &- 1) : 0)
      return (base + number &* stride).assumingMemoryBound(to: Cell.self)
    }
    switch (target.rows, there) {
    case (nil, nil):
      for index in 0..<target.count { body(cell(index), first &+ index) }
    case (let rows?, nil):
      for index in 0..<target.count { body(cell(index), Int(truncatingIfNeeded: rows[index])) }
    case (nil, let there?):
      for index in 0..<target.count where there[first &+ index] { body(cell(index), first &+ index) }
    case (let rows?, let there?):
      for index in 0..<target.count {
        let row = Int(truncatingIfNeeded: rows[index])
        if there[row] { body(cell(index), row) }
      }
    }
  }
}
