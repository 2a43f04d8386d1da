import FlintCore
import FlintLibuv
import FlintTransport
import FlintWire

/// A node of the benchmark: the client is a driver, the server its executor.
struct BenchNode {
  let node: LibuvNode
  let transport: Transport

  init(_ role: PeerRole, _ plan: BenchPlan) throws {
    let secret = Secret(Array("a secret that everybody may know".utf8))
    node = try LibuvNode(
      name: "\(role)", taskThreadCount: 1, security: plan.isSecured ? .sharedSecret(secret, role: role) : nil)
    transport = Transport(
      context: node.context,
      local: Introduction(
        cluster: "bench", role: role, name: "\(role)", incarnation: 1,
        executor: role == .executor ? BenchNode.executor : nil, build: [1]),
      admission: Admission(believesStrangers: true))
  }

  static let executor = ExecutorIncarnation(executor: ExecutorID(rawValue: 1), number: 1)
  static let block = BlockRequest(
    block: .broadcast(BroadcastID(rawValue: 1), piece: 0), offset: 0, length: UInt64(BenchPlan.blockSize))

  func shutdown() async {
    await transport.shutdown(within: .seconds(5))
    await node.shutdown()
  }
}
