public import FlintCore
internal import Synchronization

/// What one try at a task has read and written so far. Added to by the task, batch by batch, and read by whoever reports it.
public final class TaskCounters: Sendable {
  private let values = Mutex(TaskMetrics())

  /// Nothing yet.
  public init() {}

  /// What it has counted until now.
  public var metrics: TaskMetrics { values.withLock { $0 } }

  /// Changes the counts.
  public func count(_ change: (inout TaskMetrics) -> Void) {
    values.withLock { change(&$0) }
  }
}
