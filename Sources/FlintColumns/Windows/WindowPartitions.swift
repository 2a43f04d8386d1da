internal import FlintCore

/// Where partitions, and in them groups of equal keys, begin and end, of rows that are sorted by both.
struct WindowPartitions {
  let count: Int
  /// The first row of each row's partition, and the one behind its last.
  private(set) var starts: [Int32]
  private(set) var ends: [Int32]
  /// The same of its group.
  private(set) var groupStarts: [Int32]
  private(set) var groupEnds: [Int32]
  /// The number of its group in its partition.
  private(set) var groups: [Int32]
  /// The first row of each group of the partitions one behind another.
  private(set) var allGroups: [Int32] = []

  init(_ batch: Batch, partition: [Int], order: [SortKey]) {
    count = batch.length
    starts = [Int32](repeating: 0, count: count)
    ends = starts
    groupStarts = starts
    groupEnds = starts
    groups = starts
    let partitionOrder = Self.order(batch, partition.map { SortKey($0) })
    let groupOrder = Self.order(batch, order)
    var start: Int32 = 0
    var groupStart: Int32 = 0
    var group: Int32 = 0
    for row in 0..<count {
      let isNewPartition = row == 0 || partitionOrder.compare(row - 1, row) != 0
      if isNewPartition || groupOrder.compare(row - 1, row) != 0 {
        group = isNewPartition ? 0 : group + 1
        groupStart = Int32(row)
        allGroups.append(groupStart)
      }
      if isNewPartition { start = Int32(row) }
      starts[row] = start
      groupStarts[row] = groupStart
      groups[row] = group
    }
    var end = Int32(count)
    var groupEnd = Int32(count)
    for row in (0..<count).reversed() {
      ends[row] = end
      groupEnds[row] = groupEnd
      if groupStarts[row] == row { groupEnd = Int32(row) }
      if starts[row] == row { end = Int32(row) }
    }
  }

  private static func order(_ batch: Batch, _ keys: [SortKey]) -> RowOrder {
    let columns = keys.map { batch.columns[$0.column] }
    return RowOrder(columns, columns, keys)
  }

  /// The rows of a row's frame; empty where it ends before it begins.
  func frame(_ frame: WindowFrame, of row: Int, firstGroup: Int) -> Range<Int> {
    let partition = Int(starts[row])..<Int(ends[row])
    let start: Int
    let end: Int
    switch frame.unit {
    case .range: preconditionFailure("frames of values are found by their values")
    case .rows:
      start = bound(frame.start, unbounded: partition.lowerBound, current: row, row)
      end = bound(frame.end, unbounded: partition.upperBound, current: row + 1, row + 1)
    case .groups:
      start = groupBound(frame.start, row, firstGroup, partition, isEnd: false)
      end = groupBound(frame.end, row, firstGroup, partition, isEnd: true)
    }
    let first = min(max(start, partition.lowerBound), partition.upperBound)
    return first..<max(first, min(end, partition.upperBound))
  }

  private func bound(_ bound: WindowFrame.Bound, unbounded: Int, current: Int, _ row: Int) -> Int {
    switch bound {
    case .unbounded: unbounded
    case .current: current
    case .preceding(let count): row &- count
    case .following(let count): row &+ count
    case .before, .behind: preconditionFailure("rows are not bounded by values")
    }
  }

  private func groupBound(
    _ bound: WindowFrame.Bound, _ row: Int, _ firstGroup: Int, _ partition: Range<Int>, isEnd: Bool
  ) -> Int {
    let shift: Int
    switch bound {
    case .unbounded: return isEnd ? partition.upperBound : partition.lowerBound
    case .current: return Int(isEnd ? groupEnds[row] : groupStarts[row])
    case .preceding(let count): shift = -count
    case .following(let count): shift = count
    case .before, .behind: preconditionFailure("groups are not bounded by values")
    }
    let group = Int(groups[row]) + shift + (isEnd ? 1 : 0)
    if group < 0 { return partition.lowerBound }
    let number = firstGroup + group
    return number < allGroups.count ? min(Int(allGroups[number]), partition.upperBound) : partition.upperBound
  }
}
