internal import FlintCore
internal import FlintFiles
internal import FlintLayout
internal import FlintLineage
internal import FlintTasks

extension Dataset {
  /// Writes the rows down now, and returns a dataset that reads them: its lineage begins there, and what is lost is read again
  /// instead of computed.
  ///
  /// The folder `path` appears as that of ``saveAsTextFile(_:compression:file:line:)`` does; only this program, in this
  /// build, reads it. It is left to whoever named it to remove it.
  ///
  /// ```swift
  /// import FlintDatasets
  ///
  /// func iterate(_ flint: Session) async throws -> Int {
  ///   var numbers = flint.range(0..<1_000)
  ///   for round in 1...100 {
  ///     numbers = numbers.map { $0 &* 31 &+ round }
  ///     if round % 25 == 0 { numbers = try await numbers.checkpoint("rounds/\(round)") }
  ///   }
  ///   return try await numbers.count()
  /// }
  /// ```
  public func checkpoint(
    _ path: String, file: String = #fileID, line: Int = #line
  ) async throws -> Dataset<Row> {
    let site = OperatorSite("checkpoint", file, line)
    try RowLayout.check(Row.self, "the rows cannot be written down", at: site.location)
    let context = session.runtime.context
    let job = try OutputJob(path, suffix: "", partitionCount: partitionCount, site, context: context)
    let parts = try await job.run(session, node) { staged in ResultFactory { BlockSink<Row>(staged) } }
    let folder = FilePath(path)
    let splits = parts.map {
      FileSplit(path: (folder / $0.name).string, start: 0, end: $0.bytes, fileSize: $0.bytes)
    }
    let id = session.runtime.nextDataset()
    let operation = SplitOperation(splits: splits, factory: NodeFactory { BlockFileOperator<Row>(id) })
    let node = session.node(
      site, partitionCount: splits.count, partitioner: node.partitioner, id: id, operation: operation)
    return Dataset(session: session, node: node)
  }
}
