/// Seam: the clock of one node.
public protocol TimeSource: Sendable {
  /// The node's monotonic time: never goes back, stands still for nobody.
  var now: MonotonicInstant { get }

  /// Calendar time, for people to read. No decision may depend on it.
  var wallTime: WallTime { get }

  /// Returns once ``now`` has reached `deadline`, never earlier.
  ///
  /// Throws `CancellationError` at once when the current Swift task is cancelled.
  func sleep(until deadline: MonotonicInstant) async throws
}

extension TimeSource {
  /// Returns after `duration`; throws `CancellationError` at once when the current Swift task is cancelled.
  public func sleep(for duration: Duration) async throws {
    try await sleep(until: now.advanced(by: duration))
  }
}
