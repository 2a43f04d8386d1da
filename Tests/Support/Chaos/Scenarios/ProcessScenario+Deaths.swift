import FlintCore
import FlintSupervisor

extension ProcessScenario {
  static let baseline = [
    ProcessScenario("baseline", [], "nothing is broken: the answer is right and nothing is left") { arena in
      try await arena.succeed(try await arena.sums(settings: [Arena.files]))
      arena.fired("the job has run")
    }
  ]

  static let deaths =
    deaths(by: .kill, [1], [2], "dies") + deaths(by: .terminate, [42], [42], "is asked to end") + [
      ProcessScenario(
        "kill-before-reduce-files", [2],
        "an executor dies, its map outputs are files of its node: none is computed again"
      ) { arena in
        let sums = try await arena.sums(gate: "--reduce-gate", settings: [Arena.files])
        let (victim, _) = try await arena.victimBetweenStages(sums)
        try await arena.kill(victim, of: sums.application)
        try await arena.succeed(sums, lost: 1)
      },
      ProcessScenario(
        "silent-before-reduce", [3], "an executor with map outputs in its memory falls silent: its heartbeats tell"
      ) { arena in
        let sums = try await arena.sums(gate: "--reduce-gate", settings: [Arena.memory])
        let (victim, lost) = try await arena.victimBetweenStages(sums)
        try await arena.stop(victim)
        let event = try await arena.lost(victim, of: sums.application)
        arena.require(event.text("cause")?.hasPrefix("silent for") == true, .told, "\(event)")
        try await arena.succeed(sums, lost: 1, recomputed: lost)
      },
      ProcessScenario("kill-in-reduce", [4], "an executor dies in a result task: what was done stays done") { arena in
        let sums = try await arena.sums(gate: "--zero-gate", settings: [Arena.files])
        let ended = try await sums.log.wait(for: "taskEnded", count: 2 * Sums.partitions - 1)
        let done = Set(ended.compactMap(\.attempt))
        let running = try await sums.log.wait(for: "taskStarted") { !done.contains($0.attempt ?? []) }
        try await arena.kill(try await sums.application.executor(of: running[0]), of: sums.application)
        let summary = try await arena.succeed(sums, lost: 1)
        arena.require(summary.tasks.succeeded == 2 * Sums.partitions, .noStorm, "\(summary.tasks)")
      },
      ProcessScenario("kill-all", [5], "all executors die: others take their place") { arena in
        let sums = try await arena.sums(gate: "--map-gate")
        let started = try await sums.log.wait(for: "taskStarted", count: 2)
        for event in started.prefix(2) {
          try await arena.kill(try await sums.application.executor(of: event), of: sums.application)
        }
        try await arena.succeed(sums, lost: 2)
      },
      ProcessScenario("crash-loop", [6, 5], "executors die at every start: the job ends with how they died") { arena in
        let application = try await arena.start(
          ApplicationPlan(
            arena.program("executor-probe"), ["--way", "kill"], environment: ["PROBE_DIES": "1"]))
        try await arena.fail(application, .executorsUnavailable, "not today", "signal")
        arena.fired("executors die at their start")
      },
      ProcessScenario(
        "two-losses", [41], "an executor and its node's files go with the outputs of two stages: just those run again"
      ) { arena in
        let (gate, first) = (try arena.gate(), try arena.gate("map-gate"))
        let application = try await arena.start(
          ApplicationPlan(
            arena.program("job-probe"),
            ["--scenario", "chain", "--map-gate", first.path.string, "--reduce-gate", gate.path.string],
            settings: [Arena.files]
          ))
        // Each executor has a task before any ends.
        try await application.log.wait(for: "taskStarted", count: 2)
        let start = try first.open()
        defer { withExtendedLifetime(start) {} }
        let outputs = try await application.log.wait(for: "mapOutputRegistered", count: 8)
        // A task of the third stage waits, on an executor whose node has outputs of both stages before.
        let waiting = try await application.log.wait(for: "taskStarted", count: 9).last
        guard let waiting else { return }
        let victim = try await application.executor(of: waiting)
        let stages = Set(outputs.filter { $0.number("node") == victim.node }.compactMap { $0.number("stage") })
        arena.require(stages.count == 2, .answer, "the victim's node has outputs of \(stages.count) stages")
        try await arena.shell("rm -r \"$1\"", [victim.directory.string])
        try await arena.kill(victim, of: application)
        let summary = try await gate.opened { try await arena.succeed(application) }
        let lost = outputs.count { $0.number("node") == victim.node }
        arena.check(summary, lost: 1, recomputed: lost)
        let sum = (0..<1000).reduce(0, +)
        let printed = try await application.printed()
        arena.require(printed == "\(sum)\n", .answer, "\(printed) is not \(sum)")
      },
    ] + commits

