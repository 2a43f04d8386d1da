internal import FlintSimulation

extension SimulationJob {
  /// The blocks of one node on a disk that does everything wrong that disks do.
  static let blocks = SimulationJob(
    name: "blocks",
    summary: "blocks on disk are read as they were written or not at all, whatever happens to disk and process",
    plantedBugs: Dictionary(uniqueKeysWithValues: CarelessFiles.Bug.allCases.map { ($0.rawValue, $0.effect) }),
    timeLimit: .seconds(600),
    mustFire: [
      "disk.disk-full", "disk.input-output", "disk.writes-lost", "disk.torn-write", "disk.names-lost",
      "disk.bit-flipped", "fault.crash", "fault.kill", "fault.full-disk", "blocks.flipped-refused",
      "blocks.swapped-refused", "blocks.torn-refused", "blocks.lost", "blocks.unfinished-removed",
    ]
  ) { simulation in
    try await BlocksScenario(simulation).run()
  }
}
