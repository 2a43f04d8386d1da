internal import FlintCore

/// What a connection knows of time: when it last heard of its peer, and since when nothing was taken of what it sends.
///
/// It looks at the clock when it is woken, not with every frame; between two wakings flags remember what happened.
struct ConnectionClock: Sendable {
  private let interval: Duration
  private let silence: Duration
  private let writeDeadline: Duration
  /// By then the handshake is over; nil afterwards.
  private(set) var handshakeDeadline: MonotonicInstant?
  /// By then a connection that leaves is over.
  var leaveDeadline: MonotonicInstant?
  var peerIsLeaving = false

  /// Something was received, or sent, since the last waking.
  var hasHeard = false
  var hasSent = false
  private var heardAt: MonotonicInstant
  private var progressAt: MonotonicInstant
  private var takenBefore: UInt64 = 0
  /// When the next heartbeat is due.
  private var beat: MonotonicInstant

  /// - Parameter isToDriver: it is an executor's to its driver, which is waited for longer.
  init(limits: Limits, now: MonotonicInstant, isToDriver: Bool = false) {
    interval = limits.heartbeatInterval
    silence = isToDriver ? limits.driverSilence : limits.fencedAfter
    writeDeadline = limits.writeDeadline
    handshakeDeadline = now.advanced(by: limits.handshakeDeadline)
    heardAt = now
    progressAt = now
    beat = now.advanced(by: interval)
  }

  mutating func open() {
    handshakeDeadline = nil
    hasHeard = true
  }

  /// When it wants to be woken next.
  var nextWake: MonotonicInstant {
    if let handshakeDeadline { return handshakeDeadline }
    return min(beat, leaveDeadline ?? .distantFuture)
  }

  /// What the time asks for.
  struct Verdict: Hashable, Sendable {
    var beats = false
    var reason: CloseReason?
  }

  /// Takes in that it is `now`, which was to be `due`; that `queued` bytes wait to be sent, and how many were `taken` so
  /// far.
  mutating func wake(now: MonotonicInstant, due: MonotonicInstant, queued: Int, taken: UInt64) -> Verdict {
    if let handshakeDeadline {
      return Verdict(reason: now >= handshakeDeadline ? .handshakeStalled : nil)
    }
    if let leaveDeadline, now >= leaveDeadline { return Verdict(reason: .closed) }
    // Whoever was late himself, since his process stood still, cannot blame the peer for that time.
    let lateness = due.duration(to: now)
    if lateness > interval / 2 {
      heardAt = min(now, heardAt.advanced(by: lateness))
      progressAt = min(now, progressAt.advanced(by: lateness))
    }
    if hasHeard { heardAt = now }
    if queued == 0 || taken != takenBefore { progressAt = now }
    hasHeard = false
    takenBefore = taken
    #if FLINT_PLANTED_RUNTIME
      if RuntimeBug.has(.silentPeerKept) { (heardAt, progressAt) = (now, now) }
    #endif
    if heardAt.duration(to: now) >= silence { return Verdict(reason: .silent) }
    if progressAt.duration(to: now) >= writeDeadline { return Verdict(reason: .writeStalled) }
    guard now >= beat else { return Verdict() }
    defer { hasSent = false }
    beat = now.advanced(by: interval)
    return Verdict(beats: !hasSent)
  }
}
