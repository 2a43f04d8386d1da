/// The keys of sorted rows, ascending and null first. Two of them are equal as those of a ``JoinTable`` are.
public struct SortedKeys: Sendable {
  /// How many rows there are.
  public let count: Int
  private let columns: [Vector]

  /// The keys of `count` rows, in columns of that length.
  public init(_ columns: [Vector], count: Int) {
    precondition(columns.allSatisfy { $0.count == count }, "the columns do not have \(count) values each")
    self.columns = columns
    self.count = count
  }

  /// The key of a row.
  public subscript(row: Int) -> RowKey { RowKey(columns, row) }

  /// Behind the last row from `start` on whose key stands before `key`.
  public func end(of start: Int, before key: RowKey) -> Int { end(start, key) { $0 < 0 } }

  /// Behind the last row from `start` on whose key stands before `key`, or is the same.
  public func end(of start: Int, upTo key: RowKey) -> Int { end(start, key) { $0 <= 0 } }

  private func end(_ start: Int, _ key: RowKey, _ isWithin: (Int) -> Bool) -> Int {
    let order = RowKey.order(columns, key.columns)
    var low = start
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if isWithin(order.compare(middle, key.row)) { low = middle + 1 } else { high = middle }
    }
    withExtendedLifetime((columns, key)) {}
    return low
  }
}

/// The key of one row, which may have several columns.
public struct RowKey: Sendable {
  let columns: [Vector]
  let row: Int

  init(_ columns: [Vector], _ row: Int) {
    self.columns = columns
    self.row = row
  }

  /// Whether null is in it.
  public var hasNull: Bool { columns.contains { $0.isNull(row) } }

  /// Negative, zero or positive as this key stands before, with or behind another of the same types.
  public func compare(_ other: RowKey) -> Int {
    let order = Self.order(columns, other.columns).compare(row, other.row)
    withExtendedLifetime((columns, other)) {}
    return order
  }

  /// Ascending, null first.
  static func order(_ left: [Vector], _ right: [Vector]) -> RowOrder {
    RowOrder(left, right, left.indices.map { SortKey($0) })
  }
}
