/// Finds, for each row, where in its partition the values begin or end that are so far from its own.
struct RangeSearch {
  let partitions: WindowPartitions
  let key: Vector
  let isDescending: Bool
  /// Whether ends are looked for, behind all values that are equal.
  let isEnd: Bool
  /// Whether the value that is looked for is less than the row's own.
  let isLess: Bool

  /// `value` is that of a row, `target` the one that is looked for. Rows whose key is null have a frame of such rows.
  @inline(__always)
  func bounds<Value: OrderedValue>(_ value: (Int) -> Value, _ target: (Value) -> Value) -> [Int32] {
    var bounds = [Int32](repeating: 0, count: partitions.count)
    var there = 0..<0
    for row in 0..<partitions.count {
      if partitions.starts[row] == row { there = valuesOfPartition(row) }
      if key.isNull(row) {
        bounds[row] = isEnd ? partitions.groupEnds[row] : partitions.groupStarts[row]
        continue
      }
      let target = target(value(row))
      var (low, high) = (there.lowerBound, there.upperBound)
      while low < high {
        let middle = (low + high) / 2
        if isBefore(value(middle), target) { low = middle + 1 } else { high = middle }
      }
      bounds[row] = Int32(low)
    }
    return bounds
  }

  /// Whether a value stands before the bound.
  @inline(__always)
  private func isBefore<Value: OrderedValue>(_ value: Value, _ target: Value) -> Bool {
    let (first, second) = isDescending ? (target, value) : (value, target)
    return isEnd ? Value.isLess(second, first) == 0 : Value.isLess(first, second) == 1
  }

  /// The rows of the partition that begins here whose key is not null: nulls stand together at one of its ends.
  private func valuesOfPartition(_ row: Int) -> Range<Int> {
    var (first, last) = (row, Int(partitions.ends[row]))
    while first < last, key.isNull(first) { first += 1 }
    while last > first, key.isNull(last - 1) { last -= 1 }
    return first..<last
  }
}

extension Interval {
  /// The same span backwards.
  var opposite: Interval {
    Interval(months: 0 &- months, days: 0 &- days, microseconds: 0 &- microseconds)
  }
}
