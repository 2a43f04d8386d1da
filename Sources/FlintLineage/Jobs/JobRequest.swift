public import FlintCore

/// What an action asks for: the given partitions of a dataset, each put through an operation that makes its result.
public struct JobRequest: Sendable {
  /// The dataset whose partitions are asked for.
  public let node: LineageNode
  /// Which partitions, each once; a `take` asks for a few.
  public let partitions: [PartitionID]
  /// What makes a partition's result of its rows.
  public let operation: any LineageOperation
  /// Where the user called the action.
  public let location: SourceLocation
  /// The pool whose share the job runs in; nil for the default one.
  public let pool: PoolName?
  /// The group with which the job can be cancelled.
  public let group: String?
  /// Whether results that are too long for a message stay where they were made until somebody reads them.
  public let leavesResults: Bool

  /// A request for `partitions` of `node`, all of them by default.
  public init(
    _ node: LineageNode, partitions: [PartitionID]? = nil, operation: any LineageOperation, location: SourceLocation,
    pool: PoolName? = nil, group: String? = nil, leavesResults: Bool = false
  ) {
    self.node = node
    self.partitions = partitions ?? node.allPartitions
    self.operation = operation
    self.location = location
    self.pool = pool
    self.group = group
    self.leavesResults = leavesResults
  }
}
