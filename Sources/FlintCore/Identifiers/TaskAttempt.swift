/// One try at a task. Retries and speculative copies have numbers of their own.
public struct TaskAttempt: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The task that is tried.
  public let task: TaskID
  /// Which try, counted from 0.
  public let number: UInt32

  /// Try `number` at `task`.
  public init(task: TaskID, number: UInt32) {
    self.task = task
    self.number = number
  }

  /// By task, then by number.
  public static func < (left: TaskAttempt, right: TaskAttempt) -> Bool {
    (left.task, left.number) < (right.task, right.number)
  }

  /// Such as `stage 3 attempt 0, partition 7, attempt 1`.
  public var description: String { "\(task), attempt \(number)" }
}
