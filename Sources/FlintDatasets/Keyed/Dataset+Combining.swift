public import FlintLineage
public import FlintShuffle
public import FlintTasks

extension Dataset {
  /// One value for each key: `merge` makes one of two, in any order and any grouping.
  ///
  /// Rows are combined before they are exchanged, so that a key with many rows costs no more than others.
  @inlinable
  @inline(__always)
  public func reduceByKey<Key: Hashable & Sendable, Value: Sendable>(
    partitions: Int? = nil, file: String = #fileID, line: Int = #line,
    _ merge: @escaping @Sendable (Value, Value) throws -> Value
  ) -> Dataset<(Key, Value)> where Row == (Key, Value) {
    combined(
      OperatorSite("reduceByKey", file, line), partitions, create: { $0 }, add: { $0 = try merge($0, $1) },
      merge: { $0 = try merge($0, $1) })
  }

  /// One value for each key: `initial`, to which `add` adds the key's values; `merge` makes one of two such.
  @inlinable
  @inline(__always)
  public func aggregateByKey<Key: Hashable & Sendable, Value: Sendable, Result: Sendable>(
    _ initial: Result, partitions: Int? = nil, file: String = #fileID, line: Int = #line,
    add: @escaping @Sendable (inout Result, Value) throws -> Void,
    merge: @escaping @Sendable (inout Result, Result) throws -> Void
  ) -> Dataset<(Key, Result)> where Row == (Key, Value) {
    combined(
      OperatorSite("aggregateByKey", file, line), partitions,
      create: { value in
        var result = initial
        try add(&result, value)
        return result
      }, add: add, merge: merge)
  }

  /// One value for each key: `create` makes it of the key's first value, `add` adds another one, `merge` makes one of two.
  @inlinable
  @inline(__always)
  public func combineByKey<Key: Hashable & Sendable, Value: Sendable, Result: Sendable>(
    partitions: Int? = nil, file: String = #fileID, line: Int = #line,
    create: @escaping @Sendable (Value) throws -> Result,
    add: @escaping @Sendable (inout Result, Value) throws -> Void,
    merge: @escaping @Sendable (inout Result, Result) throws -> Void
  ) -> Dataset<(Key, Result)> where Row == (Key, Value) {
    combined(OperatorSite("combineByKey", file, line), partitions, create: create, add: add, merge: merge)
  }

  /// One result for each key, combined on both sides of the exchange.
  @inlinable
  @inline(__always)
  func combined<Key: Hashable & Sendable, Value: Sendable, Result: Sendable>(
    _ site: OperatorSite, _ partitions: Int?,
    create: @escaping @Sendable (Value) throws -> Result,
    add: @escaping @Sendable (inout Result, Value) throws -> Void,
    merge: @escaping @Sendable (inout Result, Result) throws -> Void
  ) -> Dataset<(Key, Result)> where Row == (Key, Value) {
    let partitioner = hashPartitioner(of: Key.self, into: partitions)
    let (steps, mergeBatch) = loop.folded(
      key: { $0.0 }, insert: { try create($0.1) }, update: { try add(&$0, $1.1) })
    let exchange = exchanged(
      site, to: partitioner, narrow: 0, sending: (Key, Result).self, combining: true
    ) {
      CombiningShuffleWriter<(Key, Value), Key, Result>(
        AggregationKernel(merge),
        merge: { table, rows in
          try table.merge(rows, key: { $0.0 }, insert: { try create($0.1) }, update: { try add(&$0, $1.1) })
        }, fusedSteps: steps, fusedMerge: mergeBatch, code: site.code)
    }
    let (input, isWide) = (exchange.input, exchange.isWide)
    return session.dataset(
      site, partitionCount: partitioner.partitionCount, dependencies: [exchange.dependency], partitioner: partitioner
    ) {
      let kernel = AggregationKernel<Key, Result>(merge)
      let plan = AggregationPlan<Key, Result, (Key, Result)>(
        site.name, kernel, output: { table, range, rows in table.append(range, to: &rows) { ($0, $1) } },
        code: site.code)
      guard isWide else {
        let feed = RowFeed<(Key, Value), Key, Result>(input) { table, rows in
          try table.merge(rows, key: { $0.0 }, insert: { try create($0.1) }, update: { try add(&$0, $1.1) })
        }
        return AggregationOperator(plan, [feed])
      }
      let feed = RowFeed<(Key, Result), Key, Result>(input) { table, rows in
        try table.merge(rows, key: { $0.0 }, insert: { $0.1 }, update: { try merge(&$0, $1.1) })
      }
      return AggregationOperator(plan, [feed])
    }
  }
}
