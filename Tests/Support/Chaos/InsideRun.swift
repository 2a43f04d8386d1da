import FlintCore
import FlintLaunch
import FlintLibuv
import FlintSupervisor
import FlintSystem
import Glibc

/// One scenario, in the process that was started for it.
struct InsideRun {
  /// How long a scenario may take, on a machine that has other work too.
  private static let limit = Duration.seconds(300)
  /// How many events a failure shows.
  private static let eventCount = 200

  private let scenario: ProcessScenario
  private let surroundings: ProcessSurroundings
  private let machine: LibuvNode

  init(_ scenario: ProcessScenario, _ surroundings: ProcessSurroundings, _ machine: LibuvNode) {
    (self.scenario, self.surroundings, self.machine) = (scenario, surroundings, machine)
  }

  /// Returns the exit code: 0 when it has passed.
  func run() async throws -> Int32 {
    let arena = Arena(folder: try await folder(), machine: machine, environment: surroundings.environment)
    var error: (any Error)?
    do {
      try await machine.context.time.withDeadline(Self.limit, owner: "the scenario \(scenario.name)") {
        [scenario] in try await scenario.body(arena)
      }
    } catch let thrown {
      error = thrown
    }
    await arena.close()
    let isFired = !arena.firedFaults.isEmpty
    guard error == nil, arena.failures.isEmpty, isFired else {
      await report(arena, error, isFired: isFired)
      return 1
    }
    print(arena.firedFaults.joined(separator: "; "))
    try? await machine.context.files.removeTree(arena.folder)
    return 0
  }

  private func folder() async throws -> FilePath {
    if surroundings.environment["CHAOS_PRIVATE"] != nil {
      let mount = try await machine.context.processes.launch(
        ProcessCommand("/usr/bin/mount", ["-t", "tmpfs", "-o", "size=1g,mode=1777", "tmpfs", "/tmp"]))
      guard try await mount.exit().isSuccess else { throw FlintError(.permissionDenied, "no /tmp of its own") }
    }
    var template = Array("/tmp/flint-chaos-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw FlintError(.inputOutput, "no folder for the scenario") }
    return FilePath(String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
  }

  // MARK: What a failure tells

  private func report(_ arena: Arena, _ error: (any Error)?, isFired: Bool) async {
    print("scenario: \(scenario.name): \(scenario.summary)")
    print("faults: \(scenario.faults); fired: \(arena.firedFaults)")
    if !isFired { print("NO fault has fired, so nothing was tested") }
    if let error { print((error as? FlintError)?.rendered() ?? "\(error)") }
    for violation in arena.failures { print("VIOLATION \(violation)") }
    print("seed: none, processes are real; commit: \(await commit())")
    for application in arena.started {
      let plan = application.plan
      print("application: \(plan.program.name) \(plan.arguments.joined(separator: " "))")
      print("master: \(plan.master); settings: \(plan.settings)")
      print("environment: \(plan.environment.sorted { $0.key < $1.key }); wrappers: \(plan.wrappers)")
      let events = (try? await application.log.events()) ?? []
      print("the last of \(events.count) events:")
      for event in events.suffix(Self.eventCount) { print("  \(event)") }
      print("it said:\n\((try? await application.said()) ?? "")")
    }
    print("replay: Scripts/chaos \(scenario.name)")
  }

  private func commit() async -> String {
    let root = FilePath(#filePath).parent.parent.parent.parent
    let git = try? await machine.context.processes.launch(
      ProcessCommand(
        "/usr/bin/git", ["-C", root.string, "rev-parse", "HEAD"], environment: surroundings.environment,
        output: .piped, errorOutput: .discarded))
    return (await git?.output.text() ?? "unknown").filter { !$0.isWhitespace }
  }
}
