internal import FlintChaos
internal import FlintCore
internal import FlintDatasets
internal import FlintDriver
internal import FlintLaunch
internal import FlintStorage
internal import FlintTransport

/// A driver's process: a session over the product's own driver, and what is done with it.
struct SimulatedDriver {
  let plan: ClusterPlan
  /// Gets every line of the event log when it is written.
  let observer: @Sendable ([UInt8]) -> Void
  /// Ends the process of an executor.
  let end: @Sendable (ExecutorIncarnation) -> Void
  /// Told of the node once it is there.
  let started: @Sendable (DriverNode, NodeContext) -> Void
  /// Told of the Swift task that does the work: whoever cancels it cancels the jobs, and not the end of the session.
  let working: @Sendable (Task<Void, any Error>) -> Void
  /// Told of each life of an executor that is in service.
  let registered: @Sendable (ExecutorIncarnation) -> Void

  /// Runs `body` and ends the session. Throws what `body` throws, after that.
  func run(_ context: NodeContext, _ body: @escaping @Sendable (Session) async throws -> Void) async throws {
    let limits = plan.limits
    let configuration = try Configuration(
      registry: .flint, commandLine: plan.settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })
    let memory = MemoryBudget(limit: ByteCount(2 * limits.fetchBytesInFlight.bytes))
    let transport = Transport(
      context: context, local: plan.addresses.introduction(.driver, context), limits: limits)
    let provider = SimulatedProvider(
      plan: plan, client: BlockClient(transport, budget: memory, context: context), context: context, end: end)
    var options = DriverOptions(name: "simulated")
    options.speculates = plan.speculates || configuration[SchedulingKeys().speculation]
    options.eventObserver = observer
    let node = DriverNode(
      context: context, application: plan.addresses.application, limits: limits, options: options,
      provider: provider)
    started(node, context)
    let broadcasts = BroadcastStore(context: context, limits: limits)
    let service = BlockService([broadcasts], budget: memory, context: context, limits: limits)
    let door = DriverDoor(
      node, serving: service, nodeOf: { [plan] in NodeID(rawValue: UInt64(plan.machine(of: Int($0.rawValue)))) },
      registered: registered)
    let listener = try await door.open(transport, at: ClusterAddresses.driver)
    let start = context.time.now
    let runtime = DriverRuntime(
      node, configuration: configuration, defaultParallelism: plan.shape.executorCount * plan.shape.taskThreads,
      broadcasts: broadcasts
    ) {}
    var failure: (any Error)?
    let work = Task(executorPreference: context.executors.tasks) { try await body(Session(over: runtime)) }
    working(work)
    do {
      try await withTaskCancellationHandler {
        try await work.value
      } onCancel: {
        work.cancel()
      }
    } catch { failure = error }
    _ = await node.stop(failure == nil ? .succeeded : .failed, since: start)
    listener.close()
    await transport.shutdown(within: .seconds(5))
    runtime.attachments.forget()
    if let failure { throw failure }
  }
}
