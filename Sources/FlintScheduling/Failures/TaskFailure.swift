public import FlintCore

/// How a try at a task ended without a result, as the driver learned it.
public enum TaskFailure: Hashable, Sendable {
  /// User code threw; `isRetryable` unless the error says that another try would end the same way.
  case threw(isRetryable: Bool)
  /// User code trapped, and took its executor with it; the task ran on the thread that trapped.
  case trapped
  /// Its executor is gone, for reasons that are not this task's.
  case executorLost(ExecutorIncarnation)
  /// Map output that it needs is not to be had: unreachable, missing, or with a checksum that does not match.
  case fetchFailed(ShuffleID, map: PartitionID)
  /// Another attempt had been allowed to commit.
  case commitDenied
  /// The driver asked for its end: its job was cancelled, its stage attempt is out of date, or another copy was faster.
  case killed
  /// It was sent ahead, and its executor gave it back before it had begun.
  case takenBack
  /// It would not stop when it was asked to, and its executor was ended for it.
  case ignoredCancellation
  /// It needed more memory than a task may have, after all that could be evicted and spilled.
  case memoryExceeded
  /// The disk of its node is full.
  case diskFull
  /// The disk of its node failed.
  case diskFailed
  /// Its result was made, and lost before the driver had it.
  case resultLost
  /// Its result cannot cross a border: a type that has no layout.
  case resultUnsupported
  /// Its results are more than the driver may hold.
  case resultsTooLarge
  /// The rows that it read are not those that the map side wrote.
  case rowsLost(ShuffleID)
}
