public import FlintCore
public import FlintLineage
public import FlintTasks

extension Session {
  /// A new dataset of the graph, whose rows are computed by what `make` makes.
  @usableFromInline
  func dataset<Row>(
    _ site: OperatorSite, partitionCount: Int, dependencies: [Dependency] = [], partitioner: Partitioner? = nil,
    effect: DeterminacyEffect = .preserving, storageLevel: StorageLevel? = nil, id: DatasetID? = nil,
    make: @escaping @Sendable () throws -> any NodeOperator
  ) -> Dataset<Row> {
    dataset(
      site, partitionCount: partitionCount, dependencies: dependencies, partitioner: partitioner, effect: effect,
      storageLevel: storageLevel, id: id, operation: PlainOperation(factory: NodeFactory(make)))
  }

  /// A new dataset of the graph, which is computed by `operation`.
  @usableFromInline
  func dataset<Row>(
    _ site: OperatorSite, partitionCount: Int, dependencies: [Dependency] = [], partitioner: Partitioner? = nil,
    effect: DeterminacyEffect = .preserving, storageLevel: StorageLevel? = nil, id: DatasetID? = nil,
    operation: any NodeOperation
  ) -> Dataset<Row> {
    let node = LineageNode(
      id: id ?? runtime.nextDataset(), name: site.name, location: site.location, partitionCount: partitionCount,
      dependencies: dependencies, partitioner: partitioner, effect: effect, storageLevel: storageLevel,
      operation: operation)
    return Dataset(session: self, node: node)
  }
}
