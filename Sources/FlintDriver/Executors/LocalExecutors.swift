internal import FlintCore
internal import FlintExecution
internal import FlintStorage
internal import FlintWire
internal import Synchronization

/// One executor in the driver's own process, on its loop and its task threads: `local[n]`.
final class LocalExecutors: ExecutorProvider {
  private static let incarnation = ExecutorIncarnation(executor: ExecutorID(rawValue: 0), number: 0)
  private static let node = NodeID(rawValue: 0)
  static let place = BlockPlace(node: node, executor: incarnation, endpoint: .unix(path: "/nowhere"))

  /// Stores with `memory`, whose files are in a folder below `directory`. Nothing is fetched from others: there are none.
  static func stores(
    of application: ApplicationID, memory: ByteCount, in directory: FilePath, process: Int32,
    driver: any DriverChannel, broadcasts: BroadcastStore, context: NodeContext
  ) async throws -> Stores {
    let source = BroadcastSource(driver: driver) { request in
      guard let part = try await broadcasts.part(of: request) else {
        throw FlintError(.fileNotFound, "the driver has no \(request.block)")
      }
      return part
    }
    let folder = try await ApplicationFolder.make(in: directory, process: process, context: context)
    let disk = try await DiskStore(of: application, in: folder.path / "n0", context: context)
    let place = ExecutorPlace(
      executor: incarnation, node: node, memoryEndpoint: place.endpoint, fileEndpoint: place.endpoint)
    let stores = NodeStores(
      place, disk: disk, memory: memory, remote: nil, broadcasts: source, driver: driver, context: context)
    return Stores(stores: stores, providers: stores.providers, folder: folder)
  }

  private struct Running {
    let executor: ExecutorNode
    let channel: LocalDriver
    let providers: [any BlockProvider]
    let folder: ApplicationFolder?
  }

  /// What the executor keeps its blocks in, and the folder that goes with it.
  struct Stores: Sendable {
    let stores: any TaskStores
    /// Who has the results that are too long for a message.
    var providers: [any BlockProvider] = []
    var folder: ApplicationFolder?
  }

  private let context: NodeContext
  private let limits: Limits
  private let memory: ByteCount
  private let driverMemory: ByteCount
  private let makeStores: @Sendable (_ driver: any DriverChannel) async throws -> Stores
  private let driver = Mutex<DriverNode?>(nil)
  private let starting = Mutex<Task<Running, any Error>?>(nil)

  /// - Parameters:
  ///   - driverMemory: what the process has for its driver, beside the executor's `memory`.
  ///   - makeStores: makes the executor's stores, once.
  init(
    context: NodeContext, limits: Limits, memory: ByteCount, driverMemory: ByteCount,
    makeStores: @escaping @Sendable (_ driver: any DriverChannel) async throws -> Stores
  ) {
    self.context = context
    self.limits = limits
    self.memory = memory
    self.driverMemory = driverMemory
    self.makeStores = makeStores
  }

  var slotCount: Int? { context.executors.taskThreadCount }

  var reportsExits: Bool { false }

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
    guard let driver = driver.withLock({ $0 }) else { preconditionFailure("an executor starts before its driver") }
    let inbox = LocalInbox(context: context)
    let channel = LocalDriver(driver, for: Self.incarnation, on: Self.node, inbox: inbox)
    let stores = try await makeStores(channel)
    let executor = ExecutorNode(
      Self.incarnation, context: context, driver: channel, stores: stores.stores, memory: memory,
      beside: driverMemory, blocks: Self.place.endpoint, limits: limits
    ) { [weak driver, context] end in
      if case .stuck = end, let driver {
        // A thread of this process cannot be had back.
        context.log.error("the executor of this process cannot go on: \(end)")
        Task(executorPreference: context.executors.control) {
          await driver.executorExited(Self.incarnation, ExecutorLoss(cause: "\(end)"))
        }
      }
    }
    inbox.connect(to: executor)
    _ = try await executor.register()
    return Running(executor: executor, channel: channel, providers: stores.providers, folder: stores.folder)
  }

  func lost(_ executor: ExecutorIncarnation) {}

  func fetch(_ block: BlockID, _ range: Range<UInt64>, from executor: ExecutorIncarnation) async throws -> [UInt8] {
    let request = BlockRequest(block: block, offset: range.lowerBound, length: UInt64(range.count))
    let running = try await starting.withLock({ $0 })?.value
    for provider in running?.providers ?? [] {
      if let bytes = try await provider.part(of: request) { return bytes }
    }
    throw FlintError(.fileNotFound, "\(block) is not here")
  }

  func stop() async {
    let launching = starting.withLock { $0 }
    defer {
      // Driver and executor hold each other through this object.
      driver.withLock { $0 = nil }
      starting.withLock { $0 = nil }
    }
    guard let running = try? await launching?.value else { return }
    await running.executor.stop()
    await running.executor.drained()
    running.channel.close()
    do {
      try await running.folder?.remove()
    } catch {
      context.log.warning("the application's folder cannot be removed", ["error": "\(error)"])
    }
  }
}
