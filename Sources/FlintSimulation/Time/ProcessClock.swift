internal import FlintCore

/// The clock of one simulated process: its monotonic time starts anywhere and runs a little fast or slow.
final class ProcessClock {
  private let engine: Engine
  /// What the monotonic clock showed when the simulation began.
  private let offset: Int64
  /// How much faster than true time it runs, in parts per million.
  private let driftPerMillion: Int64
  /// The longest that a timer of this process may be late.
  var lateness: Duration = .zero

  init(engine: Engine, offset: Int64, driftPerMillion: Int64) {
    self.engine = engine
    self.offset = offset
    self.driftPerMillion = driftPerMillion
  }

  var now: MonotonicInstant {
    MonotonicInstant(nanoseconds: offset + scaled(engine.now, by: 1_000_000 + driftPerMillion, over: 1_000_000))
  }

  /// The first moment of virtual time at which ``now`` is not before `instant`.
  func virtualTime(of instant: MonotonicInstant) -> Int64 {
    guard instant.nanoseconds < Int64.max / 4 else { return .max }
    let wanted = instant.nanoseconds - offset
    guard wanted > 0 else { return 0 }
    var time = scaled(wanted, by: 1_000_000, over: 1_000_000 + driftPerMillion)
    while scaled(time, by: 1_000_000 + driftPerMillion, over: 1_000_000) < wanted { time += 1 }
    return time
  }

  private func scaled(_ time: Int64, by factor: Int64, over divisor: Int64) -> Int64 {
    factor == divisor ? time : Int64(Int128(time) * Int128(factor) / Int128(divisor))
  }
}
