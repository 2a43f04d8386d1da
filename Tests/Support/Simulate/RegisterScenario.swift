internal import FlintCore
internal import FlintSimulation
internal import ReplicatedRegister

/// Three replicas and two or three clients, with faults while the clients work: first safety, whatever happens; then
/// everything is healed, and the clients must come to their end.
final class RegisterScenario: Sendable {
  let simulation: Simulation
  let replicas: [ReplicaHost]
  private let clients: [SimulatedHost]
  private let history = RegisterHistory()

  init(_ simulation: Simulation) {
    self.simulation = simulation
    simulation.network.conditions = RegisterScenario.conditions(simulation)
    simulation.network.setFraming(RegisterFrame.length)
    let bug = simulation.plantedBug.flatMap(RegisterBug.init(rawValue:))
    replicas = (0..<3).map { ReplicaHost(simulation.addHost("replica\($0)"), bug: bug) }
    clients = (0..<2 + simulation.choose(below: 2)).map { simulation.addHost("client\($0)") }
  }

  func run() async throws {
    for replica in replicas { replica.start() }
    let working = clients.enumerated().map { index, host in startClient(index + 1, on: host) }
    try await RegisterFaults(self, clients: clients).run(count: 2 + simulation.choose(below: 5))
    await heal()
    for client in working {
      let exit = try await client.waitForExit()
      try simulation.require(
        exit.isSuccess, "\(client.name) ended with \(exit): no majority answered after the healing")
    }
    let violation = Linearizability.violation(in: history.operations)
    try simulation.require(violation == nil, "not linearizable: \(violation ?? "")")
  }

  private func startClient(_ identity: Int, on host: SimulatedHost) -> SimulatedProcess {
    let replicas = replicas.map(\.endpoint)
    let bug = simulation.plantedBug.flatMap(RegisterBug.init(rawValue:))
    let (history, time) = (history, simulation.time)
    return host.start("client") { context, _ in
      let client = RegisterClient(context: context, identity: UInt64(identity), replicas: replicas, bug: bug)
      try await client.withConnections { client in
        try await RegisterWorkload(
          client: client, identity: UInt64(identity), context: context, history: history, time: time
        ).run(count: 12, limit: .seconds(120))
      }
      return 0
    }
  }

  /// Ends every fault and starts what is down, except for a replica whose disk forgot.
  private func heal() async {
    simulation.network.conditions = LinkConditions()
    simulation.network.heal()
    for replica in replicas { replica.repair() }
  }

  private static func conditions(_ simulation: Simulation) -> LinkConditions {
    var conditions = LinkConditions()
    conditions.lossPermille = simulation.choose(below: 80)
    conditions.duplicationPermille = simulation.choose(below: 50)
    conditions.reorderingPermille = simulation.choose(below: 50)
    conditions.corruptionPermille = simulation.choose(below: 10)
    conditions.resetPermille = simulation.choose(below: 10)
    conditions.spikePermille = simulation.choose(below: 30)
    conditions.cutting = [.asSent, .anywhere, .everyByte][simulation.choose(below: 3)]
    return conditions
  }
}
