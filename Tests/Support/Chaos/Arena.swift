import FlintCore
import FlintLibuv
import FlintSupervisor
import FlintSystem
import Foundation
import Synchronization

/// Where one scenario runs: a folder, a node of its own for clocks, files, processes and proxies, and the applications that it
/// started. What does not hold is collected; what was to be broken must be marked as broken.
final class Arena: Sendable {
  let folder: FilePath
  let machine: LibuvNode
  private let environment: [String: String]
  private let applications = Mutex<[SupervisedApplication]>([])
  private let proxies = Mutex<[FaultProxy]>([])
  private let marks = Mutex<[String]>([])
  private let deadDrivers = Mutex(0)
  private let violations = Mutex<[Violation]>([])
  /// Names in the folder that may stay.
  private let expected = Mutex<Set<String>>([])

  init(folder: FilePath, machine: LibuvNode, environment: [String: String]) {
    self.folder = folder
    self.machine = machine
    self.environment = environment
  }

  var context: NodeContext { machine.context }
  var nodes: FilePath { folder / "nodes" }
  var output: FilePath { folder / "output" }

  // MARK: Books

  /// The fault has happened. A scenario in which nothing has is a failed one.
  func fired(_ what: String) { marks.withLock { $0.append(what) } }

  /// What has happened.
  var firedFaults: [String] { marks.withLock { $0 } }

  /// Demands that something holds.
  func require(_ condition: Bool, _ invariant: Violation.Invariant, _ what: @autoclosure () -> String) {
    guard !condition else { return }
    let violation = Violation(invariant, what())
    violations.withLock { $0.append(violation) }
  }

  func add(_ more: [Violation]) { violations.withLock { $0 += more } }

  /// What does not hold.
  var failures: [Violation] { violations.withLock { $0 } }

  /// A driver that was killed cannot take back the hidden folder in which its tasks write.
  func noteDeadDriver() { deadDrivers.withLock { $0 += 1 } }

  var driverWasKilled: Bool { deadDrivers.withLock { $0 } > 0 }

  /// A name in the folder that may stay.
  func expect(_ name: String) { expected.withLock { _ = $0.insert(name) } }

  // MARK: Applications

  /// A program beside this one.
  func program(_ name: String) -> FilePath {
    (ProcessTable.program(of: getpid()) ?? FilePath("/")).parent / name
  }

  /// Starts an application.
  func start(_ plan: ApplicationPlan) async throws -> SupervisedApplication {
    let name = "application-\(applications.withLock { $0.count })"
    expect("\(name).events")
    expect("\(name).summary.json")
    let application = try await SupervisedApplication.start(plan, named: name, in: folder, context: context)
    applications.withLock { $0.append(application) }
    return application
  }

  var started: [SupervisedApplication] { applications.withLock { $0 } }

  /// Keeps a proxy, which is closed with the arena.
  func keep(_ proxy: FaultProxy) { proxies.withLock { $0.append(proxy) } }

  // MARK: Tools

  /// The output of a bash script of the machine's own programs; `arguments` are its $1, $2 and so on.
  @discardableResult
  func shell(_ script: String, _ arguments: [String] = []) async throws -> String {
    let path = environment["PATH"] ?? "/usr/bin:/bin:/usr/sbin"
    let process = try await context.processes.launch(
      ProcessCommand(
        "/bin/bash", ["-c", "set -euo pipefail; \(script)", "bash"] + arguments,
        environment: ["PATH": path, "LC_ALL": "C"], workingDirectory: folder, output: .piped, errorOutput: .piped))
    let errors = Task { await process.errorOutput.text() }
    let text = await process.output.text()
    let exit = try await process.exit()
    guard exit.isSuccess else {
      throw FlintError(
        .processLaunchFailed, "`\(script)` ended with \(exit)", why: "\(text)\(await errors.value)")
    }
    return text
  }

  /// Waits until `condition` holds. Throws `deadline-exceeded` with `what` when it does not within a minute.
  func wait(_ what: String, within limit: Duration = .seconds(60), _ condition: () async throws -> Bool) async throws {
    let deadline = context.time.now.advanced(by: limit)
    while try await !condition() {
      guard context.time.now < deadline else { throw FlintError(.deadlineExceeded, "it never came that \(what)") }
      try await context.time.sleep(for: .milliseconds(3))
    }
  }

  /// A named pipe at which tasks wait.
  func gate(_ name: String = "gate") throws -> Gate {
    expect(name)
    return try Gate(folder / name)
  }

  /// A folder of `count` files, each of which somebody takes for a failure.
  func tokens(_ count: Int, _ name: String = "tokens") async throws -> FilePath {
    expect(name)
    try await shell("mkdir $1 && for n in $(seq 0 $(($2 - 1))); do touch $1/$n; done", [name, "\(count)"])
    return folder / name
  }

  // MARK: The end

  /// Ends what still runs, and holds everything that is left against the promises that hold after every run.
  func close() async {
    for proxy in proxies.withLock({ $0 }) { await proxy.close() }
    for application in started { await audit(application) }
    await auditFolder()
  }

  private func audit(_ application: SupervisedApplication) async {
    let left = (try? await application.left(after: .seconds(10))) ?? []
    require(left.isEmpty, .clean, "processes are left: \(left.map { describe($0) })")
    await application.killAll()
    let events = (try? await application.log.events()) ?? []
    let isWhole = events.last?.name == "applicationEnded"
    var audit = EventAudit()
    add(audit.judge(events, isWhole: isWhole))
  }

  private func describe(_ process: Int32) -> String {
    "\(process) (\(ProcessTable.program(of: process)?.name ?? "?"), \(ProcessTable.state(of: process) ?? "?"))"
  }

  private func auditFolder() async {
    let allowed = expected.withLock { $0 }.union(["nodes", "output"])
    let names = (try? await context.files.list(folder)) ?? []
    let strange = names.filter { !allowed.contains($0) && !($0.hasPrefix(".flint-staging-") && driverWasKilled) }
    require(strange.isEmpty, .clean, "left in the folder: \(strange)")
    let left = (try? await context.files.list(nodes)) ?? []
    require(left.isEmpty, .clean, "left of nodes: \(left)")
  }
}
