import FlintCore
import FlintDatasets
@testable import FlintDriver
import FlintLaunch
import FlintLibuv
import FlintLineage
import FlintWire
import Synchronization

/// A driver on the real seams whose executors a test plays by hand.
struct HandDriver {
  let node: DriverNode
  let runtime: DriverRuntime
  let provider: HandProvider
  private let machine: LibuvNode

  var session: Session { Session(over: runtime) }

  static func use<Result>(
    limits: Limits = Limits(), reportsExits: Bool = false, log: any LogHandler = MemoryLogHandler(),
    _ body: (HandDriver) async throws -> Result
  ) async throws -> Result {
    let machine = try LibuvNode(name: "driver", taskThreadCount: 1, logHandler: log, limits: limits)
    let provider = HandProvider(reportsExits: reportsExits)
    let node = DriverNode(
      context: machine.context, application: ApplicationID(rawValue: 7), limits: limits,
      options: DriverOptions(name: "test"), provider: provider)
    let runtime = DriverRuntime(
      node, configuration: try Configuration(registry: .flint), defaultParallelism: 2,
      broadcasts: BroadcastStore(context: machine.context, limits: limits)
    ) {}
    let driver = HandDriver(node: node, runtime: runtime, provider: provider, machine: machine)
    do {
      let result = try await body(driver)
      _ = await node.stop(.succeeded, since: node.now)
      await machine.shutdown()
      return result
    } catch {
      _ = await node.stop(.failed, since: node.now)
      await machine.shutdown()
      throw error
    }
  }

  /// An executor that has registered.
  func executor(_ number: UInt64, life: UInt64 = 0) async throws -> HandExecutor {
    let executor = HandExecutor(number, life: life)
    _ = try await node.register(executor.registration, node: NodeID(rawValue: number), over: executor)
    return executor
  }

  /// What `executor` says.
  @discardableResult
  func say(_ message: Message, as executor: HandExecutor) async throws -> Message? {
    try await node.receive(message, from: executor.executor)
  }
}

/// Starts nobody, and writes down who was lost.
final class HandProvider: ExecutorProvider {
  let reportsExits: Bool
  private let gone = Mutex<[ExecutorIncarnation]>([])

  init(reportsExits: Bool) {
    self.reportsExits = reportsExits
  }

  var lost: [ExecutorIncarnation] { gone.withLock { $0 } }
  var slotCount: Int? { nil }
  func start() async throws {}
  func lost(_ executor: ExecutorIncarnation) { gone.withLock { $0.append(executor) } }
  func fetch(_ block: BlockID, _ range: Range<UInt64>, from executor: ExecutorIncarnation) async throws -> [UInt8] {
    throw FlintError(.connectionLost, "nobody serves \(block)")
  }
  func stop() async {}
}
