import FlintCore
import FlintTransport
import FlintWire
import FlintLibuv

/// A node on this machine's plain sockets, with its transport.
struct TestNode: Sendable {
  let node: LibuvNode
  let log: MemoryLogHandler
  let transport: Transport

  init(_ role: PeerRole, limits: Limits = Limits(), admission: Admission = Admission(believesStrangers: true)) throws {
    log = MemoryLogHandler()
    node = try LibuvNode(name: "\(role)", logHandler: log)
    let executor = role == .executor ? TestNode.executor : nil
    transport = Transport(
      context: node.context,
      local: Introduction(cluster: "test", role: role, name: "\(role)", incarnation: 1, executor: executor, build: [1]),
      admission: admission, limits: limits)
  }

  var context: NodeContext { node.context }

  static let executor = ExecutorIncarnation(executor: ExecutorID(rawValue: 4), number: 0)
  static let anywhere = Endpoint.tcp(host: "127.0.0.1", port: 0)

  func shutdown() async {
    await transport.shutdown(within: .seconds(5))
    await node.shutdown()
  }

  /// Runs `body` with a driver and an executor; both are empty afterwards.
  static func withPair(
    driver: Limits = Limits(), executor: Limits = Limits(), _ body: (TestNode, TestNode) async throws -> Void
  ) async throws {
    let (driver, executor) = (try TestNode(.driver, limits: driver), try TestNode(.executor, limits: executor))
    do {
      try await body(driver, executor)
    } catch {
      await executor.shutdown()
      await driver.shutdown()
      throw error
    }
    await executor.shutdown()
    await driver.shutdown()
  }
}
