internal import FlintCore

/// All that a simulation holds besides its engine: hosts, processes, the network, and what was counted.
final class World {
  let engine: Engine
  let network: NetworkState
  /// Draws for network, disks and clocks; apart from the engine's, so that a fault does not shift every later choice.
  var random: SplitMix64
  var hosts: [HostState] = []
  var processes: [ProcessState] = []
  /// What the processes' launchers can start, by path.
  var programs: [FilePath: SimulatedProgram] = [:]
  /// How often each rare path was taken, by name.
  var probes: [String: Int] = [:]

  init(seed: UInt64) {
    var root = SplitMix64(seed: seed)
    engine = Engine(seed: root.next())
    random = SplitMix64(seed: root.next())
    network = NetworkState(random: SplitMix64(seed: root.next()))
    network.world = self
    engine.liveliness = { [unowned self] owner in
      owner == .world ? .running : processes[Int(owner.process)].liveliness
    }
  }

  func probe(_ name: String) {
    probes[name, default: 0] += 1
  }

  /// Adds a line to the trace's text and its facts to the hash.
  func note(_ kind: TraceEvent, _ first: UInt64, _ second: UInt64 = 0, _ text: @autoclosure () -> String) {
    engine.trace.add(kind, at: engine.now, first, second)
    guard let record = engine.trace.record else { return }
    record(World.stamp(engine.now) + " " + text())
  }

  /// Virtual time as seconds with microseconds, in a column.
  static func stamp(_ nanoseconds: Int64) -> String {
    let micros = String(nanoseconds / 1000 % 1_000_000)
    let seconds = String(nanoseconds / 1_000_000_000)
    let padding = String(repeating: " ", count: max(0, 5 - seconds.count))
    return padding + seconds + "." + String(repeating: "0", count: 6 - micros.count) + micros
  }
}
