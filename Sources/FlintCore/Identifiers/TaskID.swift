/// The work on one partition of one stage attempt, however often it is tried.
public struct TaskID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The stage attempt that the task belongs to.
  public let stage: StageAttempt
  /// The partition that it computes.
  public let partition: PartitionID

  /// The task of `stage` that computes `partition`.
  public init(stage: StageAttempt, partition: PartitionID) {
    self.stage = stage
    self.partition = partition
  }

  /// By stage attempt, then by partition.
  public static func < (left: TaskID, right: TaskID) -> Bool {
    (left.stage, left.partition) < (right.stage, right.partition)
  }

  /// Such as `stage 3 attempt 0, partition 7`.
  public var description: String { "\(stage), \(partition)" }
}
