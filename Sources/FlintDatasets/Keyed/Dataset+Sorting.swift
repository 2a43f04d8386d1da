internal import FlintCore
internal import FlintLineage
public import FlintShuffle
public import FlintTasks

extension Dataset {
  /// The rows in the order of what `key` makes of them: every partition in order, and all rows of one before those of the
  /// next. Rows of equal keys are in no order.
  ///
  /// Where the partitions end is decided by a sample of the keys, for which the first action reads this dataset once more.
  ///
  /// - Parameter sampledRows: how many rows of each partition the sample reads, the first ones; nil for all. A limit is good
  ///   for rows that are in no order yet.
  @inlinable
  @inline(__always)
  public func sortBy<Key: Comparable & Sendable>(
    descending: Bool = false, partitions: Int? = nil, sampledRows: Int? = nil, file: String = #fileID,
    line: Int = #line, _ key: @escaping @Sendable (Row) throws -> Key
  ) -> Dataset<Row> {
    ranged(OperatorSite("sortBy", file, line), descending, partitions, sampledRows, key)
  }

  /// As ``sortBy(descending:partitions:sampledRows:file:line:_:)``, for key paths: `sorted(by: \.fare, descending: true)`.
  @inlinable
  @inline(__always)
  public func sorted<Key: Comparable & Sendable>(
    by key: @escaping @Sendable (Row) throws -> Key, descending: Bool = false, partitions: Int? = nil,
    sampledRows: Int? = nil, file: String = #fileID, line: Int = #line
  ) -> Dataset<Row> {
    ranged(OperatorSite("sorted", file, line), descending, partitions, sampledRows, key)
  }

  /// As ``sortBy(descending:partitions:sampledRows:file:line:_:)``, by the rows' keys.
  @inlinable
  @inline(__always)
  public func sortByKey<Key: Comparable & Sendable, Value: Sendable>(
    descending: Bool = false, partitions: Int? = nil, sampledRows: Int? = nil, file: String = #fileID,
    line: Int = #line
  ) -> Dataset<(Key, Value)> where Row == (Key, Value) {
    ranged(OperatorSite("sortByKey", file, line), descending, partitions, sampledRows) { $0.0 }
  }

  /// Exchanges the rows by ranges of keys, and sorts each partition.
  @inlinable
  @inline(__always)
  func ranged<Key: Comparable & Sendable>(
    _ site: OperatorSite, _ descending: Bool, _ partitions: Int?, _ sampledRows: Int?,
    _ key: @escaping @Sendable (Row) throws -> Key
  ) -> Dataset<Row> {
    let count = partitions ?? rangeCount
    let sampleSize = sampleSize(for: count)
    let exchange = rangeExchange(
      site, into: count, descending, Key.self,
      writer: { ranges in
        PlainShuffleWriter<Row>(
          { rows, buffers in
            for row in rows { buffers[ranges.partition(of: try key(row))].append(row) }
          }, code: site.code)
      },
      sample: ResultFactory {
        SampleResult<Row, Key>(site, rowLimit: sampledRows ?? .max) { rows, sample in
          var current = sample
          for row in rows { try current.add(key(row), limit: sampleSize) }
          sample = current
        }
      })
    let input = exchange.input
    return session.dataset(
      site, partitionCount: count, dependencies: [exchange.dependency], partitioner: exchange.partitioner
    ) {
      SortOperator(SortKernel<Row>(isDescending: descending, key), input, code: site.code)
    }
  }

  /// As many partitions as this dataset has, within reason.
  @usableFromInline var rangeCount: Int {
    Swift.max(1, Swift.min(partitionCount, Swift.max(session.defaultParallelism, 200)))
  }

  /// How many keys of each partition are enough for so many ranges.
  @usableFromInline
  func sampleSize(for count: Int) -> Int {
    Swift.min(Swift.max(count * 100 / Swift.max(partitionCount, 1), 200), 20_000)
  }

  @usableFromInline
  func rangeExchange<Key: Comparable & Sendable>(
    _ site: OperatorSite, into count: Int, _ descending: Bool, _: Key.Type,
    writer: @escaping @Sendable (RangePartitioning<Key>) -> any ShuffleWriter, sample: ResultFactory
  ) -> Exchange {
    precondition(count >= 1, "\(count) partitions")
    let id = session.runtime.nextShuffle()
    let dataset = self
    let operation = RangeShuffle<Row, Key>(
      site.name, partitionCount: count, isDescending: descending, lease: ShuffleLease(id, session.runtime),
      writer: writer, sample: { try await dataset.partials(site, sample) })
    let shuffle = ShuffleDependency(
      id: id, parent: node, partitioner: Partitioner(.range(sample: id.rawValue), partitionCount: count),
      operation: operation)
    return Exchange(dependency: .wide(shuffle), input: .shuffle(id))
  }
}
