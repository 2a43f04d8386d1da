public import FlintCore

/// What the tasks of a stage wait for that have not been started: for whoever asks why nothing moves.
public struct StageWait: Hashable, Sendable {
  /// What keeps them.
  public enum Reason: Hashable, Sendable {
    /// There is no executor.
    case noExecutor
    /// Every executor is silent or on its way out.
    case noneTakesTasks
    /// Every executor that takes tasks is excluded from these.
    case excluded
    /// Every slot is taken.
    case slots
    /// They must start together, and so many slots are free.
    case barrier(needed: Int, free: Int)
    /// Slots are free, but not near the data.
    case nearerPlace
  }

  /// The attempt that the tasks belong to.
  public let stage: StageAttempt
  /// How many of its tasks wait.
  public let taskCount: Int
  /// What keeps them.
  public let reason: Reason

  init(stage: StageAttempt, taskCount: Int, reason: Reason) {
    self.stage = stage
    self.taskCount = taskCount
    self.reason = reason
  }
}
