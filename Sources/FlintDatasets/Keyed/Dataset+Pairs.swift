extension Dataset {
  /// Each row with the key that `key` makes of it.
  @inlinable
  public func keyBy<Key: Hashable & Sendable>(
    file: String = #fileID, line: Int = #line, _ key: @escaping @Sendable (Row) throws -> Key
  ) -> Dataset<(Key, Row)> {
    transformed(OperatorSite("keyBy", file, line)) { input, start, output, _ in
      try input.fill(&output, from: start) { (try key($0), $0) }
      return input.count
    }
  }

  /// The same keys, each with what `transform` makes of its value. Rows stay in their partitions.
  @inlinable
  public func mapValues<Key: Hashable & Sendable, Value: Sendable, New: Sendable>(
    file: String = #fileID, line: Int = #line, _ transform: @escaping @Sendable (Value) throws -> New
  ) -> Dataset<(Key, New)> where Row == (Key, Value) {
    transformed(OperatorSite("mapValues", file, line), keepsKeys: true) { input, start, output, _ in
      try input.fill(&output, from: start) { ($0.0, try transform($0.1)) }
      return input.count
    }
  }

  /// The keys, one for each row.
  @inlinable
  public func keys<Key: Sendable, Value: Sendable>(
    file: String = #fileID, line: Int = #line
  ) -> Dataset<Key> where Row == (Key, Value) {
    transformed(OperatorSite("keys", file, line)) { input, start, output, _ in
      input.fill(&output, from: start) { $0.0 }
      return input.count
    }
  }

  /// The values, one for each row.
  @inlinable
  public func values<Key: Sendable, Value: Sendable>(
    file: String = #fileID, line: Int = #line
  ) -> Dataset<Value> where Row == (Key, Value) {
    transformed(OperatorSite("values", file, line)) { input, start, output, _ in
      input.fill(&output, from: start) { $0.1 }
      return input.count
    }
  }
}
