internal import FlintCore
public import FlintLineage
internal import FlintTasks

extension Dataset {
  /// The same rows, which the executors keep once they were computed, so that the next action need not compute them again.
  /// What is lost with an executor is computed again, unless the level keeps it on two of different nodes. Where there is only
  /// one, it is kept there and a warning is logged.
  ///
  /// They are let go by ``unpersist()``, or when neither this dataset nor one that was made of it is there any more.
  @inlinable
  public func persist(
    _ level: StorageLevel = .memoryAndDisk, file: String = #fileID, line: Int = #line
  ) -> Dataset<Row> {
    Dataset(session: session, node: keptNode(level, OperatorSite("persist", file, line)))
  }

  @usableFromInline
  func keptNode(_ level: StorageLevel, _ site: OperatorSite) -> LineageNode {
    let id = session.runtime.nextDataset()
    let operation = KeptOperation(
      factory: NodeFactory { PassOperator<Row>() }, type: Row.self, lease: KeptLease(id, session.runtime))
    return session.node(
      site, partitionCount: partitionCount, dependencies: [.narrow(node, .oneToOne)],
      partitioner: node.partitioner, storageLevel: level, id: id, operation: operation)
  }

  /// As ``persist(_:file:line:)`` in memory only: what does not fit is computed again.
  @inlinable
  public func cache(file: String = #fileID, line: Int = #line) -> Dataset<Row> {
    persist(.memoryOnly, file: file, line: line)
  }

  /// Lets go what the executors keep of this dataset, which ``persist(_:file:line:)`` has made. Jobs still give the same rows,
  /// and keep them again.
  public func unpersist() {
    session.runtime.release(node.id)
  }

  /// Throws what the first action would throw before it runs anything: a function that cannot travel, rows that cannot.
  ///
  /// It runs nothing.
  public func validate(file: String = #fileID, line: Int = #line) throws {
    let site = OperatorSite("validate", file, line)
    try node.checkOperations()
    let factory = ResultFactory { FoldResult<Row, Int>(site, 0) { rows, count in count += rows.count } }
    do {
      try session.runtime.validate(
        JobRequest(node, operation: PlainResult(factory: factory), location: site.location))
    } catch { throw site.located(error) }
  }
}
