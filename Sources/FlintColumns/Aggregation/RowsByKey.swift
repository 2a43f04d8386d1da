internal import FlintCore

/// Sums of a column over the rows of a batch: for each key the sum, and how many values it is of.
struct KeyTotals {
  fileprivate(set) var sums: [Int64]
  fileprivate(set) var counts: [Int64]
}

/// The rows of a batch sorted by their key, of which there are few: then each key's values are summed up in a register.
///
/// Neither overflows nor nulls are looked for row by row. A glance at all values says whether any sum of so many can
/// overflow, and if it can, whoever asked adds them one at a time. What stands under null is summed up too, and subtracted.
final class RowsByKey {
  /// Keys that are few enough.
  static let mostKeys = 64
  /// Rows that are sorted together: so much of a column stays in the nearest cache while key after key is summed up.
  private static let partRows = 2048

  private let numbers: UnsafePointer<Int32>
  private let rows: UnsafePointer<Int32>?
  private let count: Int
  private let keyCount: Int
  private let memory: ColumnMemory
  /// The rows key by key, part by part; nil for all rows of one key.
  private let lists: ColumnBuffer?
  /// Where the list of each key begins, part by part, and the end of all.
  private var starts: [Int] = []
  /// The key of each row of the batch, -1 for a row that does not count.
  private var keys: ColumnBuffer?
  /// What was summed up before: different functions of one column want the same.
  private var known: [(vector: Vector, totals: KeyTotals)] = []

  /// Sorts some rows; nil where that does not pay. `numbers` and `rows` must be there as long as this is.
  init?(
    _ numbers: UnsafePointer<Int32>, rows: UnsafePointer<Int32>?, count: Int, keyCount: Int, _ memory: ColumnMemory
  ) throws(FlintError) {
    guard keyCount <= Self.mostKeys, count >= 16 * keyCount else { return nil }
    self.numbers = numbers
    self.rows = rows
    self.count = count
    self.keyCount = keyCount
    self.memory = memory
    if keyCount == 1 {
      lists = nil
      starts = [0, count]
      return
    }
    let buffer = try memory.buffer(count * 4)
    lists = buffer
    starts.reserveCapacity((count / Self.partRows + 1) * keyCount + 1)
    for start in stride(from: 0, to: count, by: Self.partRows) {
      sort(start..<min(start + Self.partRows, count), into: buffer.pointer())
    }
    starts.append(count)
  }

  /// How many rows each key has.
  var rowCounts: [Int64] {
    var counts = [Int64](repeating: 0, count: keyCount)
    for list in 0..<starts.count - 1 { counts[list % keyCount] += Int64(starts[list + 1] - starts[list]) }
    return counts
  }

  /// How many values of a column each key has.
  func valueCounts(_ vector: Vector) throws(FlintError) -> [Int64] {
    var counts = rowCounts
    try forEachNull(vector) { _, key in counts[key] &-= 1 }
    return counts
  }

  /// The sums of a column of whole numbers; nil when one of them might not fit 64 bits, or few of its rows count.
  func totals<Value: FixedWidthInteger & SignedInteger & BitwiseCopyable>(
    _ vector: Vector, _: Value.Type
  ) throws(FlintError) -> KeyTotals? {
    if let known = known.first(where: { $0.vector === vector }) { return known.totals }
    let values = vector.pointer(to: Value.self)
    guard vector.count <= 4 * count, Self.areSmall(values, vector.count) else { return nil }
    var totals = KeyTotals(sums: [Int64](repeating: 0, count: keyCount), counts: rowCounts)
    let lists = lists.map { UnsafePointer($0.pointer(to: Int32.self)) } ?? rows
    totals.sums.withUnsafeMutableBufferPointer { sums in
      for list in 0..<starts.count - 1 {
        var sum: Int64 = 0
        if let lists {
          for index in starts[list]..<starts[list + 1] {
            sum &+= Int64(truncatingIfNeeded: values[Int(truncatingIfNeeded: lists[index])])
          }
        } else {
          for row in 0..<count { sum &+= Int64(truncatingIfNeeded: values[row]) }
        }
        sums[list % keyCount] &+= sum
      }
    }
    try forEachNull(vector) { row, key in
      totals.sums[key] &-= Int64(truncatingIfNeeded: values[row])
      totals.counts[key] &-= 1
    }
    known.append((vector, totals))
    return totals
  }

