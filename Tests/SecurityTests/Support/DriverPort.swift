import FlintCore
import FlintLibuv
import FlintTransport
import FlintWire
import Synchronization

/// A driver's port under TLS, which serves executors of its own cluster and build, and counts what reaches its handler.
final class DriverPort: Sendable {
  let node: SecuredNode
  let endpoint: Endpoint
  private let transport: Transport
  private let listener: any NetworkListener
  private let handled: Counts

  private final class Counts: Sendable {
    let peers = Mutex<[String]>([])
    let messages = Atomic(0)
  }

  init(limits: Limits = Limits()) async throws {
    let node = try SecuredNode("driver", .sharedSecret(SecuredNode.secret, role: .driver), limits: limits)
    let handled = Counts()
    let transport = Transport(
      context: node.context,
      local: Introduction(cluster: "ours", role: .driver, name: "driver", incarnation: 1, build: [1]),
      limits: limits)
    listener = try await transport.listen(at: .tcp(host: "127.0.0.1", port: 0), serving: [.executor]) { _, peer in
      handled.peers.withLock { $0.append(peer.name) }
      return ConnectionHandler { connection, message, request in
        handled.messages.add(1, ordering: .relaxed)
        if case .echo(let bytes) = message, let request { connection.answer(request, with: .echoed(bytes)) }
      }
    }
    endpoint = listener.endpoint
    self.node = node
    self.transport = transport
    self.handled = handled
  }

  /// The names of peers that were let in.
  var admitted: [String] { handled.peers.withLock { $0 } }
  /// Messages that the handler has got.
  var messageCount: Int { handled.messages.load(ordering: .relaxed) }
  /// Why connections were closed, in the words of the log.
  var reasons: [String] {
    node.log.events.filter { $0.level >= .warning }.compactMap { event in
      event.message.split(separator: ": ", maxSplits: 1).last.map(String.init)
    }
  }
  /// Connections that are not over.
  var openCount: Int { get async { await transport.openCount } }

  func shutdown() async {
    listener.close()
    await transport.shutdown(within: .seconds(5))
    await node.shutdown()
  }
}

/// A process that dials a driver.
final class Dialler: Sendable {
  let node: SecuredNode
  private let transport: Transport

  /// One that proves to be `proved` and says of itself `introduction`.
  init(_ introduction: Introduction, proving proved: PeerRole = .executor) throws {
    node = try SecuredNode(introduction.name, .sharedSecret(SecuredNode.secret, role: proved))
    transport = Transport(context: node.context, local: introduction)
  }

  static func introduction(
    _ name: String, cluster: String = "ours", role: PeerRole = .executor, build: [UInt8] = [1]
  ) -> Introduction {
    let executor = ExecutorIncarnation(executor: ExecutorID(rawValue: 1), number: 1)
    return Introduction(
      cluster: cluster, role: role, name: name, incarnation: 2, executor: role == .executor ? executor : nil,
      build: build)
  }

  func connect(_ port: DriverPort) async throws -> Connection {
    try await transport.connect(to: port.endpoint, expecting: .driver) { _, _ in ConnectionHandler { _, _, _ in } }
  }

  func shutdown() async {
    await transport.shutdown(within: .seconds(5))
    await node.shutdown()
  }
}
