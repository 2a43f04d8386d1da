internal import FlintClosures
package import FlintCore
internal import FlintLibuv
internal import FlintStorage
internal import FlintSystem
internal import FlintTransport
internal import FlintWire
internal import Synchronization

/// A process that is an executor, from its assignment to its end.
public enum ExecutorProcess {
  /// Serves the driver of `assignment`, and returns why that is over, in words. Whoever started the process then ends it:
  /// a task that ignores its end may still run.
  public static func run(_ assignment: [UInt8]) async throws -> [UInt8] {
    let assignment = try ExecutorAssignment(bytes: assignment)
    ProcessMemory.fit(to: assignment.memory, threads: Int(assignment.taskThreads))
    let machine = try LibuvNode(
      name: "\(assignment.incarnation)", taskThreadCount: Int(assignment.taskThreads),
      logHandler: TextLogHandler(time: try SystemTime(), sink: StandardError.sink), logLevel: assignment.logLevel,
      limits: assignment.limits)
    // Nothing is shut down when it fails: the process ends.
    let end = try await serve(assignment, machine.context, process: UInt32(ProcessTable.ownNumber)) {
      ProcessUsage.peakMemory
    }
    return Array("\(end)".utf8)
  }

  /// What a node says of itself within an application.
  static func introduction(
    _ application: ApplicationID, role: PeerRole, name: String, number: UInt64, executor: ExecutorIncarnation? = nil
  ) -> Introduction {
    Introduction(
      cluster: "\(application)", role: role, name: name, incarnation: number, executor: executor, build: buildID)
  }

  /// The build of this program: places in its code mean something only to the same one.
  public static var buildID: [UInt8] {
    Array((ClosureShipping.programBuildID ?? "").utf8.prefix(Introduction.buildLimit))
  }

  /// Serves the driver of `assignment` on any seams, also simulated ones, and returns why that is over. `process`: the
  /// system's number of this process, for whoever looks at it; 0 where there is none. `peakResident`: the most memory that the
  /// process has had.
  package static func serve(
    _ assignment: ExecutorAssignment, _ context: NodeContext, process: UInt32 = 0,
    peakResident: @escaping @Sendable () -> ByteCount = { ByteCount(0) }
  ) async throws -> ExecutorEnd {
    let limits = assignment.limits.fitted(to: assignment.memory)
    let transport = Transport(
      context: assignment.links.lead(context, of: assignment.incarnation.executor),
      local: introduction(
        assignment.application, role: .executor, name: context.name, number: assignment.number,
        executor: assignment.incarnation),
      admission: Admission(localUsers: [assignment.user]), limits: limits)
    let memory = MemoryBudget(
      limit: ByteCount(2 * max(limits.fetchBytesInFlight, assignment.limits.fetchRequest).bytes))
    let client = BlockClient(transport, budget: memory, context: context)
    let (ends, over) = AsyncStream<ExecutorEnd>.makeStream()
    let seat = Seat()
    async let dialled = transport.connect(to: assignment.driver, expecting: .driver) { _, _ in seat.handler }
    let disk = try await DiskStore(of: assignment.application, in: assignment.directory, context: context)
    let driver = ConnectedDriver(try await dialled)
    let source = BroadcastSource(driver: driver) { request in
      let slab = try await client.fetch(request, fromDriver: assignment.driver)
      return Array(slab.bytes[..<Int(request.length)])
    }
    let stores = NodeStores(
      assignment.place, disk: disk, memory: assignment.memoryOfTasks, remote: client, broadcasts: source,
      driver: driver, limits: limits, context: context)
    // Those who ask may have more memory than this executor, and ask for more at once.
    var serving = limits
    serving.fetchRequest = assignment.limits.fetchRequest
    let service = BlockService(stores.providers, budget: memory, context: context, limits: serving)
    let node = ExecutorNode(
      assignment.incarnation, context: context, driver: driver, stores: stores, memory: assignment.memory,
      blocks: assignment.blocks, limits: limits, peakResident: peakResident
    ) { over.yield($0) }
    let desk = InspectionDesk.handler(transport) { await node.inspection(process: process) }
    let roles: [PeerRole] = [.executor, .driver, .observer]
    let listener = try await transport.listen(at: assignment.blocks, serving: roles) { _, peer in
      if peer.role == .observer { return desk }
      return peer.channel == .blocks ? handler(of: stores, service) : nil
    }
    await seat.take(node)
    _ = try await node.register()
    var end = ExecutorEnd.stopped
    for await first in ends {
      end = first
      break
    }
    #if FLINT_PLANTED_RUNTIME
      if RuntimeBug.has(.listenerLeft) { return end }
    #endif
    listener.close()
    if case .stopped = end {
      try? await context.time.withDeadline(limits.killWait, owner: "executor: the end of its tasks") {
        await node.drained()
      }
    }
    await transport.shutdown(within: .milliseconds(100))
    return end
  }

  /// What becomes of the messages of those who want blocks, or want them kept.
  private static func handler(of stores: NodeStores, _ service: BlockService) -> ConnectionHandler {
    ConnectionHandler { connection, message, request in
      guard case .copyBlock(let copy) = message, let request else {
        return service.receive(message, request, on: connection)
      }
      connection.answer(request) { .blockCopied(BlockCopied(block: copy.block, isKept: await stores.keep(copy))) }
    }
  }

  /// Where the driver's messages arrive: the connection is there before the node.
  private final class Seat: Sendable {
    private let state = Mutex<(node: ExecutorNode?, lost: FlintError?)>((nil, nil))

    var handler: ConnectionHandler {
      ConnectionHandler { [self] _, message, _ in
        state.withLock { $0.node }?.assumeIsolated { $0.receive(message) }
      } ended: { [self] _, reason in
        let error = FlintError(.connectionLost, "the connection to the driver is over", why: "\(reason)")
        let node = state.withLock { state in
          state.lost = error
          return state.node
        }
        node?.assumeIsolated { $0.driverLost(error) }
      }
    }

    func take(_ node: ExecutorNode) async {
      let lost = state.withLock { state in
        state.node = node
        return state.lost
      }
      if let lost { await node.driverLost(lost) }
    }
  }
}

extension ExecutorAssignment {
  /// What is left of the memory for tasks and blocks when others are served.
  var memoryOfTasks: ByteCount {
    ByteCount(max(memory.bytes - limits.fitted(to: memory).fetchBytesInFlight.bytes, memory.bytes / 2))
  }

  var place: ExecutorPlace {
    ExecutorPlace(executor: incarnation, node: node, memoryEndpoint: blocks, fileEndpoint: nodeBlocks)
  }
}
