public import FlintCore
internal import Synchronization

/// The Network seam with protection over one without: whoever gets a stream from it knows who is at the other end.
///
/// TCP carries TLS 1.3 and nothing else. Unix sockets stay as they are, since the kernel tells who is there and no byte
/// leaves the machine. Every connection that is refused leaves one line in the log with its reason.
public struct SecuredNetwork: Network {
  private let raw: LibuvNetwork
  private let context: TLSContext?
  private let log: Logger
  private let limits: Limits
  private let clients: [PeerRole]
  private let servers: [PeerRole]
  private let pool = CiphertextPool()

  /// Protects what `raw` carries. Reads the files of `security`, so call it at a node's start, before its loop has work.
  ///
  /// - Parameters:
  ///   - raw: What connects the machines.
  ///   - clients: The roles that may dial this node.
  ///   - servers: The roles that this node dials. From a shared secret a dialling node learns nothing of roles.
  ///
  /// Throws `invalid-setting` or what reading the files throws.
  public init(
    over raw: LibuvNetwork, _ security: TransportSecurity, log: Logger, limits: Limits = Limits(),
    clients: [PeerRole] = PeerRole.allCases, servers: [PeerRole] = PeerRole.allCases
  ) throws(FlintError) {
    self.raw = raw
    self.log = log
    self.limits = limits
    self.clients = clients
    self.servers = servers
    context =
      switch security {
      case .localSockets: nil
      case .sharedSecret(let secret, let role):
        try TLSContext(SharedSecretKeys(secret, role: role), limits: limits)
      case .certificates(let files): try TLSContext(files, limits: limits)
      }
  }

  /// Listens at `endpoint`; `accept` gets authenticated streams. Throws `invalid-setting` for a TCP port when only Unix
  /// sockets are allowed.
  public func listen(
    at endpoint: Endpoint, accept: @escaping @Sendable (any NetworkStream) -> Void
  ) async throws -> any NetworkListener {
    guard case .tcp = endpoint else { return try await raw.listen(at: endpoint, accept: accept) }
    let context = try requireContext(for: endpoint)
    let desk = HandshakeDesk(
      on: raw.loop, log: log, limits: limits, make: { try makeStream($0, context, .server) }, accept: accept)
    let listener = try await raw.listen(at: endpoint) { desk.receive($0) }
    return SecuredListener(listener, desk)
  }

  /// Opens an authenticated stream. Beside what the seam promises it throws `unauthenticated` when the peer is not one of
  /// this cluster, or does not take this node for one.
  public func dial(_ endpoint: Endpoint, deadline: MonotonicInstant) async throws -> any NetworkStream {
    guard case .tcp = endpoint else { return try await raw.dial(endpoint, deadline: deadline) }
    let context = try requireContext(for: endpoint)
    let stream = try makeStream(try await raw.dial(endpoint, deadline: deadline), context, .client)
    do {
      try await stream.greet(until: deadline)
      return stream
    } catch let failure as TLSFailure {
      throw failure.handshakeError(with: endpoint)
    }
  }

  private func requireContext(for endpoint: Endpoint) throws(FlintError) -> TLSContext {
    if let context { return context }
    throw FlintError(
      .invalidSetting, "\(endpoint) cannot be used without a shared secret or certificates",
      why: "bytes that leave this machine would be readable, and anybody could send some",
      remedy: "configure a secret or certificates, or use a Unix socket")
  }

  private func makeStream(
    _ raw: any NetworkStream, _ context: TLSContext, _ side: TLSMachine.Side
  ) throws(FlintError) -> TLSStream {
    let machine = try TLSMachine(context, side, accepting: side == .server ? clients : servers)
    return TLSStream(over: raw, machine, on: self.raw.loop, pool: pool, log: log)
  }
}

/// A listener behind which connections wait to be authenticated.
private final class SecuredListener: NetworkListener {
  private let raw: any NetworkListener
  private let desk: HandshakeDesk
  private let isClosed = Atomic(false)

  init(_ raw: any NetworkListener, _ desk: HandshakeDesk) {
    self.raw = raw
    self.desk = desk
  }

  deinit { close() }

  var endpoint: Endpoint { raw.endpoint }

  func close() {
    guard !isClosed.exchange(true, ordering: .relaxed) else { return }
    raw.close()
    desk.close()
  }
}
