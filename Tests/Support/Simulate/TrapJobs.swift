internal import FlintCore
internal import FlintSimulation

extension SimulationJob {
  /// Jobs that must fail: each breaks one thing that a simulation promises to notice.
  static let traps = [
    SimulationJob(name: "trap-standstill", summary: "must fail: waits for what nobody does") { simulation in
      let host = simulation.addHost("alone")
      let process = host.start("waiter") { context, _ in
        let listener = try await context.network.listen(at: .tcp(host: "alone", port: 1)) { $0.abort() }
        let (stream, continuation) = AsyncStream<Never>.makeStream()
        for await _ in stream {}
        withExtendedLifetime((listener, continuation)) {}
        return 0
      }
      _ = try await process.waitForExit()
    },
    SimulationJob(name: "trap-hang", summary: "must fail: goes on beyond its time limit", timeLimit: .seconds(10)) {
      simulation in
      while true { try await simulation.time.sleep(for: .milliseconds(10)) }
    },
    SimulationJob(name: "trap-circles", summary: "must fail: runs for ever without time passing") { _ in
      while true { await Task.yield() }
    },
    SimulationJob(name: "trap-probe", summary: "must fail: a fault that it names never happens", mustFire: ["never"]) {
      simulation in
      try await simulation.time.sleep(for: .milliseconds(1))
    },
    SimulationJob(name: "trap-stubborn", summary: "must fail: a process does not end when it is cancelled") {
      simulation in
      simulation.addHost("alone").start("stubborn") { context, _ in
        while true { try? await context.time.sleep(for: .seconds(1)) }
      }
      try await simulation.time.sleep(for: .seconds(1))
    },
  ]
}
