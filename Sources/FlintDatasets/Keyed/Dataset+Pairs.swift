extension Dataset {
  /// Each row with the key that `key` makes of it.
  @inlinable
  public func keyBy<Key: Hashable & Sendable>(
    file: String = #fileID, line: Int = #line, _ key: @escaping @Sendable (Row) throws -> Key
  ) -> Dataset<(Key, Row)> {
    mapped(OperatorSite("keyBy", file, line)) { (try key($0), $0) }
  }

  /// The same keys, each with what `transform` makes of its value. Rows stay in their partitions.
  @inlinable
  public func mapValues<Key: Hashable & Sendable, Value: Sendable, New: Sendable>(
    file: String = #fileID, line: Int = #line, _ transform: @escaping @Sendable (Value) throws -> New
  ) -> Dataset<(Key, New)> where Row == (Key, Value) {
    mapped(OperatorSite("mapValues", file, line), keepsKeys: true) { ($0.0, try transform($0.1)) }
  }

  /// The keys, one for each row.
  @inlinable
  public func keys<Key: Sendable, Value: Sendable>(
    file: String = #fileID, line: Int = #line
  ) -> Dataset<Key> where Row == (Key, Value) {
    mapped(OperatorSite("keys", file, line)) { $0.0 }
  }

  /// The values, one for each row.
  @inlinable
  public func values<Key: Sendable, Value: Sendable>(
    file: String = #fileID, line: Int = #line
  ) -> Dataset<Value> where Row == (Key, Value) {
    mapped(OperatorSite("values", file, line)) { $0.1 }
  }
}