  /// Whether the sum of all values, and of any of them, fits 64 bits.
  private static func areSmall<Value: FixedWidthInteger & BitwiseCopyable>(
    _ values: UnsafePointer<Value>, _ count: Int
  ) -> Bool {
    // Values of so many bits and a sign.
    let bits = 62 - (Int.bitWidth - count.leadingZeroBitCount)
    if Value.bitWidth <= bits + 1 { return true }
    // Moved up by the largest of them, all are positive, and none has a higher bit.
    let shift: Value = 1 << Value(bits)
    var seen: Value = 0
    for row in 0..<count { seen |= values[row] &+ shift }
    return seen >> Value(bits + 1) == 0
  }

  /// Calls `body` with each row that counts and is null, and its key.
  @inline(__always)
  private func forEachNull(_ vector: Vector, _ body: (_ row: Int, _ key: Int) -> Void) throws(FlintError) {
    guard let there = vector.validity?.bits else { return }
    let keys = try keysOfRows(vector.count)
    for start in stride(from: 0, to: vector.count, by: 64) {
      var nulls = ~there.word(start)
      if vector.count - start < 64 { nulls &= Bits.low(vector.count - start) }
      while nulls != 0 {
        let row = start &+ nulls.trailingZeroBitCount
        nulls &= nulls &- 1
        if keys[row] >= 0 { body(row, Int(keys[row])) }
      }
    }
  }

  private func keysOfRows(_ length: Int) throws(FlintError) -> UnsafePointer<Int32> {
    guard let rows else { return numbers }
    if keys == nil {
      let buffer = try memory.buffer(length * 4)
      let target = buffer.pointer(to: Int32.self)
      for row in 0..<length { target[row] = -1 }
      for index in 0..<count { target[Int(truncatingIfNeeded: rows[index])] = numbers[index] }
      keys = buffer
    }
    return keys.map { UnsafePointer($0.pointer(to: Int32.self)) } ?? numbers
  }

  /// Sorts the rows of a part by counting them. Four quarters take turns: rows that follow one another often have the same
  /// key, and each step would wait for the one before it.
  private func sort(_ part: Range<Int>, into target: UnsafeMutablePointer<Int32>) {
    let first = part.lowerBound
    let quarter = part.count / 4
    let numbers = numbers + first
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 4 * keyCount) { room in
      guard let ends = room.baseAddress else { return }
      for place in 0..<4 * keyCount { ends[place] = 0 }
      @inline(__always)
      func place(_ index: Int, _ turn: Int) -> Int { Int(truncatingIfNeeded: numbers[index]) &* 4 &+ turn }
      for index in 0..<quarter {
        for turn in 0..<4 { ends[place(index &+ turn &* quarter, turn)] &+= 1 }
      }
      for index in 4 * quarter..<part.count { ends[place(index, 3)] &+= 1 }
      var start = first
      for place in 0..<4 * keyCount {
        if place % 4 == 0 { starts.append(start) }
        (ends[place], start) = (start, start + ends[place])
      }
      @inline(__always)
      func put(_ index: Int, _ turn: Int) {
        let place = place(index, turn)
        target[ends[place]] = rows.map { $0[first &+ index] } ?? Int32(truncatingIfNeeded: first &+ index)
        ends[place] &+= 1
      }
      for index in 0..<quarter {
        for turn in 0..<4 { put(index &+ turn &* quarter, turn) }
      }
      for index in 4 * quarter..<part.count { put(index, 3) }
    }
  }
}
