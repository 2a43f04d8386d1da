internal import FlintCore
internal import FlintSimulation

/// A driver, three machines with an executor each, and a text.
struct WordCountScenario {
  private static let executorCount = 3
  private let simulation: Simulation
  private let driver: SimulatedHost
  private let machines: [SimulatedHost]

  init(_ simulation: Simulation) {
    self.simulation = simulation
    driver = simulation.addHost("driver")
    machines = (0..<Self.executorCount).map { simulation.addHost("executor\($0)") }
  }

  func run() async throws {
    let lines = text()
    let limits = Limits()
    let main = driver.start("driver") { context, _ in
      try await WordCountDriver.run(lines, executorCount: Self.executorCount, limits: limits, context)
      return 0
    }
    var executors: [SimulatedProcess] = []
    for (index, machine) in machines.enumerated() {
      let id = ExecutorID(rawValue: UInt64(index))
      machine.start("files") { context, _ in
        try await WordCountExecutor.serveFiles(of: id, limits: limits, context)
        return 0
      }
      executors.append(
        machine.start("executor") { context, _ in
          try await WordCountExecutor.run(ExecutorIncarnation(executor: id, number: 0), limits: limits, context)
          return 0
        })
    }
    let exit = try await main.waitForExit()
    try simulation.require(exit.isSuccess, "the driver ended with \(exit): \(main.lastError ?? "")")
    for executor in executors {
      let exit = try await executor.waitForExit()
      try simulation.require(exit.isSuccess, "\(executor.name) ended with \(exit): \(executor.lastError ?? "")")
    }
  }

  private func text() -> [String] {
    (0..<20 + simulation.choose(below: 60)).map { _ in
      (0..<simulation.choose(below: 12)).map { _ in "w\(simulation.choose(below: 50))" }.joined(separator: " ")
    }
  }
}
