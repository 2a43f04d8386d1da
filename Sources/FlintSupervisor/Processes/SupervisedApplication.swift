public import FlintCore
internal import FlintSystem
internal import Glibc

/// An application that runs under supervision: its driver is a child of this process, and every process of it carries a mark by
/// which it is found, whoever started it.
///
/// Its supervisor reads its event log, sends signals, and ends all of it. What the application itself says of its processes is
/// never believed: they are looked for in the machine's own table.
public final class SupervisedApplication: Sendable {
  /// The variable that every process of the application has in its environment.
  static let markName = "CHAOS_RUN"

  /// Its event log.
  public let log: RunLog
  /// What it was started with.
  public let plan: ApplicationPlan
  /// The file that gets its summary.
  public let summary: FilePath
  private let mark: String
  private let context: NodeContext
  private let process: any LaunchedProcess
  private let output: Task<[UInt8], any Error>
  private let errorOutput: Task<[UInt8], any Error>
  private let watch: MemoryWatch

  private init(
    _ plan: ApplicationPlan, log: RunLog, summary: FilePath, mark: String, _ process: any LaunchedProcess,
    _ context: NodeContext
  ) {
    self.plan = plan
    self.log = log
    self.summary = summary
    self.mark = mark
    self.process = process
    self.context = context
    output = Task { try await Self.collect(process.output) }
    errorOutput = Task { try await Self.collect(process.errorOutput) }
    watch = MemoryWatch(mark, context: context)
  }

  /// Starts an application that keeps its events, its summary and its nodes' files below `folder`, under the name `name`.
  public static func start(
    _ plan: ApplicationPlan, named name: String, in folder: FilePath, context: NodeContext
  ) async throws -> SupervisedApplication {
    let summary = folder / "\(name).summary.json"
    let log = RunLog(in: folder / "\(name).events", context: context)
    let settings =
      [
        "flint.eventLog.dir=\(log.folder)", "flint.summary.path=\(summary)", "flint.local.dir=\(folder / "nodes")",
      ] + plan.settings
    let value = "\(name)-\(String(context.randomness.next(), radix: 16))"
    let own = [
      "FLINT_MASTER": plan.master, "FLINT_CONF": settings.joined(separator: ";"), markName: value,
      "SWIFT_BACKTRACE": "enable=no",
    ]
    let command = plan.command
    let process = try await context.processes.launch(
      ProcessCommand(
        FilePath(command[0]), Array(command.dropFirst()), environment: own.merging(plan.environment) { $1 },
        workingDirectory: folder, output: .piped, errorOutput: .piped))
    return SupervisedApplication(plan, log: log, summary: summary, mark: "\(markName)=\(value)", process, context)
  }

  // MARK: Its processes

  /// The most memory that each of its processes was seen with.
  public var peakMemory: [Int32: ByteCount] { watch.peaks }

  /// The system's number of the process that was started: the driver's, unless a wrapper stays before it.
  public var driver: Int32 { process.identifier }

  /// All processes of it that live.
  public var processes: [Int32] { ProcessTable.living().filter { ProcessTable.hasMark(mark, $0) } }

  /// Whether the process that was started lives.
  public var isRunning: Bool { ProcessTable.state(of: driver).map { !"ZX".contains($0) } ?? false }

  /// Sends a signal to the driver.
  public func send(_ signal: ProcessSignal) { process.send(signal) }

  /// The executor that has registered as this life.
  public func executor(_ incarnation: ExecutorIncarnation) async throws -> SupervisedExecutor {
    let added = try await log.wait(for: "executorAdded") { $0.executor == incarnation }
    return try SupervisedExecutor(added[0])
  }

  /// The executor that `event` tells of.
  public func executor(of event: RunEvent) async throws -> SupervisedExecutor {
    guard let incarnation = event.executor else { throw FlintError(.corruptData, "\(event) names no executor") }
    return try await executor(incarnation)
  }

  /// Ends every process of it at once.
  public func killAll() async {
    process.send(.kill)
    for process in processes { _ = Glibc.kill(process, SIGKILL) }
    await watch.end()
  }

  /// Waits until none of its processes lives; returns those that still do after `duration`.
  public func left(after duration: Duration) async throws -> [Int32] {
    let deadline = context.time.now.advanced(by: duration)
    while !processes.isEmpty, context.time.now < deadline { try await context.time.sleep(for: .milliseconds(5)) }
    return processes
  }

  // MARK: Its end

  /// How its driver ended. Throws `deadline-exceeded` when it does not within `duration`.
  public func exit(within duration: Duration = .seconds(120)) async throws -> ProcessExit {
    let process = process
    return try await context.time.withDeadline(duration, owner: "supervisor: the end of the driver") {
      try await process.exit()
    }
  }

  /// What the driver has printed, once it has ended.
  public func printed() async throws -> String { String(decoding: try await output.value, as: UTF8.self) }

  /// What it and its executors have said on standard error, once all have ended.
  public func said() async throws -> String { String(decoding: try await errorOutput.value, as: UTF8.self) }

  private static func collect(_ stream: AsyncThrowingStream<[UInt8], any Error>) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for try await chunk in stream { bytes += chunk }
    return bytes
  }
}
