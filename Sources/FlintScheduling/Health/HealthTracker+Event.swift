public import FlintCore

extension HealthTracker {
  /// What happens to it.
  public enum Event: Hashable, Sendable {
    /// An executor is there.
    case executorAdded(ExecutorIncarnation, node: NodeID)
    /// An executor is gone, or on its way out.
    case executorRemoved(ExecutorIncarnation)
    /// A try ended on this executor without a result.
    case failed(TaskAttempt, on: ExecutorIncarnation, TaskFailure)
    /// Nothing of this attempt at a stage will run any more; `succeeded` when all of its results are there.
    case stageEnded(StageAttempt, succeeded: Bool)
    /// Its turn to look.
    case tick
  }

  /// For what somebody is excluded.
  public enum Scope: Hashable, Sendable {
    /// For the tasks of one attempt at a stage, as long as it lasts.
    case stage(StageAttempt)
    /// For all tasks, until then.
    case application(until: MonotonicInstant)
  }

  /// What it asks for.
  public enum Action: Hashable, Sendable {
    /// Give this executor no such tasks.
    case exclude(ExecutorIncarnation, Scope)
    /// Give this machine's executors no such tasks, whoever they are.
    case excludeNode(NodeID, Scope)
    /// Give it tasks again.
    case restore(ExecutorIncarnation)
    /// Give its executors tasks again.
    case restoreNode(NodeID)
  }
}
