internal import FlintCore
internal import FlintSystem
internal import Glibc

/// One try to connect a socket, on the loop.
actor LoopbackDial: LoopbackSocket {
  private let endpoint: Endpoint
  private let address: SocketAddress
  private let socket: Descriptor
  private let loop: LoopbackLoop
  private let token: UInt64
  private var continuation: CheckedContinuation<Void, any Error>?

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  init(_ endpoint: Endpoint, _ address: SocketAddress, loop: LoopbackLoop) throws(FlintError) {
    self.endpoint = endpoint
    self.address = address
    self.loop = loop
    socket = try address.makeSocket()
    token = loop.takeToken()
  }

  /// The connected socket.
  func connect(deadline: MonotonicInstant) async throws -> Descriptor {
    let number = address.withPointer { Glibc.connect(socket.number, $0, $1) } == 0 ? 0 : errno
    switch number {
    case 0: return socket
    // A signal does not stop the connection; it goes on like any other.
    case EINPROGRESS, EINTR: break
    default: throw failure(number)
    }
    defer {
      loop.unregister(token)
      loop.cancelTimer(token)
      loop.poller.remove(socket.number)
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        // Everything that can end the wait starts in here, when there is somebody to tell.
        self.continuation = continuation
        loop.register(self, token)
        loop.setTimer(token, at: deadline) { [weak self] in self?.expire() }
        do {
          try loop.poller.add(socket.number, token: token, .writing)
        } catch {
          finish(error)
        }
        if Task.isCancelled { finish(CancellationError()) }
      }
    } onCancel: {
      loop.perform { self.assumeIsolated { $0.finish(CancellationError()) } }
    }
    return socket
  }

  nonisolated func ready(_ event: Poller.Event) {
    assumeIsolated { dial in
      let number = SocketOption.takeError(dial.socket.number)
      dial.finish(number == 0 ? nil : dial.failure(number))
    }
  }

  private nonisolated func expire() {
    assumeIsolated { dial in
      dial.finish(
        FlintError(
          .deadlineExceeded, "\(dial.endpoint) did not answer in time",
          remedy: "check the address and the firewall, or allow more time"))
    }
  }

  /// Ends the wait; only the first end counts.
  private func finish(_ error: (any Error)?) {
    guard let continuation = continuation.take() else { return }
    if let error { continuation.resume(throwing: error) } else { continuation.resume() }
  }

  private func failure(_ number: CInt) -> FlintError {
    let what = "cannot connect to \(endpoint)"
    switch (number, endpoint) {
    // A Unix socket's path that does not exist, or whose queue is full, is what a refused port is to TCP.
    case (ENOENT, .unix), (EAGAIN, .unix):
      return FlintError(
        .connectionRefused, what, why: FlintError.systemWords(for: number),
        remedy: FlintError(errorNumber: ECONNREFUSED, what).remedy)
    default:
      return FlintError(errorNumber: number, what)
    }
  }
}
