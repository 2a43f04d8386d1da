public import FlintCore

/// The tasks that run without an exchange of rows between them: everything from the exchanges that it reads up to the one
/// that it writes, or to the result.
public struct Stage: Sendable {
  /// Which stage it is; one exchange has one stage in all jobs.
  public let id: StageID
  /// What it ends in.
  public let kind: StageKind
  /// The last dataset of the stage.
  public let node: LineageNode
  /// The stages whose map outputs it reads, in rising order.
  public let parents: [StageID]
  /// The exchanges that it reads, in rising order.
  public let shuffles: [ShuffleID]

  /// One task a partition.
  public var taskCount: Int { node.partitionCount }

  /// Whether all its tasks must run at once.
  public var isBarrier: Bool { node.pipeline.contains(where: \.isBarrier) }
}
