internal import Synchronization

/// What the task threads know of one try at a task: whose code it is that they run, and for how long they did.
public final class TaskMeter: Sendable {
  /// Which try.
  public let attempt: TaskAttempt
  private let counted = Atomic<UInt64>(0)

  /// Nothing has run yet.
  public init(_ attempt: TaskAttempt) {
    self.attempt = attempt
  }

  /// Processor time of the threads in the jobs of it that are over, in nanoseconds.
  public var nanoseconds: UInt64 { counted.load(ordering: .relaxed) }

  /// One more job of it is over, or waits.
  public func add(nanoseconds more: UInt64) {
    counted.wrappingAdd(more, ordering: .relaxed)
  }
}
