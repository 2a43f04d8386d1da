internal import FlintCore
internal import FlintSimulation

/// A driver and two or three executors that talk while the network and they themselves fail; then everything is healed, and
/// they must come to their end, with nothing left.
final class TransportScenario: Sendable {
  let simulation: Simulation
  let driver: TransportNode
  let executors: [TransportNode]
  private let ledger = TransportLedger()

  init(_ simulation: Simulation) {
    self.simulation = simulation
    simulation.network.conditions = TransportScenario.conditions(simulation)
    let bug = simulation.plantedBug.flatMap(TransportBug.init(rawValue:))
    let (ledger, probe) = (ledger, { @Sendable (name: String) in simulation.probe(name) })
    var generator = ScenarioGenerator(simulation)
    // Each side has limits of its own; peers must agree on what both can take.
    let limits = (0..<4).map { _ in simulation.choose(below: 3) == 0 ? Limits() : Limits.hostile(using: &generator) }
    driver = TransportNode(simulation.addHost("driver")) { context in
      try await TransportDriver(context: context, limits: limits[0], ledger: ledger, bug: bug, probe: probe).run()
    }
    executors = (0..<2 + simulation.choose(below: 2)).map { index in
      let executor = ExecutorID(rawValue: UInt64(index))
      return TransportNode(simulation.addHost("executor\(index)")) { context in
        let identity = ExecutorIncarnation(executor: executor, number: context.randomness.next() >> 1)
        try await TransportExecutor(
          context: context, limits: limits[1 + index], ledger: ledger, identity: identity, bug: bug, probe: probe
        ).run()
      }
    }
  }

  func run() async throws {
    driver.start()
    for executor in executors { executor.start() }
    try await TransportFaults(scenario: self).run(count: 2 + simulation.choose(below: 5))
    heal()
    for executor in executors {
      guard let exit = try await executor.process?.waitForExit() else { continue }
      try simulation.require(
        exit.isSuccess, "\(executor.host.name) ended with \(exit): \(executor.process?.lastError ?? "")")
    }
    ledger.isOver = true
    let exit = try await driver.process?.waitForExit()
    try simulation.require(
      exit?.isSuccess ?? false, "the driver ended with \(String(describing: exit)): \(driver.process?.lastError ?? "")")
    let violation = ledger.violation
    try simulation.require(violation == nil, violation ?? "")
    let counts = ledger.counts
    simulation.note("\(counts.launched) launches arrived, \(counts.noted) statuses were noted")
    try simulation.require(counts.noted >= 6 * executors.count, "only \(counts.noted) statuses were noted")
  }

  private func heal() {
    simulation.network.conditions = LinkConditions()
    simulation.network.heal()
    for node in [driver] + executors {
      node.process?.resume()
      node.process?.delayTimers(upTo: .zero)
      node.start()
    }
  }

  private static func conditions(_ simulation: Simulation) -> LinkConditions {
    var conditions = LinkConditions()
    conditions.lossPermille = simulation.choose(below: 60)
    conditions.duplicationPermille = simulation.choose(below: 40)
    conditions.reorderingPermille = simulation.choose(below: 40)
    conditions.corruptionPermille = simulation.choose(below: 30)
    conditions.resetPermille = simulation.choose(below: 10)
    conditions.spikePermille = simulation.choose(below: 30)
    conditions.cutting = [.asSent, .anywhere, .everyByte][simulation.choose(below: 3)]
    conditions.window = [256 * 1024, 500][simulation.choose(below: 2)]
    return conditions
  }
}

/// The scenario's choices as a generator.
struct ScenarioGenerator: RandomNumberGenerator {
  private let simulation: Simulation

  init(_ simulation: Simulation) { self.simulation = simulation }

  func next() -> UInt64 {
    (0..<4).reduce(0) { number, _ in number << 16 | UInt64(simulation.choose(below: 1 << 16)) }
  }
}
