internal import FlintCore
public import FlintLineage
public import FlintTasks

extension Dataset {
  /// A dataset whose every partition is computed from the same one of this one.
  @usableFromInline
  func derived<New>(
    _ site: OperatorSite, partitioner: Partitioner? = nil, effect: DeterminacyEffect = .preserving,
    storageLevel: StorageLevel? = nil, make: @escaping @Sendable () throws -> any NodeOperator
  ) -> Dataset<New> {
    session.dataset(
      site, partitionCount: partitionCount, dependencies: [.narrow(node, .oneToOne)], partitioner: partitioner,
      effect: effect, storageLevel: storageLevel, make: make)
  }
}
