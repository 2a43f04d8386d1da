internal import FlintCore
internal import FlintExecution
internal import FlintTransport
internal import FlintWire

/// Who is where in a simulated cluster.
enum ClusterAddresses {
  static let application = ApplicationID(rawValue: 1)
  static let driver = Endpoint.tcp(host: "driver", port: 7000)
  /// Where nodes keep their files.
  static let directory: FilePath = "/work"
  /// What all machines see of one disk.
  static let shared: FilePath = "/shared"

  static func host(_ machine: Int) -> String { "machine\(machine)" }

  /// Where the executor `index` on its machine serves what is in its memory.
  static func blocks(of executor: Int, on machine: Int) -> Endpoint {
    .tcp(host: host(machine), port: UInt16(7100 + executor))
  }

  static func files(of machine: Int) -> Endpoint { .tcp(host: host(machine), port: 7001) }

  /// What a node says of itself.
  static func introduction(_ role: PeerRole, _ context: NodeContext) -> Introduction {
    Introduction(
      cluster: "\(application)", role: role, name: context.name, incarnation: context.randomness.next(),
      build: ExecutorProcess.buildID)
  }
}
