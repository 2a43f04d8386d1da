import FlintCore
import FlintLibuv
import Synchronization

/// A secured port that sends back what it gets, and remembers who came in.
final class EchoPort: Sendable {
  private let listener: any NetworkListener
  private let guests = Guests()
  let port: UInt16

  init(on node: SecuredNode) async throws {
    let guests = guests
    listener = try await node.context.network.listen(at: .tcp(host: "127.0.0.1", port: 0)) { stream in
      let echo = Echo(stream)
      guests.add(echo)
      stream.start(echo)
    }
    guard case .tcp(_, let port) = listener.endpoint else { preconditionFailure("a TCP listener has a port") }
    self.port = port
  }

  var endpoint: Endpoint { .tcp(host: "127.0.0.1", port: port) }

  /// Who was let in.
  var admitted: [PeerIdentity] { guests.all.map(\.peer) }

  func close() { listener.close() }
}

/// The streams that an ``EchoPort`` has accepted.
private final class Guests: Sendable {
  private let echoes = Mutex<[Echo]>([])

  var all: [Echo] { echoes.withLock { $0 } }

  func add(_ echo: Echo) { echoes.withLock { $0.append(echo) } }
}

/// Sends back what one stream brings.
private final class Echo: StreamReceiver {
  private let stream: any NetworkStream
  let peer: PeerIdentity

  init(_ stream: any NetworkStream) {
    self.stream = stream
    peer = stream.peer
  }

  func streamReceived(_ bytes: UnsafeRawBufferPointer) { stream.send(bytes) }
  func streamDrained() {}
  func streamEnded(_ end: StreamEnd) {
    if case .finished = end { stream.finishSending() }
  }
}
