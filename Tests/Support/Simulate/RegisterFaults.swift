internal import FlintCore
internal import FlintSimulation

/// A plan of random faults against the register's cluster. It leaves one path to success: what is broken for good is at
/// most one replica.
struct RegisterFaults {
  private enum Fault: CaseIterable {
    case crash, kill, pause, partition, oneWay, clog, halfOpen, cutAtByte, diskError, diskFull, slowDisk, bitFlip
    case clock, lateTimers
  }

  private let scenario: RegisterScenario
  private let simulation: Simulation
  private let clients: [SimulatedHost]

  init(_ scenario: RegisterScenario, clients: [SimulatedHost]) {
    self.scenario = scenario
    simulation = scenario.simulation
    self.clients = clients
  }

  /// Does `count` faults, one after another, each ended before the run goes on or left for the healing.
  func run(count: Int) async throws {
    for _ in 0..<count {
      try await simulation.time.sleep(for: simulation.choose(in: .milliseconds(10)...(.milliseconds(800))))
      let fault = Fault.allCases[simulation.choose(below: Fault.allCases.count)]
      let replica = scenario.replicas[simulation.choose(below: scenario.replicas.count)]
      let client = clients[simulation.choose(below: clients.count)]
      try await inject(fault, into: replica, client)
    }
  }

  private func inject(_ fault: Fault, into replica: ReplicaHost, _ client: SimulatedHost) async throws {
    switch fault {
    case .crash, .kill, .pause: try await strike(fault, replica)
    case .partition, .oneWay, .clog, .halfOpen, .cutAtByte: breakNetwork(fault, replica, client)
    case .diskError, .diskFull, .slowDisk, .bitFlip: try await breakDisk(fault, of: replica)
    case .clock:
      simulation.probe("fault.clock")
      replica.host.jumpWallClock(by: simulation.choose(below: 2) == 0 ? .seconds(-3600) : .seconds(3600))
    case .lateTimers: replica.process?.delayTimers(upTo: .seconds(1))
    }
  }

  private func strike(_ fault: Fault, _ replica: ReplicaHost) async throws {
    switch fault {
    case .crash:
      // Most moments find the disk at rest: wait for one at which a crash loses something.
      if try await simulation.reaches(within: .seconds(1), { replica.host.disk.hasUnsyncedChanges }) {
        try await simulation.time.sleep(for: simulation.choose(in: .zero...(.milliseconds(2))))
      }
      simulation.probe("fault.crash")
      replica.host.crash()
    case .kill:
      simulation.probe("fault.kill")
      replica.process?.kill()
    default:
      simulation.probe("fault.pause")
      replica.process?.pause()
    }
    try await simulation.time.sleep(for: simulation.choose(in: .milliseconds(50)...(.seconds(2))))
    replica.process?.resume()
    if !replica.isCorrupt { replica.start() }
  }

  private func breakNetwork(_ fault: Fault, _ replica: ReplicaHost, _ client: SimulatedHost) {
    let network = simulation.network
    switch fault {
    case .partition:
      simulation.probe("fault.partition")
      network.partition([replica.host], from: clients)
    case .oneWay:
      simulation.probe("fault.one-way")
      network.cut(from: replica.host, to: client)
    case .clog:
      simulation.probe("fault.clog")
      network.clog(
        from: client, to: replica.host, for: simulation.choose(in: .milliseconds(100)...(.seconds(5))))
    case .halfOpen: network.swallowStreams(between: replica.host, and: client)
    default:
      simulation.probe("fault.cut-at-byte")
      network.breakStreams(between: replica.host, and: client, afterBytes: simulation.choose(below: 100))
    }
  }

  private func breakDisk(_ fault: Fault, of replica: ReplicaHost) async throws {
    let disk = replica.host.disk
    switch fault {
    case .diskError:
      let operations: [DiskFaults.Operation] = [.open, .write, .synchronize, .rename, .synchronizeDirectory]
      disk.order(
        .init(
          .inputOutput, atCall: 1 + simulation.choose(below: 4),
          of: operations[simulation.choose(below: operations.count)]))
    case .diskFull: disk.order(.init(.diskFull, atCall: 1 + simulation.choose(below: 4), of: .write))
    case .slowDisk:
      simulation.probe("fault.slow-disk")
      disk.faults.latency = .milliseconds(1)...(.seconds(1))
    default:
      // Two replicas that forgot could outvote the third.
      guard !scenario.replicas.contains(where: \.isCorrupt) else { return }
      replica.host.crash()
      let isCorrupt = replica.corrupt(byte: simulation.choose(below: 28), bit: simulation.choose(below: 8))
      replica.start()
      guard isCorrupt else { return }
      simulation.probe("fault.corrupt-replica")
      guard let exit = try await replica.process?.waitForExit() else { return }
      try simulation.require(!exit.isSuccess, "a replica served a damaged value")
    }
  }
}
