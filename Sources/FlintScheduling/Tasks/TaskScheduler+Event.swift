public import FlintCore

extension TaskScheduler {
  /// What happens to it.
  public enum Event: Hashable, Sendable {
    /// Tasks are to run. An attempt that is known already is a repeated message; a newer attempt at a stage ends the older.
    case submitted(TaskSet)
    /// Nobody wants the results of this attempt any more.
    case cancelled(StageAttempt)
    /// An executor is there and takes so many tasks at once.
    case executorAdded(ExecutorIncarnation, node: NodeID, slotCount: Int)
    /// It is silent: it gets nothing new for now.
    case executorSuspected(ExecutorIncarnation)
    /// It was heard again.
    case executorTrusted(ExecutorIncarnation)
    /// It is to leave when what it runs is done.
    case executorDrained(ExecutorIncarnation)
    /// It is gone, whoever noticed.
    case executorRemoved(ExecutorIncarnation)
    /// A try is over, and its slot is free.
    case ended(TaskAttempt, TaskEnd)
    /// The cluster will never have more slots than these; nil when nobody can say.
    case slotsBounded(Int?)
    /// The time that it asked to be woken at has come.
    case tick
  }
}
