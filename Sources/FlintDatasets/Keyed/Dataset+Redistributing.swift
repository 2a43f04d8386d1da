internal import FlintCore
internal import FlintLineage
internal import FlintShuffle
internal import FlintTasks

extension Dataset {
  /// The same rows in `partitions` partitions of about equal size, by an exchange.
  ///
  /// Rows are dealt in turn. Where their order is not sure, as after another exchange, a task sorts its rows first, so that
  /// it deals the same rows to the same partitions when it runs again.
  public func repartition(_ partitions: Int, file: String = #fileID, line: Int = #line) -> Dataset<Row> {
    let site = OperatorSite("repartition", file, line)
    precondition(partitions >= 1, "\(partitions) partitions")
    let sorts = node.determinacy != .determinate
    let exchange = exchanged(
      site, to: Partitioner(.roundRobin, partitionCount: partitions), narrow: 0, sending: Row.self
    ) { DealingShuffleWriter<Row>(sorts: sorts) }
    let input = exchange.input
    return session.dataset(
      site, partitionCount: partitions, dependencies: [exchange.dependency], partitioner: exchange.partitioner
    ) { ShuffledRowsOperator<Row>(input) }
  }

  /// The same rows in at most `partitions` partitions, without an exchange: each is some partitions of this dataset, one behind
  /// another. It computes with as many tasks as there are partitions afterwards.
  public func coalesce(_ partitions: Int, file: String = #fileID, line: Int = #line) -> Dataset<Row> {
    let site = OperatorSite("coalesce", file, line)
    precondition(partitions >= 1, "\(partitions) partitions")
    let count = Swift.min(partitions, partitionCount)
    let groups = (0..<count).map { Array(evenShare($0, of: count, count: partitionCount)) }
    return session.dataset(
      site, partitionCount: count, dependencies: [.narrow(node, .grouped(groups))]
    ) { ChainOperator<Row>() }
  }

  /// Each row with its number, counted from 0 over all partitions in their order.
  ///
  /// The first action counts the rows of this dataset first. Where their order is not sure, numbers are not either: a job in
  /// which a partition was lost and has other numbers the second time ends with an error.
  public func zipWithIndex(file: String = #fileID, line: Int = #line) -> Dataset<(Row, Int)> {
    let site = OperatorSite("zipWithIndex", file, line)
    let id = session.runtime.nextDataset()
    let dataset = self
    let operation = NumberingOperation(
      factory: NodeFactory { NumberingOperator<Row>(id) }, partitionCount: partitionCount,
      count: {
        try await dataset.partials(
          site, ResultFactory { FoldResult<Row, Int>(site, 0) { rows, count in count += rows.count } })
      })
    let node = session.node(
      site, partitionCount: partitionCount, dependencies: [.narrow(node, .oneToOne)], effect: .orderSensitive, id: id,
      operation: operation)
    return Dataset<(Row, Int)>(session: session, node: node)
  }

  /// About `fraction` of the rows, each chosen by itself; the same ones each time for the same `seed`.
  public func sample(
    _ fraction: Double, seed: UInt64 = 1, file: String = #fileID, line: Int = #line
  ) -> Dataset<Row> {
    precondition((0...1).contains(fraction), "a fraction of \(fraction)")
    let site = OperatorSite("sample", file, line)
    return derived(site, partitioner: node.partitioner, effect: .orderSensitive) {
      SamplingOperator<Row>(fraction: fraction, seed: seed)
    }
  }
}
