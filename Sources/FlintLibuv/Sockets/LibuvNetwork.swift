public import FlintCore
internal import CFlint
internal import FlintSystem
internal import Glibc

/// The Network seam over this machine's sockets, TCP and Unix, driven by a libuv loop. Nothing is encrypted.
///
/// Over TCP nothing is known of a peer. A Unix socket's peer runs as this user, or the connection is closed again; the
/// socket's directory must be out of the reach of others. Over Unix sockets a peer that aborts looks like one that has
/// finished; TCP tells them apart.
public final class LibuvNetwork: Network {
  let loop: EventLoop
  private let names: NameResolver
  private let blocks: BlockSender.Maker

  /// A network whose streams live on `loop`, the node's control loop, and send their files from the loop `blocks`. It
  /// has two threads to look up names. Their owner shuts the loops down.
  public convenience init(loop: EventLoop, blocks: EventLoop) throws(FlintError) {
    try self.init(loop: loop, blocks: blocks, fileTransfer: .system)
  }

  package init(loop: EventLoop, blocks: EventLoop, fileTransfer: FileTransferCall) throws(FlintError) {
    self.loop = loop
    self.blocks = BlockSender.Maker(loop: blocks, call: fileTransfer)
    names = try NameResolver(loop: loop)
  }

  /// Listens at the first address of `endpoint`. A listener that is let go closes; a Unix socket's path goes with it.
  public func listen(
    at endpoint: Endpoint, accept: @escaping @Sendable (any NetworkStream) -> Void
  ) async throws -> any NetworkListener {
    try await listen(at: endpoint) { [self] socket in
      // A connection that cannot be watched or has the wrong peer is closed again; its peer sees that.
      guard let stream = try? makeStream(socket, endpoint, remote: nil) else { return }
      accept(stream)
    }
  }

  /// Tries the addresses of `endpoint` one after another, all within `deadline`.
  public func dial(_ endpoint: Endpoint, deadline: MonotonicInstant) async throws -> any NetworkStream {
    let socket = try await connect(endpoint, deadline: deadline)
    return try await loop.run { [self] in try makeStream(socket, endpoint, remote: endpoint) }
  }

  // MARK: For those who put something else over a socket

  /// As ``listen(at:accept:)``, with bare sockets.
  func listen(
    at endpoint: Endpoint, acceptSocket: @escaping @Sendable (Descriptor) -> Void
  ) async throws -> any NetworkListener {
    let addresses = try await names.addresses(of: endpoint, deadline: .distantFuture)
    guard let address = addresses.first else { throw FlintError(.unreachable, "\(endpoint) has no address") }
    return try await loop.run { [loop] in
      try SocketListener(endpoint, address, loop: loop, accept: acceptSocket)
    }
  }

  /// A connected socket.
  func connect(_ endpoint: Endpoint, deadline: MonotonicInstant) async throws -> Descriptor {
    var failure: any Error = FlintError(.unreachable, "\(endpoint) has no address")
    for address in try await names.addresses(of: endpoint, deadline: deadline) {
      do {
        return try await SocketDial.connect(endpoint, address, loop: loop, deadline: deadline)
      } catch let error as FlintError where error.code != .deadlineExceeded {
        // A name may have several addresses, of which only one is listened at.
        failure = error
      }
    }
    throw failure
  }

  /// A stream over a connected socket, of a listener at `endpoint` or of a dial; call it on the loop.
  func makeStream(_ socket: Descriptor, _ endpoint: Endpoint, remote: Endpoint?) throws(FlintError) -> SocketStream {
    let remote = remote ?? SocketAddress.endpoint { getpeername(socket.number, $0, $1) } ?? endpoint
    let peer = try identity(of: socket, endpoint)
    let state = try SocketState(socket, remote: remote, loop: loop, blocks: blocks)
    return SocketStream(state, remote: remote, peer: peer, loop: loop)
  }

  private func identity(of socket: Descriptor, _ endpoint: Endpoint) throws(FlintError) -> PeerIdentity {
    guard case .unix = endpoint else { return .unknown }
    var user: UInt32 = 0
    _ = try systemCall("cannot ask for the user behind \(endpoint)") { flint_socket_peer_user(socket.number, &user) }
    guard user == geteuid() else {
      throw FlintError(
        .permissionDenied, "the process behind \(endpoint) is a stranger",
        why: "it runs as user \(user), and this one as \(geteuid())")
    }
    return .localUser(user)
  }
}
