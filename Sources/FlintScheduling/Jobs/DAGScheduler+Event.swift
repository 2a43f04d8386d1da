public import FlintCore
public import FlintLineage

extension DAGScheduler {
  /// What happens to it.
  public enum Event: Sendable {
    /// An action asks for a job. The number is new.
    case submitted(JobID, JobRequest)

    /// The one accepted result of a task, from the task scheduler; a map task's with what it wrote.
    case taskFinished(TaskAttempt, on: ExecutorIncarnation, MapOutput?)
    /// A task could not read its input, which it had asked for under `epoch` (nil when there was nothing to be sent to); or a
    /// gang lost a member. Nothing more of its stage attempt is launched; what runs may come to its end.
    case stageMustRetry(TaskAttempt, on: ExecutorIncarnation, TaskFailure, epoch: MapOutputEpoch?)
    /// A task has used up its tries, or failed in a way that another try would not change.
    case gaveUp(TaskAttempt, on: ExecutorIncarnation, TaskFailure, tryCount: Int)

    /// No executor may or can run the tasks of a stage attempt.
    case refused(StageAttempt, StageRefusal)

    /// A process is gone; files that belong to its node are not.
    case executorLost(ExecutorIncarnation)
    /// A machine is gone with its files. Its executors are reported one by one.
    case nodeLost(NodeID)
    /// No executor has been there for too long: nothing can run.
    case capacityGone

    /// A try at a task has left a partition in a block manager.
    case partitionKept(DatasetID, PartitionID, by: TaskAttempt, on: ExecutorIncarnation, node: NodeID)
    /// A block manager has let a partition go.
    case partitionDropped(DatasetID, PartitionID, on: ExecutorIncarnation)
    /// Nobody wants the dataset kept any more.
    case datasetReleased(DatasetID)
    /// Nobody can ask for the exchange any more. Jobs that still read it are waited for.
    case shuffleReleased(ShuffleID)

    /// Somebody outside has a partition's result, or its commit was authorised: it cannot be taken back.
    case resultReleased(JobID, PartitionID)

    /// The user cancels a job.
    case jobCancelled(JobID)
    /// The user cancels every job of a group that is running now.
    case groupCancelled(String)
    /// The user cancels a stage, and with it every job that needs it.
    case stageCancelled(StageID)
  }
}
