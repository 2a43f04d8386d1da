internal import FlintCore
internal import FlintExecution
internal import FlintLaunch
internal import FlintStorage
internal import FlintSystem
internal import FlintTransport
internal import FlintWire
internal import Synchronization

/// Executors in processes of this machine, each a node of its own: `local-cluster[executors,cores,memory]`.
final class LocalCluster: ExecutorProvider {
  private struct Running {
    let folder: ApplicationFolder
    let transport: Transport
    let listener: any NetworkListener
    let client: BlockClient
    let host: ExecutorHost
  }

  /// What a cluster is made of.
  struct Plan: Sendable {
    let application: ApplicationID
    let executors: Int
    let cores: Int
    let memory: ByteCount
    /// Where its folder is made.
    let directory: FilePath
    let logLevel: LogLevel
    let links: LinkRoutes
  }

  private let plan: Plan
  private let context: NodeContext
  private let limits: Limits
  private let surroundings: ProcessSurroundings
  private let broadcasts: BroadcastStore
  private let driver = Mutex<DriverNode?>(nil)
  private let starting = Mutex<Task<Running, any Error>?>(nil)
  /// Once there is one.
  private let host = Mutex<ExecutorHost?>(nil)

  init(
    _ plan: Plan, broadcasts: BroadcastStore, context: NodeContext, limits: Limits, surroundings: ProcessSurroundings
  ) {
    self.plan = plan
    self.broadcasts = broadcasts
    self.context = context
    self.limits = limits
    self.surroundings = surroundings
  }

  var slotCount: Int? { plan.executors * plan.cores }

  var reportsExits: Bool { true }

  func connect(to driver: DriverNode) { self.driver.withLock { $0 = driver } }

  func start() async throws {
    let task = starting.withLock { starting in
      if let starting { return starting }
      let task = Task(executorPreference: context.executors.control) { try await self.launch() }
      starting = task
      return task
    }
    _ = try await task.value
  }

  private func launch() async throws -> Running {
    guard let driver = driver.withLock({ $0 }) else { preconditionFailure("executors start before their driver") }
    let folder = try await ApplicationFolder.make(
      in: plan.directory, process: surroundings.identifier, context: context)
    let memory = MemoryBudget(limit: ByteCount(2 * limits.fetchBytesInFlight.bytes))
    let transport = Transport(
      context: plan.links.lead(context),
      local: Introduction(
        cluster: "\(plan.application)", role: .driver, name: context.name, incarnation: context.randomness.next(),
        build: ExecutorProcess.buildID),
      admission: Admission(localUsers: [SystemUser.number]), limits: limits)
    let endpoint = Endpoint.unix(path: folder.path / "driver.sock")
    var hosted = HostPlan(
      application: plan.application, executorCount: plan.executors, taskThreads: plan.cores, memory: plan.memory,
      driver: endpoint, directory: folder.path, logLevel: plan.logLevel)
    hosted.links = plan.links
    let host = ExecutorHost(
      hosted, context: context, limits: limits, surroundings: surroundings
    ) { [weak driver, context] event in
      guard let driver else { return }
      Task(executorPreference: context.executors.control) { await driver.take(event) }
    }
    self.host.withLock { $0 = host }
    let service = BlockService([broadcasts], budget: memory, context: context, limits: limits)
    let door = DriverDoor(driver, serving: service, process: UInt32(surroundings.identifier)) {
      NodeID(rawValue: $0.rawValue)
    } registered: { executor in
      host.assumeIsolated { $0.registered(executor) }
    }
    let listener = try await door.open(transport, at: endpoint)
    try await host.start()
    return Running(
      folder: folder, transport: transport, listener: listener,
      client: BlockClient(transport, budget: memory, context: context), host: host)
  }

  func lost(_ executor: ExecutorIncarnation) {
    guard let task = starting.withLock({ $0 }) else { return }
    Task(executorPreference: context.executors.control) { try? await task.value.host.lost(executor) }
  }

  func whereabouts(of executor: ExecutorIncarnation) -> ExecutorWhereabouts? {
    host.withLock { $0 }?.assumeIsolated { host in
      host.processes[executor.executor].map { process in
        ExecutorWhereabouts(process: process, directory: host.directory(of: executor.executor))
      }
    }
  }

  func fetch(_ block: BlockID, _ range: Range<UInt64>, from executor: ExecutorIncarnation) async throws -> [UInt8] {
    guard let running = try await starting.withLock({ $0 })?.value else {
      throw FlintError(.fileNotFound, "\(block) is not here")
    }
    let place = BlockPlace(
      node: NodeID(rawValue: executor.executor.rawValue), executor: executor,
      endpoint: HostPlan.blocks(of: executor, in: running.folder.path))
    var bytes: [UInt8] = []
    while bytes.count < range.count {
      let offset = range.lowerBound + UInt64(bytes.count)
      let length = min(UInt64(limits.fetchRequest.bytes), range.upperBound - offset)
      let request = BlockRequest(block: block, offset: offset, length: length)
      let slab = try await running.client.fetch(request, from: place)
      bytes += slab.bytes[..<Int(length)]
    }
    return bytes
  }

  func discard(_ shuffle: ShuffleID) {
    guard let task = starting.withLock({ $0 }) else { return }
    Task(executorPreference: context.executors.control) { try? await task.value.host.discard(shuffle) }
  }

  func stop() async {
    let launching = starting.withLock { $0 }
    defer {
      // The driver and its door hold each other through this object.
      driver.withLock { $0 = nil }
      host.withLock { $0 = nil }
      starting.withLock { $0 = nil }
    }
    guard let running = try? await launching?.value else { return }
    await running.host.stop()
    running.listener.close()
    await running.transport.shutdown(within: .milliseconds(100))
    do {
      try await running.folder.remove()
    } catch {
      context.log.warning("the application's folder cannot be removed", ["error": "\(error)"])
    }
  }
}

extension DriverNode {
  /// What the host of this application's executors has seen.
  func take(_ event: ExecutorHost.Event) {
    switch event {
    case .exited(let executor, let exit):
      executorExited(
        executor,
        ExecutorLoss(
          cause: exit.cause, exitedAt: (exit.wall, exit.monotonic), trapped: exit.trapped,
          lastWords: exit.lastLines.isEmpty ? nil : exit.lastLines))
    case .gaveUp(let error): executorsGaveUp(error)
    }
  }
}
