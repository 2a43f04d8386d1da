internal import FlintCore
internal import FlintSimulation
internal import ReplicatedRegister

extension SimulationJob {
  /// The guinea pig of the simulation: a register on three replicas, under every fault that the simulation knows.
  static let register = SimulationJob(
    name: "register",
    summary: "a register on three replicas stays linearizable under faults of network, disks, clocks and processes",
    plantedBugs: Dictionary(uniqueKeysWithValues: RegisterBug.allCases.map { ($0.rawValue, $0.effect) }),
    timeLimit: .seconds(600),
    mustFire: [
      "network.lost", "network.duplicated", "network.reordered", "network.corrupted", "network.held",
      "network.reset", "network.refused", "network.half-open", "disk.input-output", "disk.disk-full",
      "disk.writes-lost", "disk.torn-write", "disk.names-lost", "disk.bit-flipped", "fault.crash", "fault.kill",
      "fault.pause", "fault.partition", "fault.one-way", "fault.clog", "fault.cut-at-byte", "fault.clock",
      "fault.slow-disk", "fault.corrupt-replica",
    ]
  ) { simulation in
    try await RegisterScenario(simulation).run()
  }
}
