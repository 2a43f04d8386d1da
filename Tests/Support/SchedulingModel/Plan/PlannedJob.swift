package import FlintCore
package import FlintLineage

/// A job of the plan.
package struct PlannedJob {
  package let id: JobID
  package let node: LineageNode
  package let partitions: [PartitionID]
  package let group: String?
  package let pool: PoolName?
  /// Whether its tasks commit output, so that a task is over only after it was allowed to.
  package let saves: Bool
  /// When it is submitted, in nanoseconds.
  package let start: Int64
}
