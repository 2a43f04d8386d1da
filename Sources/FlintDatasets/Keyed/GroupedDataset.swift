public import FlintLineage
public import FlintShuffle

/// Rows by groups, of which figures are computed. ``Dataset/grouped(partitions:file:line:by:)`` makes it.
public struct GroupedDataset<Row: Sendable, Key: Hashable & Sendable>: Sendable {
  @usableFromInline let dataset: Dataset<Row>
  @usableFromInline let key: @Sendable (Row) throws -> Key
  @usableFromInline let partitions: Int?
  @usableFromInline let site: OperatorSite

  @inlinable
  @inline(__always)
  init(
    _ dataset: Dataset<Row>, _ partitions: Int?, _ site: OperatorSite, _ key: @escaping @Sendable (Row) throws -> Key
  ) {
    self.dataset = dataset
    self.partitions = partitions
    self.site = site
    self.key = key
  }
}

extension Dataset {
  /// The rows by groups of equal keys.
  ///
  /// ```swift
  /// import FlintDatasets
  ///
  /// func lengths(_ words: Dataset<String>) -> Dataset<(Int, Int)> {
  ///   words.grouped { $0.utf8.count }.aggregate(.count)
  /// }
  /// ```
  @inlinable
  @inline(__always)
  public func grouped<Key: Hashable & Sendable>(
    partitions: Int? = nil, file: String = #fileID, line: Int = #line,
    by key: @escaping @Sendable (Row) throws -> Key
  ) -> GroupedDataset<Row, Key> {
    GroupedDataset(self, partitions, OperatorSite("grouped", file, line), key)
  }

  /// One output for each key that `key` makes of rows, combined on both sides of an exchange.
  @inlinable
  @inline(__always)
  func aggregated<Key: Hashable & Sendable, Partial: Sendable, Result: Sendable>(
    _ site: OperatorSite, _ partitions: Int?, key: @escaping @Sendable (Row) throws -> Key,
    create: @escaping @Sendable (Row) throws -> Partial,
    add: @escaping @Sendable (inout Partial, Row) throws -> Void,
    merge: @escaping @Sendable (inout Partial, Partial) throws -> Void,
    result: @escaping @Sendable (Partial) throws -> Result
  ) -> Dataset<(Key, Result)> {
    let partitioner = hashPartitioner(of: Key.self, into: partitions)
    let (steps, mergeBatch) = loop.folded(key: key, insert: create, update: add)
    let exchange = exchanged(
      site, to: partitioner, narrow: nil, sending: (Key, Partial).self, combining: true
    ) {
      CombiningShuffleWriter<Row, Key, Partial>(
        AggregationKernel(merge),
        merge: { table, rows in
          try table.merge(rows, key: key, insert: create, update: { try add(&$0, $1) })
        }, fusedSteps: steps, fusedMerge: mergeBatch, code: site.code)
    }
    let input = exchange.input
    return session.dataset(
      site, partitionCount: partitioner.partitionCount, dependencies: [exchange.dependency], partitioner: partitioner
    ) {
      let plan = AggregationPlan<Key, Partial, (Key, Result)>(
        site.name, AggregationKernel(merge),
        output: { table, range, rows in try table.append(range, to: &rows) { ($0, try result($1)) } },
        code: site.code)
      let feed = RowFeed<(Key, Partial), Key, Partial>(input) { table, rows in
        try table.merge(rows, key: { $0.0 }, insert: { $0.1 }, update: { try merge(&$0, $1.1) })
      }
      return AggregationOperator(plan, [feed])
    }
  }
}
