public import FlintCore

extension TaskScheduler {
  /// What it asks for.
  public enum Action: Hashable, Sendable {
    /// Start this try. An executor may be given more than it runs at once: it starts them in the order in which they come.
    case launch(TaskAttempt, on: ExecutorIncarnation)
    /// End this try; its slot stays taken until it has ended.
    case kill(TaskAttempt, on: ExecutorIncarnation)
    /// Give back every try that the executor has not begun: others may have it sooner. Each is over with
    /// ``TaskFailure/takenBack``.
    case recall(ExecutorIncarnation)
    /// The result of this try is the one that counts: no other try at its task will be named here.
    case finished(TaskAttempt)
    /// This try found its input gone, or broke a barrier: the attempt at the stage is over, and another one is due.
    case stageMustRetry(StageAttempt, TaskAttempt, TaskFailure)
    /// This try was the last one: the attempt at the stage is over, and so is the job. `tries` counts those that count.
    case gaveUp(StageAttempt, TaskAttempt, TaskFailure, tries: Int)
    /// The attempt at the stage is over since no executor may or can run it.
    case refused(StageAttempt, StageRefusal)
    /// End this executor: the try would not stop when it was told to, and holds a slot.
    case endExecutor(ExecutorIncarnation, because: TaskAttempt)
    /// An executor that is to leave has nothing more to do.
    case emptied(ExecutorIncarnation)
    /// Send a ``Event/tick`` at this time, or soon after; earlier wishes are kept beside it.
    case wake(at: MonotonicInstant)
  }
}
