internal import FlintCore
internal import FlintDriver
internal import FlintExecution
internal import FlintStorage
internal import FlintTransport
internal import FlintWire

/// Executors on simulated machines, as the driver sees them. The scenario starts them, so there is nothing to start here.
struct SimulatedCluster: ExecutorProvider {
  static let application = ApplicationID(rawValue: 1)
  static let driver = Endpoint.tcp(host: "driver", port: 7000)
  let executorCount: Int
  let client: BlockClient
  let context: NodeContext

  var slotCount: Int? { 2 * executorCount }
  var reportsExits: Bool { false }

  func start() async throws {}

  func lost(_: ExecutorIncarnation) {}

  func fetch(_ block: BlockID, _ range: Range<UInt64>, from executor: ExecutorIncarnation) async throws -> [UInt8] {
    let place = BlockPlace(
      node: Self.node(of: executor.executor), executor: executor, endpoint: Self.blocks(of: executor.executor))
    let slab = try await client.fetch(
      BlockRequest(block: block, offset: range.lowerBound, length: UInt64(range.count)), from: place)
    return Array(slab.bytes[..<range.count])
  }

  /// The driver has told the executors to end.
  func stop() async { try? await context.time.sleep(for: .seconds(1)) }

  static func host(of executor: ExecutorID) -> String { "executor\(executor.rawValue)" }

  static func node(of executor: ExecutorID) -> NodeID { NodeID(rawValue: executor.rawValue) }

  static func blocks(of executor: ExecutorID) -> Endpoint { .tcp(host: host(of: executor), port: 7001) }

  static func files(of executor: ExecutorID) -> Endpoint { .tcp(host: host(of: executor), port: 7002) }

  /// What a node says of itself.
  static func introduction(_ role: PeerRole, _ context: NodeContext) -> Introduction {
    Introduction(
      cluster: "\(application)", role: role, name: context.name, incarnation: context.randomness.next(),
      build: ExecutorProcess.buildID)
  }
}
