internal import FlintCore
internal import FlintExecution
internal import FlintShuffle
internal import FlintStorage
internal import FlintTransport
internal import FlintWire

/// The two processes of a simulated machine: an executor, and the service of its node's files.
enum WordCountExecutor {
  /// Serves the driver until that is over.
  static func run(_ incarnation: ExecutorIncarnation, limits: Limits = Limits(), _ context: NodeContext) async throws {
    let id = incarnation.executor
    let assignment = ExecutorAssignment(
      application: SimulatedCluster.application, incarnation: incarnation, node: SimulatedCluster.node(of: id), user: 0,
      number: context.randomness.next(), driver: SimulatedCluster.driver, blocks: SimulatedCluster.blocks(of: id),
      nodeBlocks: SimulatedCluster.files(of: id), directory: "/work", taskThreads: 2, memory: .mebibytes(64),
      logLevel: .debug, limits: limits)
    let end = try await ExecutorProcess.serve(assignment, context)
    context.log.debug("ended: \(end)")
  }

  /// Serves the files that executors on this machine have written, for ever.
  static func serveFiles(of id: ExecutorID, limits: Limits = Limits(), _ context: NodeContext) async throws {
    let disk = try await DiskStore(of: SimulatedCluster.application, in: "/work", context: context)
    let files = MapOutputFiles(disk)
    let service = BlockService(
      [files], budget: MemoryBudget(limit: .mebibytes(64)), context: context, limits: limits)
    let transport = Transport(
      context: context, local: SimulatedCluster.introduction(.worker, context), limits: limits)
    let listener = try await transport.listen(
      at: SimulatedCluster.files(of: id), serving: [.executor, .driver]
    ) { _, peer in
      peer.channel == .blocks ? service.handler : nil
    }
    defer { listener.close() }
    while true { try await context.time.sleep(for: .seconds(600)) }
  }
}
