/// A point on a node's monotonic clock. Decisions use this and nothing else; two nodes' instants are not comparable.
public struct MonotonicInstant: InstantProtocol, Sendable, CustomStringConvertible {
  /// Nanoseconds since an arbitrary point in the past.
  public let nanoseconds: Int64

  /// The point `nanoseconds` after that one.
  public init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  /// The point `duration` later, or the first or last of all where 64 bits end.
  public func advanced(by duration: Duration) -> MonotonicInstant {
    let (sum, overflow) = nanoseconds.addingReportingOverflow(duration.nanoseconds)
    return MonotonicInstant(nanoseconds: overflow ? (duration < .zero ? .min : .max) : sum)
  }

  /// The time from this point to `other`; negative when `other` is earlier.
  public func duration(to other: MonotonicInstant) -> Duration {
    .nanoseconds(other.nanoseconds) - .nanoseconds(nanoseconds)
  }

  /// The earlier one is less.
  public static func < (left: MonotonicInstant, right: MonotonicInstant) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  /// Later than every instant that a clock can show: a wait that has no deadline of its own but an owner who ends it.
  public static let distantFuture = MonotonicInstant(nanoseconds: .max)

  /// The time since the arbitrary point.
  public var description: String { "+\(Duration.nanoseconds(nanoseconds))" }
}
