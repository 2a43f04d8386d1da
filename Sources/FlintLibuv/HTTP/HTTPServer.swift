public import FlintCore
internal import FlintSystem
internal import Glibc

/// Answers HTTP at one address: pages, JSON and streams of events. Everything happens on the node's control loop.
///
/// On loopback everybody on this machine may read, and writing takes the token. Anywhere else the port must be secured,
/// and reading takes the token, too.
public final class HTTPServer: Sendable {
  /// Where it listens, with the port that the system chose.
  public let endpoint: Endpoint
  private let listener: any NetworkListener
  private let daemon: LoopConfined<HTTPDaemon>
  private let loop: EventLoop

  private init(_ listener: any NetworkListener, _ daemon: LoopConfined<HTTPDaemon>, _ loop: EventLoop) {
    self.listener = listener
    endpoint = listener.endpoint
    self.daemon = daemon
    self.loop = loop
  }

  /// Listens at `endpoint` and answers by `routes`. It does so until ``stop()``.
  ///
  /// - Parameters:
  ///   - network: The node's plain network.
  ///   - token: What clients show in order to write, or to read from elsewhere, as `Authorization: Bearer …`. Without one
  ///     nobody may.
  ///   - certificate: What clients are shown; HTTP is then spoken under TLS 1.3 only.
  ///
  /// Throws `invalid-setting` for an address that others reach without certificate and token, and what listening throws.
  public static func start(
    at endpoint: Endpoint, on network: LibuvNetwork, routes: [HTTPRoute], token: Secret? = nil,
    certificate: HTTPCertificate? = nil, limits: Limits = Limits(), log: Logger
  ) async throws -> HTTPServer {
    let isLocal = HTTPServer.isLoopback(endpoint)
    guard isLocal || (certificate != nil && token != nil) else {
      throw FlintError(
        .invalidSetting, "\(endpoint) cannot be opened without a certificate and a token",
        why: "others could read what this node shows, and change what it does",
        remedy: "give it both, or listen on 127.0.0.1")
    }
    let router = HTTPRouter(
      routes: routes, token: token, readingTakesToken: !isLocal, isLocal: isLocal,
      bodyLength: Int(limits.httpBodyLength.bytes))
    let loop = network.loop
    let daemon = try await loop.run {
      LoopConfined(try HTTPDaemon(router, loop: loop, limits: limits, log: log), to: loop.thread)
    }
    do {
      let relays = try certificate.map { try HTTPRelays(TLSContext($0, limits: limits), network, daemon, limits, log) }
      let listener = try await network.listen(at: endpoint) { socket in
        let client = SocketAddress.endpoint { getpeername(socket.number, $0, $1) } ?? endpoint
        if let relays { relays.accept(socket, client) } else { daemon.value.add(socket, client: client) }
      }
      return HTTPServer(listener, daemon, loop)
    } catch {
      loop.perform { daemon.value.stop() }
      throw error
    }
  }

  /// Stops listening and ends all connections.
  public func stop() async {
    listener.close()
    _ = try? await loop.run { [daemon] in daemon.value.stop() }
  }

  private static func isLoopback(_ endpoint: Endpoint) -> Bool {
    switch endpoint {
    case .unix: true
    case .tcp(let host, _): host == "::1" || host == "localhost" || host.hasPrefix("127.") && isNumeric(host)
    }
  }

  private static func isNumeric(_ host: String) -> Bool {
    host.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || $0 == UInt8(ascii: ".") }
  }
}
