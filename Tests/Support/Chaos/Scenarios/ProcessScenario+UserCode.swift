import FlintCore
import FlintSupervisor

extension ProcessScenario {
  static let userCode = [
    ProcessScenario("trap-once", [7], "a task traps once: its executor goes, another one does it") { arena in
      let application = try await arena.probe("trapping", ["--failures", try await arena.tokens(1).string])
      let summary = try await arena.succeed(application)
      arena.check(summary, lost: 1, recomputed: nil)
      try await arena.expectPrinted("1000\n", by: application)
      arena.fired("the task trapped")
    },
    ProcessScenario("trap-always", [7], "a task traps always: it fails the job after four tries, with its last words") {
      arena in
      let application = try await arena.probe("trapping", ["--failures", "always"])
      let summary = try await arena.fail(application, .taskFailed, "the probe traps at 7", "JobProbe.swift", "signal")
      arena.check(summary, lost: 4, recomputed: nil)
      arena.fired("the task trapped")
    },
    ProcessScenario("stack-overflow", [7], "a task runs out of its stack: the job names the signal") { arena in
      let application = try await arena.start(
        ApplicationPlan(arena.program("executor-probe"), ["--way", "overflow"]))
      try await arena.fail(application, .taskFailed, "signal")
      arena.fired("the task ran out of its stack")
    },
    ProcessScenario("throw-once", [8], "a task throws once: it is tried again, nothing else is") { arena in
      let application = try await arena.probe("throwing", ["--failures", try await arena.tokens(1).string])
      let summary = try await arena.succeed(application)
      arena.check(summary, lost: 0, recomputed: 0)
      arena.require(summary.tasks.failed == 1, .noStorm, "\(summary.tasks)")
      try await arena.expectPrinted("1000\n", by: application)
      arena.fired("the task threw")
    },
    ProcessScenario("throw-always", [8], "a task throws always: the job ends with its error and its line") { arena in
      let application = try await arena.probe("throwing", ["--failures", "always"])
      let summary = try await arena.fail(application, .userCode, "Unlucky", "JobProbe.swift")
      arena.require(summary.tasks.failed == 4, .noStorm, "\(summary.tasks)")
      arena.fired("the task threw")
    },
    ProcessScenario(
      "deaf-task", [9], "a task that hears no cancellation goes with its executor, and the next job runs"
    ) { arena in
      let gate = try arena.gate()
      let application = try await arena.probe(
        "deaf", ["--driver-gate", gate.path.string], master: "local-cluster[1,1,1g]")
      // The first task with the row 7 runs, and will not end.
      try await application.log.wait(for: "taskStarted")
      let summary = try await gate.opened { try await arena.succeed(application) }
      arena.check(summary, lost: 1, recomputed: 0)
      arena.require(summary.executorsLost.first?.cause.contains("stage") == true, .told, "\(summary.executorsLost)")
      try await arena.expectPrinted("499500\n", by: application)
      arena.fired("the task went on")
    },
    ProcessScenario("slow-task", [16], "one task is slow: a copy of it wins, and the answer is there once") { arena in
      let gate = try arena.gate()
      let application = try await arena.probe(
        "slow", ["--map-gate", gate.path.string, "--failures", try await arena.tokens(1).string],
        settings: ["flint.speculation=true"])
      // The copy is done while the first try still waits.
      let done = try await application.log.wait(for: "taskEnded", count: 4) { $0.text("status") == "succeeded" }
      arena.require(Set(done.compactMap(\.task)).count == 4, .answer, "\(done)")
      let summary = try await gate.opened { try await arena.succeed(application) }
      arena.require(summary.tasks.speculative >= 1, .noStorm, "\(summary.tasks)")
      try await arena.expectPrinted("499500\n", by: application)
      arena.fired("a copy was faster")
    },
    ProcessScenario(
      "shared-outputs", [44],
      "two jobs read one exchange, one is cancelled, and an output is gone: the other ends well"
    ) { arena in
      let (reduceGate, driverGate) = (try arena.gate("reduce-gate"), try arena.gate("driver-gate"))
      let application = try await arena.probe(
        "shared", ["--reduce-gate", reduceGate.path.string, "--driver-gate", driverGate.path.string],
        settings: [Arena.files])
      // The first job's tasks have read their input and wait.
      try await application.log.wait(for: "taskStarted", count: 6)
      let files = try await arena.outputFiles()
      try await arena.shell("rm \"$1\"", [files[0].string])
      let summary = try await driverGate.opened {
        try await application.log.wait(for: "jobStarted", count: 2)
        return try await reduceGate.opened { try await arena.succeed(application) }
      }
      arena.check(summary, lost: 0, recomputed: 1)
      try await arena.expectPrinted("-1\n499500\n", by: application)
      arena.fired("\(files[0].name) was removed, a job was cancelled")
    },
  ]
}

extension Arena {
  /// Starts a scenario of the probe.
  func probe(
    _ scenario: String, _ arguments: [String], master: String = "local-cluster[2,1,1g]", settings: [String] = [],
    environment: [String: String] = [:], wrappers: [[String]] = []
  ) async throws -> SupervisedApplication {
    try await start(
      ApplicationPlan(
        program("job-probe"), ["--scenario", scenario, "--partitions", "4"] + arguments, master: master,
        settings: settings, environment: environment, wrappers: wrappers))
  }

  func expectPrinted(_ expected: String, by application: SupervisedApplication) async throws {
    let printed = try await application.printed()
    require(printed == expected, .answer, "it printed \(printed.debugDescription), not \(expected.debugDescription)")
  }
}
