public import FlintShuffle

// Tuples are not Hashable. Where the key is a tuple of two or three, it is a struct inside.
extension Dataset {
  /// The rows with their two keys as one.
  @inlinable
  func paired<First: Hashable & Sendable, Second: Hashable & Sendable, Value: Sendable>(
    _ site: OperatorSite
  ) -> Dataset<(PairKey<First, Second>, Value)> where Row == ((First, Second), Value) {
    mapped(site, keepsKeys: true) { row in (PairKey(row.0.0, row.0.1), row.1) }
  }

  /// The rows with their two keys as users write them.
  @inlinable
  func unpaired<First: Hashable & Sendable, Second: Hashable & Sendable, Value: Sendable>(
    _ site: OperatorSite
  ) -> Dataset<((First, Second), Value)> where Row == (PairKey<First, Second>, Value) {
    mapped(site, keepsKeys: true) { ($0.0.tuple, $0.1) }
  }

  /// As for a single key.
  @inlinable
  @inline(__always)
  public func reduceByKey<First: Hashable & Sendable, Second: Hashable & Sendable, Value: Sendable>(
    partitions: Int? = nil, file: String = #fileID, line: Int = #line,
    _ merge: @escaping @Sendable (Value, Value) throws -> Value
  ) -> Dataset<((First, Second), Value)> where Row == ((First, Second), Value) {
    let site = OperatorSite("reduceByKey", file, line)
    return paired(site).reduceByKey(partitions: partitions, file: file, line: line, merge).unpaired(site)
  }

  /// As for a single key.
  @inlinable
  @inline(__always)
  public func aggregateByKey<
    First: Hashable & Sendable, Second: Hashable & Sendable, Value: Sendable, Result: Sendable
  >(
    _ initial: Result, partitions: Int? = nil, file: String = #fileID, line: Int = #line,
    add: @escaping @Sendable (inout Result, Value) throws -> Void,
    merge: @escaping @Sendable (inout Result, Result) throws -> Void
  ) -> Dataset<((First, Second), Result)> where Row == ((First, Second), Value) {
    let site = OperatorSite("aggregateByKey", file, line)
    return paired(site)
      .aggregateByKey(initial, partitions: partitions, file: file, line: line, add: add, merge: merge).unpaired(site)
  }

  /// As for a single key.
  @inlinable
  @inline(__always)
  public func groupByKey<First: Hashable & Sendable, Second: Hashable & Sendable, Value: Sendable>(
    partitions: Int? = nil, file: String = #fileID, line: Int = #line
  ) -> Dataset<((First, Second), [Value])> where Row == ((First, Second), Value) {
    let site = OperatorSite("groupByKey", file, line)
    return paired(site).groupByKey(partitions: partitions, file: file, line: line).unpaired(site)
  }

  /// As for a single key.
  @inlinable
  @inline(__always)
  public func join<
    First: Hashable & Sendable, Second: Hashable & Sendable, Value: Sendable, Other: Sendable
  >(
    _ other: Dataset<((First, Second), Other)>, partitions: Int? = nil, file: String = #fileID, line: Int = #line
  ) -> Dataset<((First, Second), (Value, Other))> where Row == ((First, Second), Value) {
    let site = OperatorSite("join", file, line)
    return paired(site).join(other.paired(site), partitions: partitions, file: file, line: line).unpaired(site)
  }

  /// As for a single key.
  @inlinable
  @inline(__always)
  public func leftOuterJoin<
    First: Hashable & Sendable, Second: Hashable & Sendable, Value: Sendable, Other: Sendable
  >(
    _ other: Dataset<((First, Second), Other)>, partitions: Int? = nil, file: String = #fileID, line: Int = #line
  ) -> Dataset<((First, Second), (Value, Other?))> where Row == ((First, Second), Value) {
    let site = OperatorSite("leftOuterJoin", file, line)
    return paired(site).leftOuterJoin(other.paired(site), partitions: partitions, file: file, line: line)
      .unpaired(site)
  }
}
