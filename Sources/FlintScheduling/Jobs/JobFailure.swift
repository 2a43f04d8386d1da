public import FlintCore

/// Why a job ended without a result, and where: what the job's error and the event log say.
public struct JobFailure: Hashable, Sendable {
  /// What happened.
  public enum Cause: Hashable, Sendable {
    /// A task failed for good, after so many tries that counted.
    case task(TaskFailure, tryCount: Int)
    /// A stage lost its input again and again.
    case stage(TaskFailure, attemptCount: Int)
    /// No executor may or can run a stage.
    case refused(StageRefusal)
    /// Results that somebody has seen came from rows of this exchange which a second computation did not give again.
    case releasedResult(ShuffleID, partition: PartitionID)
    /// A gang whose rows are not the same twice would have to run again, and some of its results were seen already.
    case releasedGang(partition: PartitionID)
    /// The user cancelled the job.
    case jobCancelled
    /// The user cancelled the job's group.
    case groupCancelled(String)
    /// The user cancelled a stage that the job needs.
    case stageCancelled
    /// There was no executor for too long.
    case noExecutors
  }

  /// What happened.
  public let cause: Cause
  /// The stage at which it happened, if it was one.
  public let stage: StageID?
  /// The try at a task that was the last straw, if there was one.
  public let attempt: TaskAttempt?
  /// Where that ran.
  public let executor: ExecutorIncarnation?
  /// The line of the user's program that asked for what failed: of the stage's last dataset, or else of the action.
  public let location: SourceLocation

  /// The failure of a job.
  public init(
    _ cause: Cause, stage: StageID? = nil, attempt: TaskAttempt? = nil, executor: ExecutorIncarnation? = nil,
    location: SourceLocation
  ) {
    self.cause = cause
    self.stage = stage
    self.attempt = attempt
    self.executor = executor
    self.location = location
  }
}
