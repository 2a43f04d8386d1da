import FlintChaos
import Scenarios

extension ProcessScenario {
  /// The scenarios whose one text runs in the simulated world and here.
  static let shared = Scenarios.all.filter { $0.worlds.contains(.processes) }.map { ProcessScenario($0) }

  private init(_ scenario: Scenario) {
    self.init(
      scenario.name, scenario.numbers, scenario.summary,
      needs: scenario.faults.contains { CallHarm($0.fault) != nil } ? [.preload] : []
    ) { arena in
      try await SharedRun(scenario, in: arena).run()
    }
  }
}
