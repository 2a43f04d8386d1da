import FlintChaos
import FlintCore
import FlintSupervisor
import Scenarios

/// A scenario of several worlds on real processes: the same job, the same faults at the same events, the same expectation.
///
/// At the event of a fault the driver stands still until the fault is done, so that no job is over before.
struct SharedRun: Sendable {
  let scenario: Scenario
  let arena: Arena
  /// The events as the driver has them, at once.
  let events: RunLog
  private let watch: FilePath
  private let ground: FilePath

  init(_ scenario: Scenario, in arena: Arena) {
    self.scenario = scenario
    self.arena = arena
    watch = arena.folder / "watch"
    ground = arena.folder / "ground"
    events = RunLog(in: watch / "log", context: arena.context)
  }

  func run() async throws {
    for folder in [watch / "log", ground] { try await arena.context.files.createDirectory(folder) }
    for folder in [watch, ground] { arena.expect(folder.name) }
    try await layTokens()
    let links = scenario.faults.contains { $0.fault.needsLinks } ? try await links() : nil
    var calls: CallFault?
    for harm in scenario.faults.compactMap({ CallHarm($0.fault) }) {
      calls = try await CallFault(
        harm.call, on: harm.part, harm.act, times: harm.times, skip: harm.skip, in: arena)
    }
    let end = try arena.gate("end-gate")
    let gates = try scenario.faults.indices.map { try Gate(watch / "struck-\($0)") }
    let application = try await arena.start(plan(links, calls, end))
    let strikes = FaultStrikes(run: self, gates: gates, application: application, links: links)
    try await strikes.follow(in: watch)
    try await judge(application, end)
    try await strikes.finish()
    try await calls?.expectFired()
    await links?.expectUsed()
    if scenario.faults.isEmpty { arena.fired("the job has run") }
  }

  private func plan(_ links: Links?, _ calls: CallFault?, _ end: Gate) -> ApplicationPlan {
    let shape = scenario.cluster
    let memory = shape.memory.bytes / ByteCount.mebibytes(1).bytes
    var environment = calls?.environment ?? [:]
    environment["CHAOS_WATCH"] = watch.string
    environment["CHAOS_SCENARIO"] = scenario.name
    return ApplicationPlan(
      arena.program("job-probe"),
      [
        "--scenario", "named", "--job", scenario.name, "--ground", ground.string, "--end-gate", end.path.string,
      ],
      master: "local-cluster[\(shape.executorCount),\(shape.taskThreads),\(memory)m]",
      settings: scenario.settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" } + (links?.settings ?? []),
      environment: environment)
  }

  private func links() async throws -> Links {
    try await Links(LinkKind.allCases, executors: scenario.cluster.executorCount, in: arena)
  }

  /// What user code takes that is to fail so often.
  private func layTokens() async throws {
    for budget in ScenarioJob.FailureBudget.allCases {
      guard let count = budget.tokenCount else { continue }
      try await arena.shell(
        "mkdir \"$1\" && for n in $(seq 0 $(($2 - 1))); do touch \"$1/$n\"; done",
        [(ground / budget.rawValue).string, "\(count)"])
    }
  }

  // MARK: The end

  private func judge(_ application: SupervisedApplication, _ end: Gate) async throws {
    switch scenario.expectation.end {
    case .answer:
      try await arena.wait("the job is over", within: .seconds(200)) {
        try await arena.context.files.status(of: watch / "over") != nil || !application.isRunning
      }
      let isSound = !scenario.faults.contains(where: \.fault.harmsFiles)
      if application.isRunning, isSound { try await arena.requireNothingHeld() }
      try await end.opened { _ = try await arena.succeed(application) }
      let lines = try await application.printed().split(separator: "\n").map(String.init).sorted()
      let wanted = scenario.job.reference().sorted()
      arena.require(lines == wanted, .answer, "\(lines.prefix(20)) is not \(wanted.prefix(20))")
    case .failure(let code, let words): _ = try await arena.fail(application, code, words)
    case .none: try await requireSilence(application)
    }
    try await requireOutputs()
    try await requireEvents()
  }

  private func requireSilence(_ application: SupervisedApplication) async throws {
    let exit = try await application.exit(within: .seconds(30))
    arena.require(exit == .signalled(9), .ends, "the driver ended with \(exit)")
    let left = try await application.left(after: .seconds(10))
    arena.require(left.isEmpty, .clean, "executors outlive their driver: \(left)")
    // Its nodes' files are for the next application on this machine to remove.
    try await arena.shell("rm -rf \"$1\"", [arena.nodes.string])
  }

  private func requireOutputs() async throws {
    let names = try await arena.context.files.list(ground)
    let budgets = ScenarioJob.FailureBudget.allCases.map(\.rawValue)
    for name in names where !budgets.contains(name) {
      if scenario.job.outputs.contains(name) {
        let parts = try await arena.context.files.list(ground / name)
        arena.require(parts.contains("_SUCCESS"), .oneCommit, "\(name) is there, and not as a whole: \(parts)")
      } else {
        let isExcused = name.hasPrefix(".flint-staging-") && arena.driverWasKilled
        arena.require(isExcused, .clean, "left beside the outputs: \(name)")
      }
    }
  }

  private func requireEvents() async throws {
    let all = try await events.events()
    func count(_ wanted: Trigger) -> Int {
      all.count { event in wanted.fits(event.name, field: { event.fields[$0]?.description }) }
    }
    for wanted in scenario.expectation.events {
      arena.require(count(wanted) >= wanted.count, .told, "the log has \(wanted) only \(count(wanted)) times")
    }
    for unwanted in scenario.expectation.absentEvents {
      arena.require(count(unwanted) < unwanted.count, .noStorm, "the log has \(unwanted) \(count(unwanted)) times")
    }
  }
}
