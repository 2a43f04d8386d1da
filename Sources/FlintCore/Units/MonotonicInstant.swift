/// A point on a node's monotonic clock. Decisions use this and nothing else; two nodes' instants are not comparable.
public struct MonotonicInstant: InstantProtocol, Sendable, CustomStringConvertible {
  /// Nanoseconds since an arbitrary point in the past.
  public let nanoseconds: Int64

  public init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  public func advanced(by duration: Duration) -> MonotonicInstant {
    let (sum, overflow) = nanoseconds.addingReportingOverflow(duration.nanoseconds)
    return MonotonicInstant(nanoseconds: overflow ? (duration < .zero ? .min : .max) : sum)
  }

  public func duration(to other: MonotonicInstant) -> Duration {
    .nanoseconds(other.nanoseconds) - .nanoseconds(nanoseconds)
  }

  public static func < (left: MonotonicInstant, right: MonotonicInstant) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  /// Later than every instant that a clock can show: a wait that has no deadline of its own but an owner who ends it.
  public static let distantFuture = MonotonicInstant(nanoseconds: .max)

  public var description: String { "+\(Duration.nanoseconds(nanoseconds))" }
}
