public import FlintCore

/// The pairs that some rows have in a table, given out in pieces: one row may have any number.
public struct JoinMatches {
  private let numbers: RowNumbers
  private let selection: Selection?
  private let starts: ColumnBuffer?
  private let tableRows: ColumnBuffer?
  private let found: ColumnBuffer
  private let memory: ColumnMemory
  /// The next row, and how many of its pairs have been given out.
  private var index = 0
  private var given = 0

  init(
    _ numbers: RowNumbers, _ selection: Selection?, starts: ColumnBuffer?, rows: ColumnBuffer?, found: ColumnBuffer,
    _ memory: ColumnMemory
  ) {
    self.numbers = numbers
    self.selection = selection
    self.starts = starts
    tableRows = rows
    self.found = found
    self.memory = memory
  }

  /// Up to `limit` more pairs: the rows of the one side, and beside each the table's row, -1 for none. Nil at the end. The
  /// table's rows of `semi` and `anti` say nothing.
  public mutating func next(
    _ kind: JoinKind, limit: Int
  ) throws(FlintError) -> (rows: RowNumbers, tableRows: RowNumbers)? {
    precondition(limit > 0, "a piece has at least one pair")
    guard index < numbers.count else { return nil }
    let rows = try memory.buffer(limit * 4 + 4)
    let others = try memory.buffer(limit * 4 + 4)
    let count: Int
    let start = index
    let hasOneEach = starts == nil || kind == .semi || kind == .anti
    if hasOneEach {
      count = nextSingle(kind, limit, rows.pointer(), others.pointer())
    } else {
      count = nextOfMany(kind, limit, rows.pointer(), others.pointer())
    }
    // Often each row has one pair, and then the other side's columns need not be moved.
    let isEach = hasOneEach && selection == nil && count == index - start
    return (
      RowNumbers(rows, count: count, from: isEach ? start : nil),
      RowNumbers(others, count: count, mayMiss: kind == .outer || kind == .anti)
    )
  }

  /// Where each row has one pair at most.
  private mutating func nextSingle(
    _ kind: JoinKind, _ limit: Int, _ rows: UnsafeMutablePointer<Int32>, _ others: UnsafeMutablePointer<Int32>
  ) -> Int {
    let end = min(numbers.count, index + limit)
    let keys = numbers.rows
    let selected = selection?.rows
    let marks = found.pointer(to: UInt8.self)
    let isOuter: Int32 = kind == .outer ? 1 : 0
    let wantsNone = kind == .anti
    var count = 0
    for place in index..<end {
      let key = keys[place]
      rows[count] = selected.map { $0[place] } ?? Int32(truncatingIfNeeded: place)
      others[count] = key
      let isThere: Int32 = key >= 0 ? 1 : 0
      count &+= Int((wantsNone ? 1 &- isThere : isThere) | isOuter)
    }
    if starts == nil, kind == .inner || kind == .outer {
      for place in 0..<count where others[place] >= 0 { marks[Int(others[place])] = 1 }
    } else if kind == .semi {
      markKeys(others, count, marks)
    }
    index = end
    return count
  }

  private func markKeys(_ keys: UnsafeMutablePointer<Int32>, _ count: Int, _ marks: UnsafeMutablePointer<UInt8>) {
    guard let starts, let tableRows else {
      for place in 0..<count { marks[Int(keys[place])] = 1 }
      return
    }
    let ends = starts.pointer(to: Int32.self)
    let order = tableRows.pointer(to: Int32.self)
    for place in 0..<count {
      let key = Int(keys[place])
      for row in ends[key]..<ends[key + 1] { marks[Int(order[Int(row)])] = 1 }
    }
  }

  private mutating func nextOfMany(
    _ kind: JoinKind, _ limit: Int, _ rows: UnsafeMutablePointer<Int32>, _ others: UnsafeMutablePointer<Int32>
  ) -> Int {
    guard let starts, let tableRows else { return 0 }
    let ends = starts.pointer(to: Int32.self)
    let order = tableRows.pointer(to: Int32.self)
    let marks = found.pointer(to: UInt8.self)
    let keys = numbers.rows
    let selected = selection?.rows
    var count = 0
    while index < numbers.count, count < limit {
      let row = selected.map { $0[index] } ?? Int32(truncatingIfNeeded: index)
      let key = Int(keys[index])
      if key < 0 {
        if kind == .outer {
          rows[count] = row
          others[count] = -1
          count &+= 1
        }
        index += 1
        continue
      }
      let first = Int(ends[key]) &+ given
      let last = Int(ends[key &+ 1])
      let taken = min(last &- first, limit &- count)
      for place in first..<first &+ taken {
        rows[count] = row
        others[count] = order[place]
        marks[Int(order[place])] = 1
        count &+= 1
      }
      if first &+ taken == last {
        index += 1
        given = 0
      } else {
        given += taken
      }
    }
    return count
  }
}
