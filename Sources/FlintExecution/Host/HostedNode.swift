internal import FlintCore
internal import FlintShuffle
internal import FlintStorage
internal import FlintTransport
internal import FlintWire

/// One node of a host: its work directory, and the service that gives out its files, also after its executor's death.
struct HostedNode: Sendable {
  let id: NodeID
  let directory: FilePath
  let endpoint: Endpoint
  private let transport: Transport
  private let files: MapOutputFiles
  private let listener: any NetworkListener
  private let log: Logger

  /// Makes the directory and starts the service.
  init(
    _ id: NodeID, of application: ApplicationID, in parent: FilePath, context: NodeContext, limits: Limits,
    user: UInt32
  ) async throws {
    self.id = id
    log = context.log
    directory = parent / "n\(id.rawValue)"
    endpoint = .unix(path: parent / "n\(id.rawValue).sock")
    let disk = try await DiskStore(of: application, in: directory, context: context)
    let files = MapOutputFiles(disk)
    self.files = files
    transport = Transport(
      context: context,
      local: ExecutorProcess.introduction(
        application, role: .worker, name: "\(id)", number: context.randomness.next()),
      admission: Admission(localUsers: [user]), limits: limits)
    let service = BlockService(
      [files], budget: MemoryBudget(limit: ByteCount(2 * limits.fetchBytesInFlight.bytes)), context: context,
      limits: limits)
    let desk = InspectionDesk.handler(transport) {
      var inspection = Inspection(role: .worker, name: "\(id)")
      inspection.blocks = try await disk.blocks()
      inspection.leases = await service.isIdle ? 0 : 1
      return inspection
    }
    listener = try await transport.listen(at: endpoint, serving: [.executor, .driver, .observer]) { _, peer in
      if peer.role == .observer { return desk }
      return peer.channel == .blocks ? service.handler : nil
    }
  }

  /// Nobody will read this shuffle any more.
  func discard(_ shuffle: ShuffleID) async {
    do {
      try await files.remove(shuffle)
    } catch {
      log.info("map outputs could not be removed", ["shuffle": "\(shuffle)", "error": "\(error)"])
    }
  }

  func close() async {
    listener.close()
    await transport.shutdown(within: .milliseconds(50))
    await files.close()
  }
}
