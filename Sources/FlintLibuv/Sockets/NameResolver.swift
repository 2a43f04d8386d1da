internal import FlintCore
internal import FlintSystem

/// Finds the addresses behind endpoints, without the loop waiting for a name server.
struct NameResolver: Sendable {
  private let threads: FileThreads
  private let loop: EventLoop

  init(loop: EventLoop) throws(FlintError) {
    self.loop = loop
    // Two, so that one dead name server does not hold up the names that another one knows.
    threads = try FileThreads(count: 2)
  }

  /// The addresses of `endpoint`, best first. Throws `unreachable` when there is none, and `deadline-exceeded`.
  func addresses(of endpoint: Endpoint, deadline: MonotonicInstant) async throws -> [SocketAddress] {
    if let address = try SocketAddress.numeric(endpoint) { return [address] }
    let answer = FirstAnswer<[SocketAddress]>()
    // A search that has begun runs to its end, whoever still waits for it.
    threads.perform { answer.give(Result { try SocketAddress.resolve(endpoint) }) }
    let alarm = loop.makeAlarm(at: deadline) {
      answer.give(
        .failure(
          FlintError(
            .deadlineExceeded, "the address of \(endpoint) was not found in time",
            remedy: "check the name servers, or give a numeric address")))
    }
    defer { alarm.cancel() }
    return try await answer.wait()
  }
}
