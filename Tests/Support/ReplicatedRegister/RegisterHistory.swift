package import FlintCore
internal import Synchronization

/// What clients did to the register and when, on one clock that all of them share.
package final class RegisterHistory: Sendable {
  /// One operation: the span of time in which it took effect at some moment, and the value read or written.
  package struct Operation: Sendable {
    package let isWrite: Bool
    package let value: UInt64
    package let start: MonotonicInstant
    /// Nil for a write of which nobody knows whether it took effect.
    package let end: MonotonicInstant?

    package init(isWrite: Bool, value: UInt64, start: MonotonicInstant, end: MonotonicInstant?) {
      self.isWrite = isWrite
      self.value = value
      self.start = start
      self.end = end
    }
  }

  private let recorded = Mutex<[Operation]>([])

  package init() {}

  package var operations: [Operation] { recorded.withLock { $0 } }

  package func record(_ operation: Operation) { recorded.withLock { $0.append(operation) } }
}
