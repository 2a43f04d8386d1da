internal import FlintCore

/// The TimeSource seam of a simulated process: virtual time, seen through the clocks of its process and its host.
struct SimulatedTime: TimeSource {
  private let process: Confined<ProcessState>

  init(process: ProcessState) {
    self.process = Confined(process)
  }

  var now: MonotonicInstant { process.value.clock.now }

  var wallTime: WallTime {
    let host = process.value.host
    return WallTime(microseconds: (SimulatedTime.wallEpoch + host.world.engine.now + host.wallOffset) / 1000)
  }

  func sleep(until deadline: MonotonicInstant) async throws {
    let process = process.value
    let time = process.clock.virtualTime(of: deadline)
    guard process.clock.lateness > .zero, time < .max / 2 else {
      return try await process.world.engine.sleep(until: time)
    }
    let late = process.world.random.duration(in: .zero...process.clock.lateness)
    try await process.world.engine.sleep(until: max(time, process.world.engine.now) + late.nanoseconds)
  }

  /// 2030-01-01T00:00:00Z in nanoseconds: where the wall clocks of a simulation begin.
  static let wallEpoch: Int64 = 1_893_456_000_000_000_000
}
