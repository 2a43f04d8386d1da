package import FlintCore
public import FlintLineage
public import FlintTasks

extension Session {
  /// A new dataset of the graph, whose rows are computed by what `make` makes.
  @inlinable
  @inline(__always)
  func dataset<Row>(
    _ site: OperatorSite, partitionCount: Int, dependencies: [Dependency] = [], partitioner: Partitioner? = nil,
    make: @escaping @Sendable () throws -> any NodeOperator
  ) -> Dataset<Row> {
    Dataset(
      session: self,
      node: node(
        site, partitionCount: partitionCount, dependencies: dependencies, partitioner: partitioner, make: make))
  }

  /// A new node of the graph, whose rows are computed by what `make` makes.
  @usableFromInline
  func node(
    _ site: OperatorSite, partitionCount: Int, dependencies: [Dependency], partitioner: Partitioner?,
    effect: DeterminacyEffect = .preserving, make: @escaping @Sendable () throws -> any NodeOperator
  ) -> LineageNode {
    node(
      site, partitionCount: partitionCount, dependencies: dependencies, partitioner: partitioner, effect: effect,
      operation: PlainOperation(factory: NodeFactory(make)))
  }

  /// A new node of the graph, which is computed by `operation`.
  package func node(
    _ site: OperatorSite, partitionCount: Int, dependencies: [Dependency] = [], partitioner: Partitioner? = nil,
    effect: DeterminacyEffect = .preserving, storageLevel: StorageLevel? = nil, id: DatasetID? = nil,
    operation: any NodeOperation
  ) -> LineageNode {
    LineageNode(
      id: id ?? runtime.nextDataset(), name: site.name, location: site.location, partitionCount: partitionCount,
      dependencies: dependencies, partitioner: partitioner, effect: effect, storageLevel: storageLevel,
      operation: operation)
  }
}
