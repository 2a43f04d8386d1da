import FlintCore
import FlintSupervisor
import FlintWire

/// What recovery must not get wrong: other rows than before, tries that come too late, executors that are asked to end.
extension ProcessScenario {
  static let semantics = otherRows + copies + farewells

  private static let otherRows = [
    ProcessScenario(
      "other-rows", [39],
      "rows that do not come out again as they were are lost before anybody has used them: all is anew"
    ) { arena in
      let dealt = try await Dealt(gate: "--reduce-gate", in: arena)
      let (victim, lost) = try await dealt.victim()
      try await arena.kill(victim, of: dealt.application)
      // Whoever reads them next complains, and they are computed again while the other reader still waits.
      try await dealt.application.log.wait(for: "mapOutputRegistered", count: Dealt.outputs + lost)
      let summary = try await dealt.gate.opened { try await arena.succeed(dealt.application) }
      arena.check(summary, lost: 1, recomputed: nil)
      arena.require(summary.partitionsRecomputed >= lost, .answer, "\(summary.partitionsRecomputed) computed again")
      try await arena.expectPrinted("499500 1000\n", by: dealt.application)
    },
    ProcessScenario(
      "released-result", [39], "the same after a result was given out: the job must fail, and says why"
    ) { arena in
      let dealt = try await Dealt(gate: "--zero-gate", in: arena)
      let (victim, _) = try await dealt.victim { log in
        try await log.wait(for: "taskEnded", count: Dealt.tasks - 1) { $0.text("status") == "succeeded" }
      }
      try await arena.kill(victim, of: dealt.application)
      try await dealt.gate.opened {
        let summary = try await arena.fail(dealt.application, .releasedResult, "did not come out again")
        arena.check(summary, lost: 1, recomputed: nil)
      }
    },
  ]

  private static let copies = [
    ProcessScenario(
      "denied-copy", [17],
      "a try that is not told that its copy has won asks to commit: it may not, and that is no failure"
    ) { arena in
      let links = try await Links([.executorDriver], in: arena)
      await links.arm(.drop, on: FramePattern(message: .killTask), count: 10)
      let (first, last) = (try arena.gate("first-gate"), try arena.gate("last-gate"))
      let application = try await arena.probe(
        "copies",
        [
          "--partitions", "8", "--rows", "1000", "--output", "output", "--failures", try await arena.tokens(1).string,
          "--first-gate", first.path.string, "--last-gate", last.path.string,
        ], master: "local-cluster[2,2,1g]", settings: ["flint.speculation=true"] + links.settings)
      // All are done but the last one; the first one by its copy, and its first try waits still.
      try await application.log.wait(for: "taskCommitted", count: 7)
      try await first.opened {
        _ = try await application.log.wait(for: "taskEnded") { $0.text("failure") == "commitDenied" }
      }
      arena.fired("a try was denied its commit")
      let summary = try await last.opened { try await arena.succeed(application) }
      arena.check(summary, lost: 0, recomputed: 0)
      try await arena.shell("diff <(cat output/part-* | sort -n) <(seq 0 999)")
      await links.expectFired()
    }
  ]

  private static let farewells = [
    ProcessScenario(
      "terminate-and-kill", [42, 1], "one executor gets SIGTERM and the other one SIGKILL: two others do it all"
    ) { arena in
      let sums = try await arena.sums(gate: "--map-gate")
      let started = try await sums.log.wait(for: "taskStarted", count: 2)
      try await arena.kill(
        try await sums.application.executor(of: started[0]), of: sums.application, by: .terminate)
      try await arena.kill(try await sums.application.executor(of: started[1]), of: sums.application)
      try await arena.succeed(sums, lost: 2)
    },
    ProcessScenario("terminate-after-job", [42], "SIGTERM to an executor when the job is over: nobody needs it") {
      arena in
      let sums = try await arena.sums()
      try await sums.log.wait(for: "jobEnded")
      let added = try await sums.log.wait(for: "executorAdded", count: 2)
      try await arena.kill(
        try await sums.application.executor(of: added[0]), of: sums.application, by: .terminate)
      try await arena.succeed(sums, lost: 1)
    },
  ]
}

/// Sums of rows whose keys are of chance: what is computed again is not what it was.
private struct Dealt: Sendable {
  /// Four tasks that deal rows, and three that give them keys.
  static let outputs = 7
  static let tasks = outputs + 3

  let application: SupervisedApplication
  let gate: Gate
  private let start: Gate.Opening

  init(gate option: String, in arena: Arena) async throws {
    gate = try arena.gate()
    let first = try arena.gate("map-gate")
    application = try await arena.probe(
      "dealt",
      [
        option, gate.path.string, "--map-gate", first.path.string, "--failures", try await arena.tokens(3).string,
      ], settings: [Arena.memory])
    // Each executor has a task before any ends.
    try await application.log.wait(for: "taskStarted", count: 2)
    start = try first.open()
  }

  /// An executor whose reader waits and that has some of the rows with keys; and how many outputs of both kinds it has.
  func victim(
    after isReady: (RunLog) async throws -> [RunEvent] = { _ in [] }
  ) async throws -> (SupervisedExecutor, lost: Int) {
    let outputs = try await application.log.wait(for: "mapOutputRegistered", count: Self.outputs)
    _ = try await isReady(application.log)
    let started = try await application.log.wait(for: "taskStarted", count: Self.outputs + 2)
    let ended = Set(try await application.log.events().filter { $0.name == "taskEnded" }.compactMap(\.attempt))
    let keyed = outputs.suffix(3)
    for event in started where !ended.contains(event.attempt ?? []) {
      let executor = try await application.executor(of: event)
      let own = keyed.count { $0.number("node") == executor.node }
      if own > 0 { return (executor, own) }
    }
    throw FlintError(.deadlineExceeded, "no executor has rows with keys and waits")
  }
}
