internal import FlintCore
internal import FlintSimulation
internal import Synchronization

/// A driver, three machines with an executor each, and a text.
struct WordCountScenario {
  private static let executorCount = 3
  private let simulation: Simulation
  private let driver: SimulatedHost
  private let machines: [SimulatedHost]
  private let running = RunningExecutors()

  init(_ simulation: Simulation) {
    self.simulation = simulation
    driver = simulation.addHost("driver")
    machines = (0..<Self.executorCount).map { simulation.addHost("executor\($0)") }
  }

  func run() async throws {
    let lines = text()
    let isCalm = simulation.choose(below: 4) == 0
    let main = driver.start("driver") { [simulation] context, _ in
      do {
        try await WordCountDriver.run(lines, executorCount: Self.executorCount, context)
      } catch let error as FlintError where !isCalm && error.code != .simulationFailed {
        simulation.probe("job.failed")
        simulation.note("the job failed: \(error)")
      }
      return 0
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in machines.indices { group.addTask { try await keepRunning(index, while: main) } }
      if !isCalm { try await harm(main) }
      let exit = try await main.waitForExit()
      try simulation.require(exit.isSuccess, "the driver ended with \(exit): \(main.lastError ?? "")")
      try await group.waitForAll()
    }
  }

  /// Starts the executor of a machine again and again, each time as the next incarnation. Each of them ends by itself.
  private func keepRunning(_ index: Int, while main: SimulatedProcess) async throws {
    let id = ExecutorID(rawValue: UInt64(index))
    let files = machines[index].start("files") { context, _ in
      try await WordCountExecutor.serveFiles(of: id, context)
      return 0
    }
    var number: UInt64 = 0
    while main.exit == nil {
      let incarnation = ExecutorIncarnation(executor: id, number: number)
      let process = machines[index].start("executor") { context, _ in
        try await WordCountExecutor.run(incarnation, context)
        return 0
      }
      running.note(process, on: machines[index].name)
      _ = try await process.waitForExit()
      if main.exit == nil, number > 0 { simulation.probe("executor.again") }
      number += 1
      try await simulation.time.sleep(for: .milliseconds(20))
    }
    files.kill()
  }

  /// Harms network and executors for a while, then heals everything.
  private func harm(_ main: SimulatedProcess) async throws {
    let network = simulation.network
    var conditions = LinkConditions()
    conditions.lossPermille = simulation.choose(below: 20)
    conditions.resetPermille = simulation.choose(below: 6)
    network.conditions = conditions
    for _ in 0..<1 + simulation.choose(below: 4) {
      try await simulation.time.sleep(for: simulation.choose(in: .milliseconds(1)...(.milliseconds(20))))
      let machine = machines[simulation.choose(below: machines.count)]
      switch simulation.choose(below: 4) {
      case 0:
        simulation.probe("fault.kill")
        running.kill(machine.name)
      case 1:
        simulation.probe("fault.partition")
        network.partition([driver], from: [machine])
      case 2:
        simulation.probe("fault.cut")
        network.cut(from: machine, to: machines[simulation.choose(below: machines.count)])
      default:
        simulation.probe("fault.broken-stream")
        network.breakStreams(between: machine, and: driver, afterBytes: simulation.choose(below: 300))
      }
    }
    try await simulation.time.sleep(for: simulation.choose(in: .milliseconds(1)...(.seconds(40))))
    network.conditions = LinkConditions()
    network.heal()
  }

  private func text() -> [String] {
    (0..<20 + simulation.choose(below: 60)).map { _ in
      (0..<simulation.choose(below: 12)).map { _ in "w\(simulation.choose(below: 50))" }.joined(separator: " ")
    }
  }
}

/// The newest process of each machine's executor, to be killed.
private final class RunningExecutors: Sendable {
  private let processes = Mutex<[String: SimulatedProcess]>([:])

  func note(_ process: SimulatedProcess, on machine: String) { processes.withLock { $0[machine] = process } }

  func kill(_ machine: String) { processes.withLock { $0[machine] }?.kill() }
}
