public import FlintCore
internal import FlintWire

/// What the time asks of a connection.
extension ConnectionMachine {
  /// What is to be done now.
  public struct Waking: Hashable, Sendable {
    /// Nothing was sent for a while: send a heartbeat.
    public internal(set) var beats = false
    /// These requests will not be answered in time: tell whoever waits, and the peer.
    public internal(set) var expired: [RequestID] = []
    /// End the connection.
    public internal(set) var closes: CloseReason?
  }

  /// When it wants to be woken, at the latest; sooner as soon as a request begins with an earlier deadline.
  public var nextWake: MonotonicInstant {
    min(clock.nextWake, MonotonicInstant(nanoseconds: requests.earliestDeadline))
  }

  /// Takes in that it is `now`. It was to be woken at `due`; `queued` bytes wait to be sent, and the system has `taken` so
  /// many so far.
  public mutating func wake(
    now: MonotonicInstant, due: MonotonicInstant, queued: Int, taken: UInt64
  ) -> Waking {
    if case .over = phase { return Waking() }
    let verdict = clock.wake(now: now, due: due, queued: queued, taken: taken)
    if let reason = verdict.reason {
      return Waking(closes: end(reason) ? reason : nil)
    }
    return Waking(beats: verdict.beats, expired: requests.expire(at: now.nanoseconds))
  }

  /// Bytes of the peer have arrived.
  mutating func noteReceived() { clock.hasHeard = true }

  /// A connection that leaves is over by then, whatever is left.
  mutating func setLeaveDeadline(_ deadline: MonotonicInstant) { clock.leaveDeadline = deadline }
}
