public import FlintCore
internal import Synchronization

/// What clients did to the register and when, on one clock that all of them share.
public final class RegisterHistory: Sendable {
  /// One operation: the span of time in which it took effect at some moment, and the value read or written.
  public struct Operation: Sendable {
    public let isWrite: Bool
    public let value: UInt64
    public let start: MonotonicInstant
    /// Nil for a write of which nobody knows whether it took effect.
    public let end: MonotonicInstant?

    public init(isWrite: Bool, value: UInt64, start: MonotonicInstant, end: MonotonicInstant?) {
      self.isWrite = isWrite
      self.value = value
      self.start = start
      self.end = end
    }
  }

  private let recorded = Mutex<[Operation]>([])

  public init() {}

  public var operations: [Operation] { recorded.withLock { $0 } }

  public func record(_ operation: Operation) { recorded.withLock { $0.append(operation) } }
}
