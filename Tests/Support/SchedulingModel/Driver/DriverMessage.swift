import FlintCore
import FlintLineage

#if FLINT_PLANTED_BUGS
  import PlantedScheduling
#else
  import FlintScheduling
#endif

/// What comes to the driver.
enum DriverMessage {
  case registered(NodeID, slotCount: Int)
  case ended(TaskAttempt, TaskEnd, TaskReport)
  case askedToCommit(TaskAttempt)
  case kept(DatasetID, PartitionID, TaskAttempt, NodeID)
  case dropped(DatasetID, PartitionID)
  /// Its connection was closed, or its worker says that it is gone.
  case closed
}

/// What the driver sends to an executor.
enum ExecutorCommand {
  case launch(TaskDescription)
  case kill(TaskAttempt)
  case recall
  case authorise(TaskAttempt)
  case deny(TaskAttempt)
  case drop(DatasetID, PartitionID)
  case end
}

/// What the driver wants of the world.
enum DriverOutput {
  case command(ExecutorCommand, to: ExecutorIncarnation)
  case wake(at: Int64)
  case gave(JobID, PartitionID, TaskAttempt)
  case jobEnded(JobID, JobFailure?)
  case discarded(ShuffleID)
}
