/// The loops of a sort that run once for each row, made where the types are known: in the user's module.
public struct SortKernel<Row> {
  let order: ([Row]) throws -> [UInt32]
  let gather: ([Row], ArraySlice<UInt32>, inout [Row]) -> Void
  let merge: (RunMerger<Row>, inout [Row], Int) throws -> Void

  @usableFromInline
  init(
    order: @escaping ([Row]) throws -> [UInt32],
    gather: @escaping ([Row], ArraySlice<UInt32>, inout [Row]) -> Void,
    merge: @escaping (RunMerger<Row>, inout [Row], Int) throws -> Void
  ) {
    self.order = order
    self.gather = gather
    self.merge = merge
  }

  /// By what `key` makes of a row; rows of equal keys keep their order.
  @inlinable
  @inline(__always)
  public init<Key: Comparable>(isDescending: Bool = false, _ key: @escaping (Row) throws -> Key) {
    self.init(
      order: { rows in try Self.order(rows, isDescending, key) },
      gather: { rows, numbers, output in
        for number in numbers { output.append(rows[Int(number)]) }
      },
      merge: { merger, output, limit in try merger.merge(&output, limit, isDescending, key) })
  }

  /// The numbers of the rows in their order.
  @inlinable
  @inline(__always)
  static func order<Key: Comparable>(
    _ rows: [Row], _ isDescending: Bool, _ key: (Row) throws -> Key
  ) throws -> [UInt32] {
    var items: [SortItem] = []
    items.reserveCapacity(rows.count)
    for number in 0..<rows.count {
      guard let prefix = SortPrefix.of(try key(rows[number])) else { break }
      items.append(SortItem(prefix: isDescending ? ~prefix : prefix, number: UInt32(truncatingIfNeeded: number)))
    }
    if items.count == rows.count {
      SortItem.sort(&items)
      if !SortPrefix.isExact(Key.self) { try Self.settleTies(&items, rows, isDescending, key) }
      return items.map(\.number)
    }
    items = []
    var keyed: [(key: Key, number: UInt32)] = []
    keyed.reserveCapacity(rows.count)
    for number in 0..<rows.count { keyed.append((try key(rows[number]), UInt32(truncatingIfNeeded: number))) }
    keyed.sort { left, right in Self.isBefore(left.key, right.key, isDescending) ?? (left.number < right.number) }
    return keyed.map(\.number)
  }

  /// Sorts rows of equal prefixes by their keys.
  @inlinable
  @inline(__always)
  static func settleTies<Key: Comparable>(
    _ items: inout [SortItem], _ rows: [Row], _ isDescending: Bool, _ key: (Row) throws -> Key
  ) throws {
    var start = 0
    while start < items.count {
      var end = start &+ 1
      while end < items.count, items[end].prefix == items[start].prefix { end &+= 1 }
      if end &- start > 1 {
        var keyed: [(key: Key, item: SortItem)] = []
        for item in items[start..<end] { keyed.append((try key(rows[Int(item.number)]), item)) }
        keyed.sort { left, right in
          Self.isBefore(left.key, right.key, isDescending) ?? (left.item.number < right.item.number)
        }
        for (offset, entry) in keyed.enumerated() { items[start &+ offset] = entry.item }
      }
      start = end
    }
  }

  /// Whether `left` comes first; nil when they are equal.
  @inlinable
  @inline(__always)
  static func isBefore<Key: Comparable>(_ left: Key, _ right: Key, _ isDescending: Bool) -> Bool? {
    if left < right { return !isDescending }
    if right < left { return isDescending }
    return nil
  }
}
