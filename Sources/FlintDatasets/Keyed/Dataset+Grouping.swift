public import FlintLineage
public import FlintShuffle

extension Dataset {
  /// All values of each key, in no order.
  ///
  /// All of a key's values must fit into a task's memory at once: where one value is wanted in the end, ``reduceByKey(partitions:file:line:_:)``
  /// and ``aggregateByKey(_:partitions:file:line:add:merge:)`` need memory for that one only, and exchange less.
  ///
  /// Fails with `memory-budget-exceeded` when a key has more values than fit.
  @inlinable
  public func groupByKey<Key: Hashable & Sendable, Value: Sendable>(
    partitions: Int? = nil, file: String = #fileID, line: Int = #line
  ) -> Dataset<(Key, [Value])> where Row == (Key, Value) {
    let site = OperatorSite("groupByKey", file, line)
    let partitioner = hashPartitioner(of: Key.self, into: partitions)
    let exchange = keyExchange(site, to: partitioner)
    let input = exchange.input
    return session.dataset(
      site, partitionCount: partitioner.partitionCount, dependencies: [exchange.dependency], partitioner: partitioner
    ) {
      let plan = AggregationPlan<Key, [Value], (Key, [Value])>(
        site.name, AggregationKernel { $0.append(contentsOf: $1) }, retainsRows: true,
        output: { table, range, rows in table.append(range, to: &rows) { ($0, $1) } },
        code: site.code)
      let feed = RowFeed<(Key, Value), Key, [Value]>(input) { table, rows in
        table.merge(rows, key: { $0.0 }, insert: { [$0.1] }, update: { $0.append($1.1) })
      }
      return AggregationOperator(plan, [feed])
    }
  }

  /// Every row once, however often it is there.
  @inlinable
  public func distinct(
    partitions: Int? = nil, file: String = #fileID, line: Int = #line
  ) -> Dataset<Row> where Row: Hashable {
    let site = OperatorSite("distinct", file, line)
    let partitioner = hashPartitioner(of: Row.self, into: partitions)
    let (steps, mergeBatch) = loop.folded(key: { $0 }, insert: { _ in true }, update: { _, _ in })
    // A value for each key is needed; one bit is the least that travels.
    let exchange = exchanged(site, to: partitioner, narrow: 0, sending: (Row, Bool).self, combining: true) {
      CombiningShuffleWriter<Row, Row, Bool>(
        AggregationKernel { _, _ in },
        merge: { table, rows in table.merge(rows, key: { $0 }, insert: { _ in true }, update: { _, _ in }) },
        fusedSteps: steps, fusedMerge: mergeBatch, code: site.code)
    }
    let (input, isWide) = (exchange.input, exchange.isWide)
    return session.dataset(
      site, partitionCount: partitioner.partitionCount, dependencies: [exchange.dependency], partitioner: partitioner
    ) {
      let plan = AggregationPlan<Row, Bool, Row>(
        site.name, AggregationKernel { _, _ in },
        output: { table, range, rows in table.append(range, to: &rows) { key, _ in key } },
        code: site.code)
      guard isWide else {
        return AggregationOperator(
          plan,
          [
            RowFeed<Row, Row, Bool>(input) { table, rows in
              table.merge(rows, key: { $0 }, insert: { _ in true }, update: { _, _ in })
            }
          ])
      }
      return AggregationOperator(
        plan,
        [
          RowFeed<(Row, Bool), Row, Bool>(input) { table, rows in
            table.merge(rows, key: { $0.0 }, insert: { _ in true }, update: { _, _ in })
          }
        ])
    }
  }

  /// How many rows each key has.
  @inlinable
  public func countByKey<Key: Hashable & Sendable, Value: Sendable>(
    file: String = #fileID, line: Int = #line
  ) async throws -> [Key: Int] where Row == (Key, Value) {
    let site = OperatorSite("countByKey", file, line)
    let counts = combined(site, nil, create: { _ in 1 }, add: { count, _ in count += 1 }, merge: { $0 += $1 })
    var result: [Key: Int] = [:]
    for (key, count) in try await counts.collect(file: file, line: line) { result[key] = count }
    return result
  }

  /// The rows where their keys belong, by hash into `partitions` parts. Datasets with the same parts are joined without an
  /// exchange.
  @inlinable
  public func partitionBy<Key: Hashable & Sendable, Value: Sendable>(
    _ partitions: Int, file: String = #fileID, line: Int = #line
  ) -> Dataset<(Key, Value)> where Row == (Key, Value) {
    let site = OperatorSite("partitionBy", file, line)
    let partitioner = hashPartitioner(of: Key.self, into: partitions)
    let exchange = keyExchange(site, to: partitioner)
    let input = exchange.input
    return session.dataset(
      site, partitionCount: partitioner.partitionCount, dependencies: [exchange.dependency], partitioner: partitioner
    ) { ShuffledRowsOperator<(Key, Value)>(input) }
  }
}
