internal import Synchronization

/// What the task threads know of one try at a task: whose code it is that they run, and for how long they did.
public final class TaskMeter: Sendable {
  /// Which try.
  public let attempt: TaskAttempt
  private let counted = Atomic<UInt64>(0)
  private let began = Atomic<UInt64>(0)

  /// Nothing has run yet.
  public init(_ attempt: TaskAttempt) {
    self.attempt = attempt
  }

  /// A thread whose processor time is `time`, in nanoseconds, starts to run a job of it.
  public func begin(at time: UInt64) {
    began.store(time, ordering: .relaxed)
  }

  /// The job is over, or waits.
  public func end(at time: UInt64) {
    counted.wrappingAdd(time - began.load(ordering: .relaxed), ordering: .relaxed)
  }

  /// Everything until `time` of the thread that runs it now.
  public func nanoseconds(at time: UInt64) -> UInt64 {
    counted.load(ordering: .relaxed) + time - began.load(ordering: .relaxed)
  }
}