  /// An executor that ends while map tasks run, and one that has outputs in its memory.
  private static func deaths(
    by signal: ProcessSignal, _ mapFaults: [Int], _ reduceFaults: [Int], _ what: String
  ) -> [ProcessScenario] {
    let name = signal == .kill ? "kill" : "terminate"
    return [
      ProcessScenario(
        "\(name)-in-map", mapFaults, "an executor \(what) while map tasks run: they run again, nothing twice"
      ) { arena in
        let sums = try await arena.sums(gate: "--map-gate")
        let started = try await sums.log.wait(for: "taskStarted", count: 2)
        try await arena.kill(
          try await sums.application.executor(of: started[0]), of: sums.application, by: signal)
        try await arena.succeed(sums, lost: 1)
      },
      ProcessScenario(
        "\(name)-before-reduce", reduceFaults,
        "an executor \(what) with map outputs in its memory: exactly those are computed again"
      ) { arena in
        let sums = try await arena.sums(gate: "--reduce-gate", settings: [Arena.memory])
        let (victim, lost) = try await arena.victimBetweenStages(sums)
        try await arena.kill(victim, of: sums.application, by: signal)
        try await arena.succeed(sums, lost: 1, recomputed: lost)
      },
    ]
  }

  /// Each step of a task's commit, before and after its call.
  private static let commits: [ProcessScenario] = [
    ("open", "kill"), ("open", "after-kill"), ("sync", "kill"), ("sync", "after-kill"), ("rename", "kill"),
    ("rename", "after-kill"),
  ].map { call, act in
    let moment = act == "kill" ? "before" : "after"
    return ProcessScenario(
      "commit-\(moment)-\(call)", [4],
      "an executor dies \(moment) the \(call) of a commit: each partition is there once",
      needs: [.preload]
    ) { arena in
      let fault = try await CallFault(call, on: "part-", act, in: arena)
      let sums = try await arena.sums(environment: fault.environment)
      try await arena.succeed(sums, lost: 1, recomputed: nil)
      try await fault.expectFired()
    }
  }
}

extension Arena {
  /// Ends an executor and waits until the driver knows.
  func kill(
    _ victim: SupervisedExecutor, of application: SupervisedApplication, by signal: ProcessSignal = .kill
  ) async throws {
    require(victim.isAlive, .told, "\(victim.incarnation) was dead already")
    if signal == .kill { victim.kill() } else { victim.terminate() }
    let event = try await lost(victim, of: application)
    fired("\(victim.incarnation) was ended by \(signal)")
    let cause = signal == .kill ? "signal 9" : "signal 15"
    require(event.text("cause")?.contains(cause) == true, .told, "\(event)")
    guard let exit = event.number("exitMonotonic"), let noticed = event.number("monotonic") else { return }
    require(noticed - exit <= 200_000_000, .told, "its loss was known after \((noticed - exit) / 1_000_000) ms")
  }

  /// Stops an executor.
  func stop(_ victim: SupervisedExecutor) async throws {
    victim.stop()
    try await wait("\(victim.incarnation) stands still") { victim.isStopped }
    fired("\(victim.incarnation) stands still")
  }

  /// Waits until the driver has declared an executor lost.
  func lost(_ victim: SupervisedExecutor, of application: SupervisedApplication) async throws -> RunEvent {
    try await application.log.wait(for: "executorLost") { $0.executor == victim.incarnation }[0]
  }

  /// An executor whose node has map outputs, and that has a task of the second stage which waits; and how many outputs.
  func victimBetweenStages(_ sums: Sums) async throws -> (SupervisedExecutor, outputs: Int) {
    let outputs = try await sums.log.wait(for: "mapOutputRegistered", count: Sums.partitions)
    let started = try await sums.log.wait(for: "taskStarted", count: Sums.partitions + 2)
    for event in started.suffix(2) {
      let executor = try await sums.application.executor(of: event)
      let count = outputs.count { $0.number("node") == executor.node }
      if count > 0 { return (executor, count) }
    }
    throw FlintError(.deadlineExceeded, "no executor wrote a map output and runs a task of the second stage")
  }
}
