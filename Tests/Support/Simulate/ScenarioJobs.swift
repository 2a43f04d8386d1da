internal import FlintChaos
internal import FlintCore
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
    mustFire: simulated.map { "scenario.\($0.name)" }, subject: { scenario(of: $0).name }
  ) { simulation in
    let scenario = scenario(of: simulation.seed)
    simulation.probe("scenario.\(scenario.name)")
    try await run(scenario, in: simulation)
  }

  private static func scenario(of seed: UInt64) -> Scenario { simulated[Int(seed % UInt64(simulated.count))] }

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
      } awaitTaken: { name in
        while taken.withLock({ $0[name] == nil }) { try await simulation.time.sleep(for: .milliseconds(10)) }
      } trap: {
        simulation.trapActingProcess()
      } standStill: {
        // In a Swift task of its own: nobody cancels that.
        await Task { try? await simulation.time.sleep(for: .seconds(24 * 3600)) }.value
      })
    defer { FaultTokens.enter(nil) }
    try await ScenarioRun(scenario, in: simulation).run()
  }
}
