internal import FlintChaos
internal import FlintCore
internal import FlintExecution
internal import FlintShuffle
internal import FlintStorage
internal import FlintTransport
internal import FlintWire

/// The two kinds of process of a simulated machine: an executor, and the service of its node's files.
enum SimulatedExecutorProcess {
  /// Serves the driver until that is over. Returns 0 when the driver has ended it.
  static func run(_ incarnation: ExecutorIncarnation, _ plan: ClusterPlan, _ context: NodeContext) async throws -> Int32
  {
    let index = Int(incarnation.executor.rawValue)
    let machine = plan.machine(of: index)
    let assignment = ExecutorAssignment(
      application: plan.addresses.application, incarnation: incarnation,
      node: NodeID(rawValue: UInt64(machine)), user: 0, number: context.randomness.next(),
      driver: ClusterAddresses.driver, blocks: plan.addresses.blocks(of: index, on: machine),
      nodeBlocks: plan.addresses.files(of: machine), directory: ClusterAddresses.directory,
      taskThreads: UInt32(plan.shape.taskThreads), memory: plan.shape.memory, logLevel: .debug, limits: plan.limits)
    let end = try await ExecutorProcess.serve(assignment, context)
    context.log.debug("ended: \(end)")
    if case .stopped = end { return 0 }
    return 1
  }

  /// Serves the files that executors on this machine have written, for ever.
  static func serveFiles(of machine: Int, _ plan: ClusterPlan, _ context: NodeContext) async throws {
    let disk = try await DiskStore(of: plan.addresses.application, in: ClusterAddresses.directory, context: context)
    let files = MapOutputFiles(disk)
    let service = BlockService(
      [files], budget: MemoryBudget(limit: ByteCount(2 * plan.limits.fetchBytesInFlight.bytes)), context: context,
      limits: plan.limits)
    let transport = Transport(
      context: context, local: plan.addresses.introduction(.worker, context), limits: plan.limits)
    let listener = try await transport.listen(
      at: plan.addresses.files(of: machine), serving: [.executor, .driver]
    ) { _, peer in
      peer.channel == .blocks ? service.handler : nil
    }
    defer { listener.close() }
    while true { try await context.time.sleep(for: .seconds(600)) }
  }
}
