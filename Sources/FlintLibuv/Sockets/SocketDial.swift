internal import FlintCore
internal import FlintSystem
internal import Glibc

/// One try to connect a socket, on the loop.
final class SocketDial: PollOwner {
  private let endpoint: Endpoint
  private let address: SocketAddress
  private let answer: FirstAnswer<Descriptor>
  private var socket: Descriptor?
  private var poll: PollHandle?

  init(_ endpoint: Endpoint, _ address: SocketAddress, _ answer: FirstAnswer<Descriptor>) {
    self.endpoint = endpoint
    self.address = address
    self.answer = answer
  }

  /// A connected socket. Everything that can end the wait answers, and the first answer counts.
  static func connect(
    _ endpoint: Endpoint, _ address: SocketAddress, loop: EventLoop, deadline: MonotonicInstant
  ) async throws -> Descriptor {
    let answer = FirstAnswer<Descriptor>()
    let dial = LoopConfined(SocketDial(endpoint, address, answer), to: loop.thread)
    let alarm = loop.makeAlarm(at: deadline) {
      answer.give(
        .failure(
          FlintError(
            .deadlineExceeded, "\(endpoint) did not answer in time",
            remedy: "check the address and the firewall, or allow more time")))
    }
    loop.perform { dial.value.begin(on: loop.core) }
    defer {
      alarm.cancel()
      loop.perform { dial.value.end() }
    }
    return try await answer.wait()
  }

  private func begin(on core: LoopCore) {
    do {
      let socket = try address.makeSocket()
      self.socket = socket
      let number = address.withPointer { Glibc.connect(socket.number, $0, $1) } == 0 ? 0 : errno
      switch number {
      case 0: answer.give(.success(socket))
      // A signal does not stop the connection; it goes on like any other.
      case EINPROGRESS, EINTR:
        let poll = try PollHandle(socket.number, on: core, owner: self)
        self.poll = poll
        poll.watch(.writable)
      default: answer.give(.failure(failure(number)))
      }
    } catch {
      answer.give(.failure(error))
    }
  }

  func ready(_ events: PollEvents) {
    guard let socket else { return }
    // The loop of the stream watches it from now on.
    poll?.close()
    let number = SocketOption.takeError(socket.number)
    answer.give(number == 0 ? .success(socket) : .failure(failure(number)))
  }

  private func end() {
    poll?.close()
    poll = nil
    socket = nil
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
