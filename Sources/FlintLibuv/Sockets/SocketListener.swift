internal import FlintCore
internal import FlintSystem
internal import Glibc
internal import Synchronization

/// A listening socket. It closes when it is let go.
final class SocketListener: NetworkListener {
  let endpoint: Endpoint
  private let loop: EventLoop
  private let acceptor: LoopConfined<Acceptor>
  /// Nil once closed.
  private let socket: Mutex<Descriptor?>

  /// Binds a socket; call it on the loop. `accept` gets each connection there.
  init(
    _ endpoint: Endpoint, _ address: SocketAddress, loop: EventLoop, accept: @escaping (Descriptor) -> Void
  ) throws(FlintError) {
    let socket = try ListeningSocket.make(endpoint, address)
    let acceptor = try Acceptor(socket, core: loop.core, accept: accept)
    self.endpoint = SocketAddress.endpoint { getsockname(socket.number, $0, $1) } ?? endpoint
    self.loop = loop
    self.acceptor = LoopConfined(acceptor, to: loop.thread)
    self.socket = Mutex(socket)
  }

  deinit { close() }

  func close() {
    guard let closed = socket.withLock({ $0.take() }) else { return }
    // Nobody is accepted from now on, whatever the loop does at the moment.
    shutdown(closed.number, CInt(SHUT_RDWR))
    if case .unix(let path) = endpoint { unlink(path.string) }
    loop.perform { [acceptor] in acceptor.value.close() }
  }
}

/// How a listening socket comes to be.
enum ListeningSocket {
  /// Binds and listens. A Unix socket's directory must belong to this user alone, and what a dead process has left at its
  /// path is taken away.
  static func make(_ endpoint: Endpoint, _ address: SocketAddress) throws(FlintError) -> Descriptor {
    switch endpoint {
    case .tcp:
      let socket = try address.makeSocket()
      SocketOption.setReuseAddress(socket.number)
      try bindAndListen(socket, endpoint, address)
      return socket
    case .unix(let path):
      try checkDirectory(of: path)
      let socket = try address.makeSocket()
      do throws(FlintError) {
        try bindAndListen(socket, endpoint, address)
      } catch  where error.code == .addressInUse && isAbandoned(address) {
        unlink(path.string)
        try bindAndListen(socket, endpoint, address)
      }
      return socket
    }
  }

  private static func bindAndListen(
    _ socket: Descriptor, _ endpoint: Endpoint, _ address: SocketAddress
  ) throws(FlintError) {
    _ = try systemCall("cannot listen at \(endpoint)") { address.withPointer { bind(socket.number, $0, $1) } }
    _ = try systemCall("cannot listen at \(endpoint)") { Glibc.listen(socket.number, SOMAXCONN) }
  }

  /// Others must not reach the socket, nor put one of theirs in its place.
  private static func checkDirectory(of path: FilePath) throws(FlintError) {
    var record = stat()
    _ = try systemCall("cannot listen at unix:\(path)") { stat(path.parent.string, &record) }
    guard record.st_uid == geteuid() && record.st_mode & 0o077 == 0 else {
      throw FlintError(
        .permissionDenied, "cannot listen at unix:\(path)", why: "other users can reach \(path.parent)",
        remedy: "choose a directory of this user with mode 0700")
    }
  }

  /// Whether nobody listens at the path any more.
  private static func isAbandoned(_ address: SocketAddress) -> Bool {
    guard let probe = try? address.makeSocket() else { return false }
    return address.withPointer { connect(probe.number, $0, $1) } != 0 && errno == ECONNREFUSED
  }
}
