public import FlintCore
internal import Synchronization

/// A dataset in the lineage graph: what it is computed from, how, and what a second computation would give.
///
/// Nodes never change. The graph holds its ancestors, so it lives as long as somebody can ask for one of its descendants;
/// ten thousand steps in a row are built, walked and let go without deep recursion.
public final class LineageNode: Sendable {
  /// Which dataset it is.
  public let id: DatasetID
  /// The operation's name as users write it: `map`, `reduceByKey`.
  public let name: String
  /// Where the user wrote it.
  public let location: SourceLocation
  /// How many partitions it has; at least 1, but for an empty source.
  public let partitionCount: Int
  /// Where its keys are, if that is known.
  public let partitioner: Partitioner?
  /// Where its partitions are kept once computed; nil when they are not.
  public let storageLevel: StorageLevel?
  /// How sure a second computation is.
  public let determinacy: Determinacy
  /// Whether all its tasks must run at once, or none.
  public let isBarrier: Bool
  /// How its rows are computed.
  public let operation: any LineageOperation
  /// In a lock only because `deinit` takes them out.
  private let heldDependencies: Mutex<[Dependency]>

  /// A node over `dependencies`, which must fit: a mapping that asks for partitions that do not exist, or a partitioner of
  /// another size, is a programmer's error.
  public init(
    id: DatasetID, name: String, location: SourceLocation, partitionCount: Int, dependencies: [Dependency] = [],
    partitioner: Partitioner? = nil, effect: DeterminacyEffect = .preserving, storageLevel: StorageLevel? = nil,
    isBarrier: Bool = false, operation: any LineageOperation
  ) {
    precondition(partitionCount >= 0, "\(name) with \(partitionCount) partitions")
    precondition(
      partitioner.map { $0.partitionCount == partitionCount } ?? true,
      "\(name) has \(partitionCount) partitions, its partitioner \(partitioner?.partitionCount ?? 0)")
    for dependency in dependencies {
      switch dependency {
      case .narrow(let parent, let mapping):
        precondition(
          mapping.fits(childCount: partitionCount, parentCount: parent.partitionCount),
          "\(name) asks \(parent.name) for partitions that it does not have")
      case .wide(let shuffle):
        precondition(
          shuffle.partitioner.partitionCount == partitionCount,
          "\(name) has \(partitionCount) partitions, its shuffle \(shuffle.partitioner.partitionCount)")
      }
    }
    self.id = id
    self.name = name
    self.location = location
    self.partitionCount = partitionCount
    self.partitioner = partitioner
    self.storageLevel = storageLevel
    self.isBarrier = isBarrier
    self.operation = operation
    determinacy = effect.applied(to: dependencies.map(\.determinacy).max() ?? .determinate)
    heldDependencies = Mutex(dependencies)
  }

  deinit {
    // The compiler's own way down a chain is one stack frame a node; a lineage may have ten thousand.
    var loose = takeDependencies().map(\.parent)
    while var node = loose.popLast() {
      if isKnownUniquelyReferenced(&node) { loose += node.takeDependencies().map(\.parent) }
    }
  }

  /// What it is computed from, in the order in which the operation names its inputs.
  public var dependencies: [Dependency] { heldDependencies.withLock { $0 } }

  /// The exchanges among its own dependencies.
  public var shuffles: [ShuffleDependency] {
    dependencies.compactMap { dependency in
      if case .wide(let shuffle) = dependency { shuffle } else { nil }
    }
  }

  private func takeDependencies() -> [Dependency] {
    heldDependencies.withLock { dependencies in
      defer { dependencies = [] }
      return dependencies
    }
  }
}
