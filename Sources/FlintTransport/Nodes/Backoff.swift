public import FlintCore

/// How long to wait before the next try: twice as long after each failure, and never as long as others wait.
public struct Backoff: Sendable {
  private let shortest: Duration
  private let longest: Duration
  private var next: Duration

  /// Waits between the limits' `redialAfter` and `redialAtMost`.
  public init(limits: Limits) {
    shortest = limits.redialAfter
    longest = limits.redialAtMost
    next = shortest
  }

  /// The wait after one more failure: between half of the current one and all of it, as `random` says.
  public mutating func wait(random: UInt64) -> Duration {
    let whole = next
    next = min(next * 2, longest)
    let half = max(whole.nanoseconds / 2, 1)
    return .nanoseconds(whole.nanoseconds - Int64(random % UInt64(half)))
  }

  /// A try has succeeded and lasted.
  public mutating func reset() { next = shortest }
}
