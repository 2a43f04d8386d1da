internal import FlintCore

/// True virtual time, as scenarios see it.
struct WorldTime: TimeSource {
  private let engine: Confined<Engine>

  init(engine: Engine) {
    self.engine = Confined(engine)
  }

  var now: MonotonicInstant { MonotonicInstant(nanoseconds: engine.value.now) }
  var wallTime: WallTime { WallTime(microseconds: (SimulatedTime.wallEpoch + engine.value.now) / 1000) }

  func sleep(until deadline: MonotonicInstant) async throws {
    try await engine.value.sleep(until: deadline.nanoseconds)
  }
}
