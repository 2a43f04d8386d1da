internal import Synchronization

/// Keeps the last lines of a log, for tests and for reports of a failure.
public final class MemoryLogHandler: LogHandler {
  private let capacity: Int
  private let kept = Mutex<[LogEvent]>([])

  /// A handler that keeps the last `capacity` lines, at least one.
  public init(capacity: Int = 1000) {
    precondition(capacity > 0, "a log of \(capacity) lines keeps nothing")
    self.capacity = capacity
  }

  /// The lines that are kept, the oldest first.
  public var events: [LogEvent] { kept.withLock { $0.suffix(capacity) } }

  /// Keeps the line, and lets the oldest go when there are too many.
  public func log(_ event: LogEvent) {
    kept.withLock { events in
      // Half of the array goes at once, so that a line costs the same however many are kept.
      if events.count == 2 * capacity { events.removeFirst(capacity) }
      events.append(event)
    }
  }
}
