public import FlintCore

/// Decides which executor runs which task, and what follows when a try ends.
public struct TaskScheduler: Sendable {
  /// A scheduler without tasks and executors. `speculates`: whether slow tasks get a second try beside the first.
  public init(limits: Limits, pools: SchedulingPools = SchedulingPools(), speculates: Bool = false) {}

  /// Takes in what happened at `now`.
  public mutating func handle(_ event: Event, at now: MonotonicInstant) -> [Action] { [] }

  /// What the tasks wait for that have not been started, stage by stage.
  public func waits() -> [StageWait] { [] }
}
