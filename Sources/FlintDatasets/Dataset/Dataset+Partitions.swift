public import FlintLineage
public import FlintTasks

extension Dataset {
  /// The rows that `transform` makes of all rows of a partition, which it gets as an array: what a partition has must fit
  /// into memory. The form that waits gets them one after another.
  @inlinable
  public func mapPartitions<New: Sendable>(
    file: String = #fileID, line: Int = #line, _ transform: @escaping @Sendable ([Row]) throws -> [New]
  ) -> Dataset<New> {
    let site = OperatorSite("mapPartitions", file, line)
    return derived(site, effect: .orderSensitive) { WholePartitionOperator(site) { _, rows in try transform(rows) } }
  }

  /// As ``mapPartitions(file:line:_:)-(([Row])->[New])``, with the partition's number.
  @inlinable
  public func mapPartitionsWithIndex<New: Sendable>(
    file: String = #fileID, line: Int = #line, _ transform: @escaping @Sendable (Int, [Row]) throws -> [New]
  ) -> Dataset<New> {
    let site = OperatorSite("mapPartitionsWithIndex", file, line)
    return derived(site, effect: .orderSensitive) { WholePartitionOperator(site, transform) }
  }

  /// The rows of the sequence that `transform` makes of a partition's rows. It may wait, at its beginning and between rows,
  /// and rows pass one after another: the partition need not fit into memory. Each row costs about half a microsecond, which
  /// many rows that wait for nothing do not pay as ``PartitionRows/batches``.
  ///
  /// ```swift
  /// import FlintDatasets
  ///
  /// func numbered(_ lines: Dataset<String>) -> Dataset<String> {
  ///   lines.mapPartitions { rows in
  ///     let mark = await mark()
  ///     return rows.map { line in "\(mark) \(line)" }
  ///   }
  /// }
  ///
  /// func mark() async -> String { "seen" }
  /// ```
  @inlinable
  public func mapPartitions<Rows: AsyncSequence & SendableMetatype>(
    file: String = #fileID, line: Int = #line,
    _ transform: @escaping @Sendable (PartitionRows<Row>) async throws -> Rows
  ) -> Dataset<Rows.Element> where Rows.Element: Sendable, Rows.AsyncIterator: SendableMetatype {
    let site = OperatorSite("mapPartitions", file, line)
    return derived(site, effect: .orderSensitive) {
      PartitionOperator(site, sequence: { _, rows in try await transform(rows) })
    }
  }

  /// As the form of ``mapPartitions(file:line:_:)-((PartitionRows<Row>)->Rows)`` that waits, with the partition's number.
  @inlinable
  public func mapPartitionsWithIndex<Rows: AsyncSequence & SendableMetatype>(
    file: String = #fileID, line: Int = #line,
    _ transform: @escaping @Sendable (Int, PartitionRows<Row>) async throws -> Rows
  ) -> Dataset<Rows.Element> where Rows.Element: Sendable, Rows.AsyncIterator: SendableMetatype {
    let site = OperatorSite("mapPartitionsWithIndex", file, line)
    return derived(site, effect: .orderSensitive) { PartitionOperator(site, sequence: transform) }
  }

  /// The rows of the batches that `transform` makes of a partition's batches: for models and the like, which are made once for a
  /// partition and want many rows at a time. The partition need not fit into memory.
  ///
  /// ```swift
  /// import FlintDatasets
  ///
  /// func scaled(_ distances: Dataset<Double>) -> Dataset<Double> {
  ///   distances.mapPartitions { rows in
  ///     let factor = await factor()
  ///     return rows.batches.map { batch in batch.map { $0 * factor } }
  ///   }
  /// }
  ///
  /// func factor() async -> Double { 5 }
  /// ```
  @inlinable
  public func mapPartitions<New: Sendable>(
    file: String = #fileID, line: Int = #line,
    _ transform: @escaping @Sendable (PartitionRows<Row>) async throws -> PartitionBatches<New>
  ) -> Dataset<New> {
    let site = OperatorSite("mapPartitions", file, line)
    return derived(site, effect: .orderSensitive) {
      PartitionOperator(site, batches: { _, rows in try await transform(rows) })
    }
  }

  /// As the form of ``mapPartitions(file:line:_:)-((PartitionRows<Row>)->PartitionBatches<New>)`` for batches, with the
  /// partition's number.
  @inlinable
  public func mapPartitionsWithIndex<New: Sendable>(
    file: String = #fileID, line: Int = #line,
    _ transform: @escaping @Sendable (Int, PartitionRows<Row>) async throws -> PartitionBatches<New>
  ) -> Dataset<New> {
    let site = OperatorSite("mapPartitionsWithIndex", file, line)
    return derived(site, effect: .orderSensitive) { PartitionOperator(site, batches: transform) }
  }

  /// Calls `body` with the rows of each partition, on the executors. A partition that is computed again calls it again.
  public func foreachPartition(
    file: String = #fileID, line: Int = #line,
    _ body: @escaping @Sendable (PartitionRows<Row>) async throws -> Void
  ) async throws {
    let site = OperatorSite("foreachPartition", file, line)
    let _: [Int] = try await partials(site, ResultFactory { PartitionResultMaker(site, body) })
  }
}
