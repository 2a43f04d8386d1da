public import FlintCore

/// How an executor's process is gone.
public struct ExecutorExit: Sendable {
  /// In words: `signal 9 from outside`, `exit code 3`.
  public let cause: String
  /// When its end was known.
  public let monotonic: MonotonicInstant
  /// When that was, for people.
  public let wall: WallTime
  /// The try that the trapping thread ran, if user code trapped.
  public let trapped: TaskAttempt?
  /// What it wrote last to standard error; empty when it wrote nothing.
  public let lastLines: String
}
