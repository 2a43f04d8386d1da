public import FlintCore

/// Why the tasks of a stage cannot run at all.
public enum StageRefusal: Hashable, Sendable {
  /// They must run at once, and there are not that many slots.
  case tooFewSlots(needed: Int, present: Int)
  /// Every executor is excluded, since tasks kept failing on it; this failure was the last.
  case everyExecutorExcluded(count: Int, last: TaskAttempt, TaskFailure)
}
