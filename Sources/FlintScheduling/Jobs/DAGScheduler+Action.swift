public import FlintCore

extension DAGScheduler {
  /// What it asks for.
  public enum Action: Hashable, Sendable {
    /// Run these tasks. The stage has no other attempt.
    case submit(TaskSet)
    /// Stop what is left of an attempt; nothing of it counts any more.
    case cancel(StageAttempt)

    /// A partition's result is there: hand it to who asked, and say so with ``Event/resultReleased(_:_:)``.
    case result(JobID, PartitionID, TaskAttempt)
    /// Results that nobody has seen yet are void: their input was computed again and came out otherwise.
    case takeBack(JobID, [PartitionID])
    /// These stages of a new job need not run: what they would compute is there.
    case skipped(JobID, [StageID])
    /// Every result was given out.
    case jobSucceeded(JobID)
    /// The job is over without a result.
    case jobFailed(JobID, JobFailure)

    /// The bytes of an exchange can go.
    case discard(ShuffleID)
    /// An executor keeps a partition that must not be read any more.
    case dropKept(DatasetID, PartitionID, on: ExecutorIncarnation)
  }
}
