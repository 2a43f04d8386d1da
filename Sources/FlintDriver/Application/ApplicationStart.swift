internal import FlintClosures
internal import FlintCore
internal import FlintDatasets
internal import FlintExecution
internal import FlintLaunch
internal import FlintLibuv
internal import FlintScheduling
internal import FlintSystem
internal import FlintWire
internal import Synchronization

/// Puts an application's driver together from its settings, and takes it apart again.
struct ApplicationStart: Sendable {
  /// What a program has in hand of its own session.
  let session: Session
  /// Ends it with this status; what comes second does nothing.
  let end: @Sendable (ApplicationStatus, (any Error)?) async -> Void
  /// The same, but for the threads of the process, which may be stuck in the program: the process has to end then.
  let endAroundProgram: @Sendable (ApplicationStatus, (any Error)?) async -> Void
  /// The driver's own seams.
  let context: NodeContext
  let limits: Limits

  /// Starts the driver of this process. Executors come with the first job.
  static func start(
    _ surroundings: ProcessSurroundings, code: [ConfigurationEntry] = [], commandLine: [String], isApplication: Bool
  ) async throws -> ApplicationStart {
    let threads = try FileThreads(count: 1)
    let configuration = try await Configuration.load(
      code: code, commandLine: commandLine, environment: surroundings.environment,
      files: SystemFileSystem(threads: threads))
    try ClosureShipping.selfTest()
    let settings = try DriverSettings(configuration, program: surroundings.program)
    let taskThreads =
      switch settings.master {
      case .local(let threads): threads ?? ProcessUsage.processorCount
      case .localCluster: 1
      }
    if case .local = settings.master {
      ProcessMemory.fit(to: configuration[ApplicationKeys().executorMemory], threads: taskThreads)
    }
    let machine = try LibuvNode(
      name: "driver", taskThreadCount: taskThreads,
      logHandler: configuration.logHandler(time: try SystemTime(), sink: StandardError.sink),
      logLevel: configuration[LogKeys().level], limits: settings.limits)
    let started: ApplicationStart
    do {
      started = try await assemble(machine, configuration, settings, surroundings, showsSummary: isApplication)
    } catch {
      await machine.shutdown()
      throw error
    }
    RunningSession.current = started.session
    return started
  }

  private static func assemble(
    _ machine: LibuvNode, _ configuration: Configuration, _ settings: DriverSettings,
    _ surroundings: ProcessSurroundings, showsSummary: Bool
  ) async throws -> ApplicationStart {
    let context = machine.context
    let start = context.time.now
    let application = ApplicationID(rawValue: context.randomness.next())
    let broadcasts = BroadcastStore(context: context, limits: settings.limits)
    let executors = ChosenExecutors(application, configuration, settings, surroundings, broadcasts, context)
    var options = settings.options
    options.process = surroundings.identifier
    let node = DriverNode(
      context: context, application: application, limits: settings.limits, options: options,
      provider: executors.provider)
    executors.connect(node)
    let isEnded = Mutex(false)
    let endAroundProgram: @Sendable (ApplicationStatus, (any Error)?) async -> Void = { status, error in
      RunningSession.current = nil
      var summary = await node.stop(status, since: start)
      if let error { summary.error = (error as? FlintError)?.description ?? "\(error)" }
      let usage = ProcessUsage.current
      summary.cpu = usage.processorTime
      summary.peakMemoryBytes["driver"] = UInt64(clamping: usage.peakMemory.bytes)
      await settings.write(summary, showsIt: showsSummary, context)
    }
    let isFirst: @Sendable () -> Bool = {
      isEnded.withLock { ended in
        defer { ended = true }
        return !ended
      }
    }
    let end: @Sendable (ApplicationStatus, (any Error)?) async -> Void = { status, error in
      guard isFirst() else { return }
      await endAroundProgram(status, error)
      await machine.shutdown()
    }
    let runtime = DriverRuntime(
      node, configuration: configuration,
      defaultParallelism: settings.parallelism > 0 ? settings.parallelism : executors.parallelism,
      broadcasts: broadcasts
    ) { await end(.succeeded, nil) }
    return ApplicationStart(
      session: Session(over: runtime), end: end,
      endAroundProgram: { if isFirst() { await endAroundProgram($0, $1) } }, context: context, limits: settings.limits)
  }

  /// Who starts the executors, as the master says.
  private struct ChosenExecutors {
    let provider: any ExecutorProvider
    /// How many tasks run at once.
    let parallelism: Int
    let connect: @Sendable (DriverNode) -> Void

    init(
      _ application: ApplicationID, _ configuration: Configuration, _ settings: DriverSettings,
      _ surroundings: ProcessSurroundings, _ broadcasts: BroadcastStore, _ context: NodeContext
    ) {
      switch settings.master {
      case .local:
        let memory = configuration[ApplicationKeys().executorMemory]
        let executors = LocalExecutors(
          context: context, limits: settings.limits, memory: memory,
          driverMemory: configuration[ApplicationKeys().driverMemory]
        ) { driver in
          try await LocalExecutors.stores(
            of: application, memory: memory, in: settings.localDirectory, process: surroundings.identifier,
            driver: driver, broadcasts: broadcasts, context: context)
        }
        (provider, parallelism) = (executors, context.executors.taskThreadCount)
        connect = { executors.connect(to: $0) }
      case .localCluster(let executors, let cores, let memory):
        let cluster = LocalCluster(
          LocalCluster.Plan(
            application: application, executors: executors, cores: cores, memory: memory,
            directory: settings.localDirectory, logLevel: configuration[LogKeys().level],
            links: LinkRoutes(configuration)),
          broadcasts: broadcasts, context: context, limits: settings.limits, surroundings: surroundings)
        (provider, parallelism) = (cluster, executors * cores)
        connect = { cluster.connect(to: $0) }
      }
    }
  }
}
