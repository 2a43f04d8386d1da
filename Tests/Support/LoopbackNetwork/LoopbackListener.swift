internal import FlintCore
internal import FlintSystem
internal import Glibc
internal import Synchronization

/// A listening socket. It closes when it is let go.
final class LoopbackListener: NetworkListener, LoopbackSocket {
  let endpoint: Endpoint
  private let loop: LoopbackLoop
  private let token: UInt64
  private let accept: @Sendable (any NetworkStream) -> Void
  /// Nil once closed.
  private let socket: Mutex<Descriptor?>
  /// A descriptor to give up when the process has none left: a connection that cannot be taken nor refused would be
  /// announced again without end.
  private let spare: Mutex<Descriptor?>

  init(
    _ endpoint: Endpoint, _ address: SocketAddress, loop: LoopbackLoop,
    accept: @escaping @Sendable (any NetworkStream) -> Void
  ) throws(FlintError) {
    let socket = try address.makeSocket()
    if case .tcp = endpoint { SocketOption.setReuseAddress(socket.number) }
    _ = try systemCall("cannot listen at \(endpoint)") { address.withPointer { bind(socket.number, $0, $1) } }
    _ = try systemCall("cannot listen at \(endpoint)") { Glibc.listen(socket.number, SOMAXCONN) }
    self.endpoint = SocketAddress.endpoint { getsockname(socket.number, $0, $1) } ?? endpoint
    self.loop = loop
    self.accept = accept
    token = loop.takeToken()
    self.socket = Mutex(socket)
    spare = Mutex(LoopbackListener.makeSpare())
    loop.register(self, token)
    try loop.poller.add(socket.number, token: token, .reading)
  }

  deinit { close() }

  func close() {
    guard let closed = socket.withLock({ $0.take() }) else { return }
    loop.poller.remove(closed.number)
    loop.unregister(token)
    if case .unix(let path) = endpoint { unlink(path.string) }
  }

  func ready(_ event: Poller.Event) {
    while let peer = acceptNext() {
      SocketOption.setNoDelay(peer.number)
      let remote = SocketAddress.endpoint { getpeername(peer.number, $0, $1) } ?? endpoint
      // A stream that cannot be watched is closed again; its peer sees that.
      guard let stream = try? LoopbackStream(peer, remote: remote, loop: loop) else { continue }
      accept(stream)
    }
  }

  /// The next connection that waits; nil when there is none, or the listener is closed.
  private func acceptNext() -> Descriptor? {
    while true {
      let (number, failure) = socket.withLock { socket -> (CInt, CInt) in
        guard let socket else { return (-1, EBADF) }
        let number = Glibc.accept(socket.number, nil, nil)
        return (number, errno)
      }
      if number >= 0 {
        let peer = Descriptor(adopting: number)
        if (try? peer.setNonBlocking()) != nil, fcntl(number, F_SETFD, FD_CLOEXEC) == 0 { return peer }
        continue
      }
      switch failure {
      case EINTR, ECONNABORTED: continue
      case EMFILE, ENFILE: guard refuseOne() else { return nil }
      default: return nil
      }
    }
  }

  /// Takes one connection with the spare descriptor and closes it; false when even that did not work.
  private func refuseOne() -> Bool {
    spare.withLock { spare in
      guard spare.take() != nil else { return false }
      let number = socket.withLock { $0.map { Glibc.accept($0.number, nil, nil) } ?? -1 }
      if number >= 0 { _ = Glibc.close(number) }
      spare = LoopbackListener.makeSpare()
      return number >= 0
    }
  }

  private static func makeSpare() -> Descriptor? {
    let number = open("/dev/null", O_RDONLY | O_CLOEXEC)
    return number >= 0 ? Descriptor(adopting: number) : nil
  }
}
