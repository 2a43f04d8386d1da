#if FLINT_PLANTED_RUNTIME
  internal import FlintCore
#endif
internal import FlintSimulation
internal import FlintTesting

extension SimulationJob {
  /// Random jobs on random clusters under random faults.
  static let swarm = SimulationJob(
    name: "swarm",
    summary: "random lineages on random clusters under random faults: the right answer or a reason, and nothing left",
    plantedBugs: harmlessBugs,
    timeLimit: .seconds(8 * 3600),
    mustFire: SwarmSource.allCases.map { "source.\($0.rawValue)" } + SwarmStep.all.map { "step.\($0.name)" }
      + SwarmAction.all.map { "action.\($0.name)" } + FaultChance.names.map { "fault.\($0)" }
      + ["executor.again", "job.answered", "job.failed"]
  ) { simulation in
    plant(simulation.plantedBug)
    try await SwarmRun(simulation: simulation).run()
  }

  /// The bugs that this build of the runtime can be given: none, in the one that everybody uses.
  static var plantedBugs: [String: String] {
    #if FLINT_PLANTED_RUNTIME
      Dictionary(uniqueKeysWithValues: RuntimeBug.allCases.map { ($0.rawValue, $0.effect) })
    #else
      [:]
    #endif
  }

  /// Those under which no user code gets bytes that nobody has checked: its sums could trap, and with them the whole simulation.
  private static var harmlessBugs: [String: String] {
    plantedBugs.filter { !["block-checksum-ignored", "body-checksum-ignored"].contains($0.key) }
  }

  /// Gives the runtime the bug that a run is to have.
  static func plant(_ bug: String?) {
    #if FLINT_PLANTED_RUNTIME
      RuntimeBug.plant(bug.flatMap { RuntimeBug(rawValue: $0) })
    #endif
  }
}
