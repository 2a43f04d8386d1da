internal import FlintCore
internal import FlintSimulation

/// Random faults between executors and driver, one after another.
struct TransportFaults {
  private enum Fault: CaseIterable {
    case crash, kill, pause, partition, oneWay, clog, halfOpen, cutAtByte, lateTimers
  }

  let scenario: TransportScenario
  var simulation: Simulation { scenario.simulation }

  func run(count: Int) async throws {
    for _ in 0..<count {
      try await simulation.time.sleep(for: simulation.choose(in: .milliseconds(10)...(.milliseconds(1500))))
      let fault = Fault.allCases[simulation.choose(below: Fault.allCases.count)]
      let executor = scenario.executors[simulation.choose(below: scenario.executors.count)]
      try await inject(fault, executor)
    }
  }

  private func inject(_ fault: Fault, _ executor: TransportNode) async throws {
    let network = simulation.network
    switch fault {
    case .crash, .kill, .pause: try await strike(fault, simulation.choose(below: 2) == 0 ? executor : scenario.driver)
    case .partition:
      simulation.probe("fault.partition")
      network.partition([scenario.driver.host], from: [executor.host])
    case .oneWay:
      simulation.probe("fault.one-way")
      network.cut(from: scenario.driver.host, to: executor.host)
    case .clog:
      simulation.probe("fault.clog")
      network.clog(
        from: executor.host, to: scenario.driver.host, for: simulation.choose(in: .milliseconds(100)...(.seconds(8))))
    case .halfOpen: network.swallowStreams(between: executor.host, and: scenario.driver.host)
    case .cutAtByte:
      simulation.probe("fault.cut-at-byte")
      network.breakStreams(
        between: executor.host, and: scenario.driver.host, afterBytes: simulation.choose(below: 300))
    case .lateTimers: executor.process?.delayTimers(upTo: .seconds(1))
    }
  }

  private func strike(_ fault: Fault, _ node: TransportNode) async throws {
    switch fault {
    case .crash:
      simulation.probe("fault.crash")
      node.host.crash()
    case .kill:
      simulation.probe("fault.kill")
      node.process?.kill()
    default:
      simulation.probe("fault.pause")
      node.process?.pause()
    }
    try await simulation.time.sleep(for: simulation.choose(in: .milliseconds(50)...(.seconds(9))))
    node.process?.resume()
    node.start()
  }
}
