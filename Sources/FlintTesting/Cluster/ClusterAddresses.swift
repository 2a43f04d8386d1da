internal import FlintCore
internal import FlintExecution
internal import FlintTransport
internal import FlintWire

/// Who is where in a simulated cluster.
struct ClusterAddresses {
  /// How many drivers have been there before this cluster's.
  var generation: UInt16 = 0

  var application: ApplicationID { ApplicationID(rawValue: 1 + UInt64(generation)) }
  /// The same for every driver.
  static let driver = Endpoint.tcp(host: "driver", port: 7000)
  /// Where nodes keep their files.
  static let directory: FilePath = "/work"
  /// What all machines see of one disk.
  static let shared: FilePath = "/shared"

  static func host(_ machine: Int) -> String { "machine\(machine)" }

  /// Where the executor `index` on its machine serves what is in its memory.
  func blocks(of executor: Int, on machine: Int) -> Endpoint {
    .tcp(host: Self.host(machine), port: 7100 + 100 * generation + UInt16(executor))
  }

  func files(of machine: Int) -> Endpoint { .tcp(host: Self.host(machine), port: 7001 + generation) }

  /// What a node says of itself.
  func introduction(_ role: PeerRole, _ context: NodeContext) -> Introduction {
    Introduction(
      cluster: "\(application)", role: role, name: context.name, incarnation: context.randomness.next(),
      build: ExecutorProcess.buildID)
  }
}
