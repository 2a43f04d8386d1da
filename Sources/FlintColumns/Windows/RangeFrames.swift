internal import FlintCore

/// The frames of rows by the values of the one key that they are sorted by.
struct RangeFrames {
  private(set) var starts: [Int32] = []
  private(set) var ends: [Int32] = []

  /// Throws `invalid-argument` where the order has not one key, or no such distance is added to it.
  init(
    _ partitions: WindowPartitions, _ frame: WindowFrame, _ batch: Batch, _ order: [SortKey], _ kernels: Kernels
  ) throws(FlintError) {
    guard order.count == 1 else {
      throw FlintError(.invalidArgument, "a frame of values needs an order by one key, not by \(order.count)")
    }
    let key = try batch.columns[order[0].column].flat(kernels.memory)
    starts = try Self.bounds(partitions, frame.start, key, order[0], isEnd: false, kernels)
    ends = try Self.bounds(partitions, frame.end, key, order[0], isEnd: true, kernels)
  }

  private static func bounds(
    _ partitions: WindowPartitions, _ bound: WindowFrame.Bound, _ key: Vector, _ order: SortKey, isEnd: Bool,
    _ kernels: Kernels
  ) throws(FlintError) -> [Int32] {
    let distance: WindowFrame.Distance
    let isBefore: Bool
    switch bound {
    case .unbounded: return isEnd ? partitions.ends : partitions.starts
    case .current: return isEnd ? partitions.groupEnds : partitions.groupStarts
    case .before(let value): (distance, isBefore) = (value, true)
    case .behind(let value): (distance, isBefore) = (value, false)
    case .preceding, .following:
      throw FlintError(.invalidArgument, "a frame of values is not bounded by a number of rows")
    }
    let search = RangeSearch(
      partitions: partitions, key: key, isDescending: order.isDescending, isEnd: isEnd,
      // What stands before has smaller values, or larger ones where these come first.
      isLess: isBefore != order.isDescending)
    switch (key.type, distance) {
    case (.float, .double(let number)):
      let values = key.pointer(to: Float.self)
      return search.bounds({ Double(values[$0]) }) { search.isLess ? $0 - number : $0 + number }
    case (.double, .double(let number)):
      let values = key.pointer(to: Double.self)
      return search.bounds({ values[$0] }) { search.isLess ? $0 - number : $0 + number }
    case (.timestamp, .interval(let interval)):
      let values = key.pointer(to: Int64.self)
      var clocks = Clocks(kernels.zone)
      let moved = search.isLess ? interval.opposite : interval
      return search.bounds({ values[$0] }) { Kernels.later($0, moved, &clocks) }
    case (.date, .interval(let interval)) where interval.microseconds == 0:
      let values = key.pointer(to: Int32.self)
      let moved = search.isLess ? interval.opposite : interval
      return search.bounds({ Int64(values[$0]) }) { Kernels.monthsLater($0, Int64(moved.months)) + Int64(moved.days) }
    case (_, .whole(let number)):
      if let values = Self.wholes(key) {
        return search.bounds(values) { search.isLess ? $0 &- number : $0 &+ number }
      }
    default: break
    }
    throw FlintError(.invalidArgument, "\(distance) is not a distance between values of \(key.type)")
  }

  private static func wholes(_ key: Vector) -> ((Int) -> Int128)? {
    switch key.type {
    case .int8: { Int128(key.pointer(to: Int8.self)[$0]) }
    case .int16: { Int128(key.pointer(to: Int16.self)[$0]) }
    case .int32, .date: { Int128(key.pointer(to: Int32.self)[$0]) }
    case .int64, .timestamp: { Int128(key.pointer(to: Int64.self)[$0]) }
    case .decimal: { WideLane(.vector(key)).value($0) }
    case .boolean, .float, .double, .interval, .string, .binary, .list, .structure, .map: nil
    }
  }
}
