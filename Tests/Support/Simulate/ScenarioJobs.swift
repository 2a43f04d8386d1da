internal import FlintChaos
internal import FlintSimulation
internal import FlintTesting
internal import Scenarios
internal import Synchronization

extension SimulationJob {
  private static let simulated = Scenarios.all.filter { $0.worlds.contains(.simulated) }

  /// One job for each scenario.
  static let eachScenario = simulated.map { scenario in
    SimulationJob(
      name: scenario.name,
      summary: "faults \(scenario.numbers.map(String.init).joined(separator: ", ")): \(scenario.summary)",
      plantedBugs: plantedBugs, timeLimit: .seconds(8 * 3600)
    ) { simulation in
      try await run(scenario, in: simulation)
    }
  }

  /// All scenarios, one a seed, again and again.
  static let scenarios = SimulationJob(
    name: "scenarios", summary: "all named scenarios, one a seed: \(simulated.count) of them",
    plantedBugs: plantedBugs,
    timeLimit: .seconds(8 * 3600),
    mustFire: simulated.map { "scenario.\($0.name)" }
  ) { simulation in
    let scenario = simulated[Int(simulation.seed % UInt64(simulated.count))]
    simulation.probe("scenario.\(scenario.name)")
    try await run(scenario, in: simulation)
  }

  private static func run(_ scenario: Scenario, in simulation: Simulation) async throws {
    plant(simulation.plantedBug)
    let taken = Mutex<[String: Int]>([:])
    FaultTokens.enter(
      FaultTokens.Stage { name in
        // A budget's path ends with its name.
        guard let budget = ScenarioJob.FailureBudget.allCases.first(where: { name.hasSuffix("/\($0.rawValue)") }),
          let limit = budget.tokenCount
        else { return true }
        return taken.withLock { taken in
          guard taken[name, default: 0] < limit else { return false }
          taken[name, default: 0] += 1
          return true
        }
      } trap: {
        simulation.trapActingProcess()
      })
    defer { FaultTokens.enter(nil) }
    try await ScenarioRun(scenario, in: simulation).run()
  }
}
