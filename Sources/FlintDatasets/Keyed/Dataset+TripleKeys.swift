public import FlintShuffle

extension Dataset {
  /// The rows with their three keys as one.
  @inlinable
  func tripled<First: Hashable & Sendable, Second: Hashable & Sendable, Third: Hashable & Sendable, Value: Sendable>(
    _ site: OperatorSite
  ) -> Dataset<(TripleKey<First, Second, Third>, Value)> where Row == ((First, Second, Third), Value) {
    mapped(site, keepsKeys: true) { row in (TripleKey(row.0.0, row.0.1, row.0.2), row.1) }
  }

  /// The rows with their three keys as users write them.
  @inlinable
  func untripled<First: Hashable & Sendable, Second: Hashable & Sendable, Third: Hashable & Sendable, Value: Sendable>(
    _ site: OperatorSite
  ) -> Dataset<((First, Second, Third), Value)> where Row == (TripleKey<First, Second, Third>, Value) {
    mapped(site, keepsKeys: true) { ($0.0.tuple, $0.1) }
  }

  /// As for a single key.
  @inlinable
  @inline(__always)
  public func reduceByKey<
    First: Hashable & Sendable, Second: Hashable & Sendable, Third: Hashable & Sendable, Value: Sendable
  >(
    partitions: Int? = nil, file: String = #fileID, line: Int = #line,
    _ merge: @escaping @Sendable (Value, Value) throws -> Value
  ) -> Dataset<((First, Second, Third), Value)> where Row == ((First, Second, Third), Value) {
    let site = OperatorSite("reduceByKey", file, line)
    return tripled(site).reduceByKey(partitions: partitions, file: file, line: line, merge).untripled(site)
  }

  /// As for a single key.
  @inlinable
  @inline(__always)
  public func aggregateByKey<
    First: Hashable & Sendable, Second: Hashable & Sendable, Third: Hashable & Sendable, Value: Sendable,
    Result: Sendable
  >(
    _ initial: Result, partitions: Int? = nil, file: String = #fileID, line: Int = #line,
    add: @escaping @Sendable (inout Result, Value) throws -> Void,
    merge: @escaping @Sendable (inout Result, Result) throws -> Void
  ) -> Dataset<((First, Second, Third), Result)> where Row == ((First, Second, Third), Value) {
    let site = OperatorSite("aggregateByKey", file, line)
    return tripled(site)
      .aggregateByKey(initial, partitions: partitions, file: file, line: line, add: add, merge: merge).untripled(site)
  }

  /// As for a single key.
  @inlinable
  @inline(__always)
  public func groupByKey<
    First: Hashable & Sendable, Second: Hashable & Sendable, Third: Hashable & Sendable, Value: Sendable
  >(
    partitions: Int? = nil, file: String = #fileID, line: Int = #line
  ) -> Dataset<((First, Second, Third), [Value])> where Row == ((First, Second, Third), Value) {
    let site = OperatorSite("groupByKey", file, line)
    return tripled(site).groupByKey(partitions: partitions, file: file, line: line).untripled(site)
  }

  /// As for a single key.
  @inlinable
  @inline(__always)
  public func join<
    First: Hashable & Sendable, Second: Hashable & Sendable, Third: Hashable & Sendable, Value: Sendable,
    Other: Sendable
  >(
    _ other: Dataset<((First, Second, Third), Other)>, partitions: Int? = nil, file: String = #fileID, line: Int = #line
  ) -> Dataset<((First, Second, Third), (Value, Other))> where Row == ((First, Second, Third), Value) {
    let site = OperatorSite("join", file, line)
    return tripled(site).join(other.tripled(site), partitions: partitions, file: file, line: line).untripled(site)
  }

  /// As for a single key.
  @inlinable
  @inline(__always)
  public func leftOuterJoin<
    First: Hashable & Sendable, Second: Hashable & Sendable, Third: Hashable & Sendable, Value: Sendable,
    Other: Sendable
  >(
    _ other: Dataset<((First, Second, Third), Other)>, partitions: Int? = nil, file: String = #fileID, line: Int = #line
  ) -> Dataset<((First, Second, Third), (Value, Other?))> where Row == ((First, Second, Third), Value) {
    let site = OperatorSite("leftOuterJoin", file, line)
    return tripled(site).leftOuterJoin(other.tripled(site), partitions: partitions, file: file, line: line)
      .untripled(site)
  }
}
