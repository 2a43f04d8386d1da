import FlintCore
import FlintLaunch
import FlintLibuv
import FlintSystem

/// Several scenarios, one after another, each in a process of its own.
struct OutsideRun {
  /// The file whose lock keeps two runs on one machine apart.
  private static let lock = "/tmp/flint-chaos.lock"
  /// How long a run may take with everything that is around it.
  private static let limit = Duration.seconds(900)

  private let scenarios: [ProcessScenario]
  private let orders: ChaosOrders
  private let surroundings: ProcessSurroundings
  private let machine: LibuvNode

  private enum Outcome: String {
    case passed, failed, skipped
  }

  init(
    _ scenarios: [ProcessScenario], _ orders: ChaosOrders, _ surroundings: ProcessSurroundings, _ machine: LibuvNode
  ) {
    self.scenarios = scenarios
    self.orders = orders
    self.surroundings = surroundings
    self.machine = machine
  }

  private var context: NodeContext { machine.context }

  /// Returns the exit code: 0 when none has failed.
  func run() async throws -> Int32 {
    let allowed = await Capability.allowed(context, surroundings.environment)
    var counts: [Outcome: Int] = [:]
    var passes = try await earlierPasses()
    for round in 1...orders.times {
      for scenario in scenarios {
        let missing = scenario.needs.filter { !allowed.contains($0) }
        guard missing.isEmpty else {
          if round == 1 {
            print("skipped \(scenario.name): no \(missing.map(\.rawValue).joined(separator: ", no "))")
            counts[.skipped, default: 0] += 1
          }
          continue
        }
        guard passes[scenario.name] ?? 0 < round else { continue }
        let outcome = try await run(scenario, isPrivate: allowed.isSuperset(of: [.namespaces, .smallDisk]))
        if outcome == .passed { passes[scenario.name, default: 0] += 1 }
        counts[outcome, default: 0] += 1
      }
    }
    let (passed, failed, skipped) = (counts[.passed] ?? 0, counts[.failed] ?? 0, counts[.skipped] ?? 0)
    print("\(passed) passed, \(failed) failed, \(skipped) skipped")
    return failed == 0 ? 0 : 1
  }

  private func run(_ scenario: ProcessScenario, isPrivate: Bool) async throws -> Outcome {
    let start = context.time.now
    var environment = surroundings.environment
    var command = ["/usr/bin/flock", "--no-fork", Self.lock, "/usr/bin/setpriv", "--pdeathsig", "KILL"]
    // A program below /tmp would be out of reach behind a /tmp of its own.
    if isPrivate, !surroundings.path.hasPrefix("/tmp/") {
      environment["CHAOS_PRIVATE"] = "1"
      command += [
        "/usr/bin/unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "--mount-proc",
      ]
    }
    command += [surroundings.path, "--inside", scenario.name]
    let process = try await context.processes.launch(
      ProcessCommand(
        FilePath(command[0]), Array(command.dropFirst()), environment: environment, output: .piped,
        errorOutput: .piped))
    let errors = Task { await process.errorOutput.text() }
    let output = Task { await process.output.text() }
    var words = ""
    let exit: ProcessExit?
    do {
      exit = try await context.time.withDeadline(Self.limit, owner: "the run of \(scenario.name)") {
        try await process.exit()
      }
    } catch {
      process.send(.kill)
      exit = nil
      words = "\(error)\n"
    }
    words += await output.value + errors.value
    let outcome = exit == .exited(0) ? Outcome.passed : .failed
    let took = "\(start.duration(to: context.time.now).nanoseconds / 1_000_000) ms"
    if outcome == .passed {
      print("passed \(scenario.name) in \(took): \(words.split(separator: "\n").first ?? "")")
    } else {
      print("FAILED \(scenario.name) after \(took), \(exit.map { "\($0)" } ?? "no end"):\n\(words)")
    }
    try await note("\(outcome.rawValue) \(scenario.name) \(took)")
    return outcome
  }

  // MARK: The results' file

  private func earlierPasses() async throws -> [String: Int] {
    guard let path = orders.results, try await context.files.status(of: path) != nil else { return [:] }
    let bytes = try await context.files.readAll(path, limit: .mebibytes(64))
    var passes: [String: Int] = [:]
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count > 1, words[0] == "passed" { passes[String(words[1]), default: 0] += 1 }
    }
    return passes
  }

  private func note(_ line: String) async throws {
    guard let path = orders.results else { return }
    let file = try await context.files.open(path, .update)
    try await file.write(Array((line + "\n").utf8), at: try await file.size())
    try await file.close()
  }
}
