internal import FlintCore

/// The TimeSource seam of a simulated process: virtual time, seen through the clocks of its process and its host.
struct SimulatedTime: TimeSource {
  private let process: Confined<ProcessState>
  private let host: Confined<HostState>
  private let engine: Confined<Engine>

  init(process: ProcessState, host: HostState, engine: Engine) {
    self.process = Confined(process)
    self.host = Confined(host)
    self.engine = Confined(engine)
  }

  var now: MonotonicInstant { process.value.clock.now }

  var wallTime: WallTime {
    WallTime(microseconds: (SimulatedTime.wallEpoch + engine.value.now + host.value.wallOffset) / 1000)
  }

  func sleep(until deadline: MonotonicInstant) async throws {
    let (clock, engine) = (process.value.clock, engine.value)
    var time = clock.virtualTime(of: deadline)
    if clock.lateness > .zero, time < .max / 2 {
      time = max(time, engine.now) + engine.chances.duration(in: .zero...clock.lateness).nanoseconds
    }
    try await engine.sleep(until: time)
  }

  /// 2030-01-01T00:00:00Z in nanoseconds: where the wall clocks of a simulation begin.
  static let wallEpoch: Int64 = 1_893_456_000_000_000_000
}
