extension Dataset {
  /// All rows combined into one by `combine`; nil when there are none.
  ///
  /// Each partition combines its rows in their order, and the driver the partitions in theirs: `combine` must be associative.
  @inlinable
  public func reduce(
    file: String = #fileID, line: Int = #line, _ combine: @escaping @Sendable (Row, Row) throws -> Row
  ) async throws -> Row? {
    try await folded(
      OperatorSite("reduce", file, line), nil,
      { rows, value in
        guard var result = value ?? rows.first else { return }
        for index in (value == nil ? 1 : 0)..<rows.count { result = try combine(result, rows[index]) }
        value = result
      },
      merge: { (total: inout Row?, part: Row?) in
        guard let part else { return }
        total = try total.map { try combine($0, part) } ?? part
      })
  }

  /// All rows combined into one by `combine`, which begins with `initial` in every partition and once more on the driver.
  @inlinable
  public func fold(
    _ initial: Row, file: String = #fileID, line: Int = #line,
    _ combine: @escaping @Sendable (Row, Row) throws -> Row
  ) async throws -> Row {
    try await folded(
      OperatorSite("fold", file, line), initial,
      { rows, value in
        var result = value
        for row in rows { result = try combine(result, row) }
        value = result
      },
      merge: { total, part in total = try combine(total, part) })
  }

  /// One value over all rows: `add` takes a row into the value of its partition, which begins with `initial`, and `merge` a
  /// partition's value into the total, which begins with `initial` too.
  ///
  /// ```swift
  /// import FlintDatasets
  ///
  /// func mean(_ numbers: Dataset<Double>) async throws -> Double {
  ///   let (sum, count) = try await numbers.aggregate((0.0, 0)) { total, number in
  ///     total = (total.0 + number, total.1 + 1)
  ///   } merge: { total, part in
  ///     total = (total.0 + part.0, total.1 + part.1)
  ///   }
  ///   return sum / Double(count)
  /// }
  /// ```
  @inlinable
  public func aggregate<Value: Sendable>(
    _ initial: Value, file: String = #fileID, line: Int = #line,
    _ add: @escaping @Sendable (inout Value, Row) throws -> Void, merge: @Sendable (inout Value, Value) throws -> Void
  ) async throws -> Value {
    try await folded(
      OperatorSite("aggregate", file, line), initial,
      { rows, value in
        for row in rows { try add(&value, row) }
      }, merge: merge)
  }

  /// Calls `body` with each row, on the executors. A partition that is computed again calls it again.
  @inlinable
  public func foreach(
    file: String = #fileID, line: Int = #line, _ body: @escaping @Sendable (Row) throws -> Void
  ) async throws {
    _ = try await folded(
      OperatorSite("foreach", file, line), 0,
      { rows, _ in
        for row in rows { try body(row) }
      }, merge: { _, _ in })
  }

  /// The row before which no other comes by `areInIncreasingOrder`; nil when there is none. Of equal rows, the first.
  @inlinable
  public func min(
    file: String = #fileID, line: Int = #line,
    by areInIncreasingOrder: @escaping @Sendable (Row, Row) throws -> Bool
  ) async throws -> Row? {
    try await reduce(file: file, line: line) { try areInIncreasingOrder($1, $0) ? $1 : $0 }
  }

  /// The row after which no other comes by `areInIncreasingOrder`; nil when there is none. Of equal rows, the last.
  @inlinable
  public func max(
    file: String = #fileID, line: Int = #line,
    by areInIncreasingOrder: @escaping @Sendable (Row, Row) throws -> Bool
  ) async throws -> Row? {
    try await reduce(file: file, line: line) { try areInIncreasingOrder($1, $0) ? $0 : $1 }
  }

  /// The `count` last rows by `areInIncreasingOrder`, the last one first. Each partition sends as many at most.
  @inlinable
  public func top(
    _ count: Int, file: String = #fileID, line: Int = #line,
    by areInIncreasingOrder: @escaping @Sendable (Row, Row) throws -> Bool
  ) async throws -> [Row] {
    precondition(count >= 0, "the top \(count) rows")
    return try await folded(
      OperatorSite("top", file, line), [],
      { rows, best in
        try TopRows.add(rows, to: &best, count, by: areInIncreasingOrder)
      },
      merge: { (best: inout [Row], part: [Row]) in try TopRows.add(part, to: &best, count, by: areInIncreasingOrder) })
  }
}

extension Dataset where Row: Comparable {
  /// The smallest row; nil when there is none.
  @inlinable
  public func min(file: String = #fileID, line: Int = #line) async throws -> Row? {
    try await min(file: file, line: line) { $0 < $1 }
  }

  /// The largest row; nil when there is none.
  @inlinable
  public func max(file: String = #fileID, line: Int = #line) async throws -> Row? {
    try await max(file: file, line: line) { $0 < $1 }
  }

  /// The `count` largest rows, the largest first.
  @inlinable
  public func top(_ count: Int, file: String = #fileID, line: Int = #line) async throws -> [Row] {
    try await top(count, file: file, line: line) { $0 < $1 }
  }
}
