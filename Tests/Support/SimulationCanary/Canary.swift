internal import FlintCore
internal import FlintSimulation

/// Asks the toolchain of today whether the simulation still holds everything.
enum Canary {
  /// Runs each construct in a simulation of its own. Returns the exit code: 0 when all are captured.
  static func probeConstructs() -> Int32 {
    guard enter(allowsSwiftClocks: true) else { return 2 }
    var leakCount = 0
    for construct in Construct.all {
      let witness = Witness()
      let job = SimulationJob(name: construct.name, summary: "", timeLimit: .seconds(60)) { simulation in
        try await probe(construct, witness, simulation)
      }
      let outcome = job.run(seed: 1)
      print(outcome.failure == nil ? "CAPTURED \(construct.name)" : "LEAK \(construct.name): \(outcome.failure ?? "")")
      if outcome.failure != nil { leakCount += 1 }
    }
    print("\(Construct.all.count - leakCount) of \(Construct.all.count) constructs captured")
    return leakCount == 0 ? 0 : 1
  }

  private static func probe(_ construct: Construct, _ witness: Witness, _ simulation: Simulation) async throws {
    let start = simulation.time.now
    await Task.detached { await construct.body(witness) }.value
    let elapsed = start.duration(to: simulation.time.now)
    let foreign = witness.foreignThreadCount
    try simulation.require(witness.count > 0, "it never ran")
    try simulation.require(foreign == 0, "\(foreign) steps ran on other threads")
    // The last nanosecond gets lost between Swift's clocks and the executor.
    let shortest = construct.sleeps - .microseconds(1)
    try simulation.require(elapsed >= shortest, "slept \(elapsed) of virtual time instead of \(construct.sleeps)")
  }

  /// Lets `name` escape. Returns only when nobody noticed.
  static func letEscape(_ name: String) -> Int32 {
    guard let escape = Escape.all.first(where: { $0.name == name }) else {
      print("unknown escape \(name)")
      return 2
    }
    guard enter(allowsSwiftClocks: false) else { return 2 }
    let job = SimulationJob(name: name, summary: "", timeLimit: .seconds(60)) { _ in await escape.body() }
    let outcome = job.run(seed: 1)
    print("NOT NOTICED: \(name); the run says: \(outcome.failure ?? "passed")")
    return 0
  }

  private static func enter(allowsSwiftClocks: Bool) -> Bool {
    do {
      try SimulationProcess.enter(allowsSwiftClocks: allowsSwiftClocks)
      return true
    } catch {
      print(error.what, error.why ?? "")
      return false
    }
  }
}
