import FlintCore
import FlintSupervisor

extension ProcessScenario {
  static let drivers = [
    ProcessScenario(
      "kill-driver", [10], "the driver dies in a job: its executors end, no output is there, the next one cleans up"
    ) { arena in
      let sums = try await arena.sums(gate: "--reduce-gate", settings: [Arena.files])
      try await sums.log.wait(for: "taskStarted", count: Sums.partitions + 2)
      try await arena.killDriver(sums.application)
      let left = try await sums.application.left(after: .seconds(10))
      arena.require(left.isEmpty, .clean, "executors outlive their driver: \(left)")
      let isThere = try await arena.context.files.status(of: arena.output) != nil
      arena.require(!isThere, .oneCommit, "a part of an output is visible")
      try await arena.runAgain()
    },
    ProcessScenario(
      "driver-again", [11], "another driver comes while an executor of the first stands still: it obeys nobody else"
    ) { arena in
      let sums = try await arena.sums(gate: "--map-gate")
      let started = try await sums.log.wait(for: "taskStarted", count: 2)
      let old = try await sums.application.executor(of: started[0])
      try await arena.stop(old)
      try await arena.killDriver(sums.application)
      try await arena.runAgain()
      arena.require(old.isAlive, .told, "the executor that stands still is gone")
      old.resume()
      try await arena.wait("an executor without a driver ends") { !old.isAlive }
      try await arena.checkAnswer()
    },
    ProcessScenario("terminate-driver", [10, 44], "SIGTERM ends a job in order: nothing is left, the code is 143") {
      arena in
      let sums = try await arena.sums(gate: "--map-gate")
      try await sums.log.wait(for: "taskStarted", count: 2)
      sums.application.send(.terminate)
      let exit = try await sums.application.exit(within: .seconds(30))
      arena.require(exit == .exited(143), .ends, "it ended with \(exit)")
      arena.fired("SIGTERM")
    },
    ProcessScenario("stop-driver", [15], "the driver stands still for seven seconds: nobody is lost for that") {
      arena in
      let sums = try await arena.sums(gate: "--map-gate")
      try await sums.log.wait(for: "taskStarted", count: 2)
      sums.application.send(.stop)
      arena.fired("the driver stands still")
      try await arena.context.time.sleep(for: .seconds(7))
      arena.require(sums.application.processes.count == 3, .ends, "an executor gave its driver up")
      sums.application.send(.resume)
      try await arena.succeed(sums)
    },
  ]
}

extension Arena {
  /// SIGKILL to the driver.
  func killDriver(_ application: SupervisedApplication) async throws {
    application.send(.kill)
    let exit = try await application.exit(within: .seconds(10))
    require(exit == .signalled(9), .told, "the driver ended with \(exit)")
    fired("the driver was killed")
    noteDeadDriver()
  }

  /// Another application does the same job in the same folder, and finds and leaves it clean.
  func runAgain() async throws {
    try await succeed(try await sums(settings: [Arena.files]))
  }
}
