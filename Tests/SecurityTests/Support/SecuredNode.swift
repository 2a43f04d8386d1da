import FlintCore
import FlintLibuv

/// A node of this machine whose network is secured.
struct SecuredNode: Sendable {
  static let secret = Secret(Array("correct horse battery staple".utf8))

  let context: NodeContext
  let log: MemoryLogHandler
  private let node: LibuvNode

  init(
    _ name: String, _ security: TransportSecurity, limits: Limits = Limits(), clients: [PeerRole] = PeerRole.allCases
  ) throws {
    log = MemoryLogHandler(capacity: 5000)
    node = try LibuvNode(name: name, logHandler: log)
    let plain = node.context
    guard let network = plain.network as? LibuvNetwork else { preconditionFailure("a libuv node has its network") }
    context = NodeContext(
      name: name,
      network: try SecuredNetwork(over: network, security, log: plain.log, limits: limits, clients: clients),
      files: plain.files, time: plain.time, randomness: plain.randomness, executors: plain.executors,
      processes: plain.processes, log: plain.log)
  }

  func shutdown() async { await node.shutdown() }

  /// The reasons for which connections were refused or broke, in the order of the log.
  var reasons: [String] {
    log.events.compactMap { $0.metadata["reason"] }
  }
}
