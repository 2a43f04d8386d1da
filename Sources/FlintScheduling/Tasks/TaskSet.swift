public import FlintCore

/// The tasks of one attempt at a stage that are to run: what the DAG scheduler hands to the task scheduler.
///
/// A first attempt asks for every partition that is missing, a later one for those that were lost since.
public struct TaskSet: Hashable, Sendable {
  /// The attempt that the tasks belong to.
  public let stage: StageAttempt
  /// The job on whose behalf they run: among equals the older job goes first.
  public let job: JobID
  /// The pool whose share they take.
  public let pool: PoolName
  /// Which partitions, in rising order, each once.
  public let partitions: [PartitionID]
  /// Where a partition's input is, best places first; a partition without an entry runs anywhere as well.
  public let places: [PartitionID: [TaskPlace]]
  /// Whether all of them must run at once, or none.
  public let isBarrier: Bool

  /// The tasks for `partitions` of `stage`.
  public init(
    stage: StageAttempt, job: JobID, pool: PoolName = .standard, partitions: [PartitionID],
    places: [PartitionID: [TaskPlace]] = [:], isBarrier: Bool = false
  ) {
    self.stage = stage
    self.job = job
    self.pool = pool
    self.partitions = partitions
    self.places = places
    self.isBarrier = isBarrier
  }
}
