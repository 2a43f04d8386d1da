import FlintCore
import FlintLibuv
import Synchronization

/// An HTTP port of a node, with routes of every kind.
struct TestServer {
  static let token = Secret(Array("open sesame".utf8))

  let server: HTTPServer
  let node: LibuvNode
  let log: MemoryLogHandler
  let events: Events

  /// The event streams that are open.
  final class Events: Sendable {
    private let streams = Mutex<[HTTPEventStream]>([])
    private let endCount = Atomic(0)

    var open: [HTTPEventStream] { streams.withLock { $0 } }
    /// How many clients are gone.
    var ended: Int { endCount.load(ordering: .relaxed) }

    func add(_ stream: HTTPEventStream) {
      streams.withLock { $0.append(stream) }
      stream.onEnd { self.endCount.add(1, ordering: .relaxed) }
    }
  }

  static func use(
    limits: Limits = Limits(), certificate: HTTPCertificate? = nil, _ body: (TestServer) async throws -> Void
  ) async throws {
    let log = MemoryLogHandler()
    let node = try LibuvNode(name: "web", logHandler: log)
    guard let network = node.context.network as? LibuvNetwork else {
      preconditionFailure("a libuv node has its network")
    }
    let events = Events()
    let server = try await HTTPServer.start(
      at: .tcp(host: "127.0.0.1", port: 0), on: network, routes: routes(node.context, events), token: token,
      certificate: certificate, limits: limits, log: node.context.log)
    try await body(TestServer(server: server, node: node, log: log, events: events))
    await server.stop()
    await node.shutdown()
  }

  private static func routes(_ context: NodeContext, _ events: Events) -> [HTTPRoute] {
    [
      .health(of: context),
      HTTPRoute(
        .get, "/echo/{word}",
        .now { .json(["word": .text($0.parameters["word"] ?? ""), "q": .text($0.query["q"] ?? "")]) }),
      HTTPRoute(.post, "/length", .now { .json(["length": .integer(Int64($0.body.count))]) }),
      HTTPRoute(
        .get, "/slow",
        .later { _ in
          try? await context.time.sleep(for: .milliseconds(20))
          return .json("waited")
        }),
      HTTPRoute(
        .get, "/large",
        .now { _ in HTTPResponse(contentType: "text/plain", body: [UInt8](repeating: 0x61, count: 5_000_000)) }),
      HTTPRoute(.get, "/events", .events { _, stream in events.add(stream) }),
    ]
  }

  var port: UInt16 {
    guard case .tcp(_, let port) = server.endpoint else { preconditionFailure("a TCP port") }
    return port
  }

  /// What curl prints. An argument that begins with a slash is a path at the server, `null` is nowhere.
  func curl(_ arguments: String..., trusting authority: FilePath? = nil) async throws -> String {
    let scheme = authority == nil ? "http" : "https"
    let trust = authority.map { ["--cacert", $0.string] } ?? []
    let own = arguments.map { argument in
      if argument == "null" { return "/dev/null" }
      return argument.hasPrefix("/") ? "\(scheme)://127.0.0.1:\(port)\(argument)" : argument
    }
    return try await OutsideProgram.run("curl", ["-sS", "--noproxy", "*", "--max-time", "30"] + trust + own).output
  }
}
