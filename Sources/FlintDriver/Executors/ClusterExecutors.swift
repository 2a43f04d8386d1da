internal import FlintCore
internal import FlintExecution
internal import FlintLaunch
internal import FlintStorage
internal import FlintSystem
internal import FlintTransport
internal import FlintWire
internal import Synchronization

/// Executors in processes of their own on this machine, each a node: `local-cluster[executors,cores,memory]`.
///
/// Everything of theirs is in one directory of the application, which goes with it: sockets, files, map outputs.
final class ClusterExecutors: ExecutorProvider {
  /// What the application asks for.
  struct Wish: Sendable {
    var application: ApplicationID
    var executors: Int
    var cores: Int
    var memory: ByteCount
    var logLevel: LogLevel
    var localDirectory: FilePath
  }

  private struct Running {
    let host: ExecutorHost
    let transport: Transport
    let listener: any NetworkListener
    let client: BlockClient
  }

  private let context: NodeContext
  private let limits: Limits
  private let wish: Wish
  private let surroundings: ProcessSurroundings
  private let directory: FilePath
  private let driver = Mutex<(node: DriverNode, broadcasts: BroadcastStore)?>(nil)
  private let starting = Mutex<Task<Running, any Error>?>(nil)
  private let running = Mutex<Running?>(nil)

  init(_ wish: Wish, context: NodeContext, limits: Limits, surroundings: ProcessSurroundings) {
    self.wish = wish
    self.context = context
    self.limits = limits
    self.surroundings = surroundings
    // Short, since paths of sockets are.
    directory = wish.localDirectory / "flint-\(String(context.randomness.next() >> 16, radix: 36))"
  }

  var slotCount: Int? { wish.executors * wish.cores }

  var reportsExits: Bool { true }

  func connect(to driver: DriverNode, _ broadcasts: BroadcastStore) {
    self.driver.withLock { $0 = (driver, broadcasts) }
  }

  // MARK: Start

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
    guard let (driver, broadcasts) = driver.withLock({ $0 }) else {
      preconditionFailure("executors start before their driver")
    }
    try await context.files.createDirectory(directory)
    let transport = Transport(
      context: context,
      local: Introduction(
        cluster: "\(wish.application)", role: .driver, name: context.name, incarnation: context.randomness.next(),
        build: ExecutorProcess.buildID),
      admission: Admission(localUsers: [SystemUser.number]), limits: limits)
    let memory = MemoryBudget(limit: ByteCount(2 * limits.fetchBytesInFlight.bytes))
    let service = BlockService([broadcasts], budget: memory, context: context, limits: limits)
    // Each executor is the machine of its number.
    let door = DriverDoor(driver, serving: service) { NodeID(rawValue: $0.rawValue) }
    let endpoint = Endpoint.unix(path: directory / "driver.sock")
    let listener = try await door.open(transport, at: endpoint)
    let plan = HostPlan(
      application: wish.application, executorCount: wish.executors, taskThreads: wish.cores, memory: wish.memory,
      driver: endpoint, directory: directory, logLevel: wish.logLevel)
    let host = ExecutorHost(plan, context: context, limits: limits, surroundings: surroundings) { event in
      driver.assumeIsolated { driver in
        switch event {
        case .exited(let executor, let exit): driver.executorExited(executor, ExecutorLoss(exit))
        case .gaveUp(let error): driver.executorsGaveUp(error)
        }
      }
    }
    let client = BlockClient(transport, budget: memory, context: context)
    let running = Running(host: host, transport: transport, listener: listener, client: client)
    self.running.withLock { $0 = running }
    try await host.start()
    return running
  }

  // MARK: Executors

  func registered(_ executor: ExecutorIncarnation) {
    running.withLock { $0 }?.host.assumeIsolated { $0.registered(executor) }
  }

  func lost(_ executor: ExecutorIncarnation) {
    running.withLock { $0 }?.host.assumeIsolated { $0.lost(executor) }
  }

  func whereabouts(of executor: ExecutorIncarnation) -> ExecutorWhereabouts? {
    running.withLock { $0 }?.host.assumeIsolated { host in
      host.processes[executor.executor].map { process in
        ExecutorWhereabouts(process: process, directory: host.directory(of: executor.executor))
      }
    }
  }

  func fetch(_ block: BlockID, byteCount: UInt64, from executor: ExecutorIncarnation) async throws -> [UInt8] {
    guard let running = running.withLock({ $0 }) else {
      throw FlintError(.fileNotFound, "\(block) is not here")
    }
    let place = BlockPlace(
      node: NodeID(rawValue: executor.executor.rawValue), executor: executor,
      endpoint: running.host.blocks(of: executor))
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Int(byteCount))
    while UInt64(bytes.count) < byteCount {
      let count = min(byteCount - UInt64(bytes.count), UInt64(limits.fetchRequest.bytes))
      let part = BlockRequest(block: block, offset: UInt64(bytes.count), length: count)
      bytes += try await running.client.fetch(part, from: place).bytes.prefix(Int(count))
    }
    return bytes
  }

  // MARK: The end

  func stop() async {
    let task = starting.withLock { $0 }
    _ = try? await task?.value
    guard let running = running.withLock({ $0.take() }) else { return }
    await running.host.stop()
    running.listener.close()
    await running.transport.shutdown(within: .milliseconds(100))
    driver.withLock { $0 = nil }
    await removeTree(directory)
  }

  private func removeTree(_ path: FilePath) async {
    if let status = try? await context.files.status(of: path), status.kind == .directory {
      for name in (try? await context.files.list(path)) ?? [] { await removeTree(path / name) }
    }
    do { try await context.files.remove(path) } catch {
      context.log.warning("a file of the application could not be removed", ["path": "\(path)", "error": "\(error)"])
    }
  }
}

extension ExecutorLoss {
  init(_ exit: ExecutorExit) {
    self.init(
      cause: exit.cause, exitedAt: (exit.wall, exit.monotonic), trapped: exit.trapped,
      lastWords: exit.lastLines.isEmpty ? nil : exit.lastLines)
  }
}
