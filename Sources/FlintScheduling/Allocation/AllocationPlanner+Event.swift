public import FlintCore

extension AllocationPlanner {
  /// How many executors an application may have.
  public struct Bounds: Hashable, Sendable {
    /// It is never left with fewer.
    public let minimum: Int
    /// It never asks for more.
    public let maximum: Int

    /// Between so many and so many.
    public init(minimum: Int, maximum: Int) {
      precondition(minimum >= 0 && maximum >= max(1, minimum), "from \(minimum) to \(maximum) executors")
      self.minimum = minimum
      self.maximum = maximum
    }
  }

  /// What happens to it.
  public enum Event: Hashable, Sendable {
    /// The application begins.
    case started
    /// What the cluster consists of: all machines, whether others use them or not.
    case machines([ExecutorSize])
    /// So many tasks run or are to run.
    case backlog(Int)
    /// An executor is there.
    case executorAdded(ExecutorIncarnation)
    /// An executor is gone, or on its way out.
    case executorRemoved(ExecutorIncarnation)
    /// An executor was given a task.
    case busy(ExecutorIncarnation)
    /// An executor has no task any more.
    case idle(ExecutorIncarnation)
    /// A process ended that was started as an executor, before it was one.
    case startFailed(ProcessExit)
    /// The time that it asked to be woken at has come.
    case tick
  }

  /// What it asks for.
  public enum Action: Hashable, Sendable {
    /// Tell the ``ExecutorRegistry`` that so many are wanted.
    case want(Int)
    /// Tell it that these are not needed any more, and that so many are wanted without them.
    case release([ExecutorIncarnation], wanted: Int)
    /// The application cannot have executors: it ends with this.
    case refuse(AllocationRefusal)
    /// Send a ``Event/tick`` at this time, or soon after.
    case wake(at: MonotonicInstant)
  }
}
