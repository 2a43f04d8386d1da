import FlintCore
import FlintLibuv

/// A peer that does what it should: it sends text to an ``EchoPort`` and waits for the same text.
actor GoodPeer: StreamReceiver {
  private let stream: any NetworkStream
  private let executor: UnownedSerialExecutor
  private var received: [UInt8] = []
  private var end: StreamEnd?
  private var waiter: (count: Int, continuation: CheckedContinuation<[UInt8], any Error>)?

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor }

  private init(_ stream: any NetworkStream, _ executor: UnownedSerialExecutor) {
    self.stream = stream
    self.executor = executor
  }

  static func dial(_ endpoint: Endpoint, from node: SecuredNode, within: Duration = .seconds(20)) async throws
    -> GoodPeer
  {
    let context = node.context
    let stream = try await context.network.dial(endpoint, deadline: context.time.now.advanced(by: within))
    let peer = GoodPeer(stream, context.controlExecutor)
    await peer.start()
    return peer
  }

  private func start() { stream.start(self) }

  var identity: PeerIdentity { stream.peer }

  /// Sends `bytes`, and returns what comes back in as many. Throws what ended the stream instead.
  func echo(_ bytes: [UInt8]) async throws -> [UInt8] {
    stream.send(bytes)
    return try await withCheckedThrowingContinuation { continuation in
      waiter = (bytes.count, continuation)
      settle()
    }
  }

  func close() { stream.abort() }

  private func settle() {
    guard let (count, continuation) = waiter else { return }
    if received.count >= count {
      waiter = nil
      defer { received.removeFirst(count) }
      continuation.resume(returning: Array(received.prefix(count)))
    } else if let end {
      waiter = nil
      switch end {
      case .finished: continuation.resume(throwing: FlintError(.connectionLost, "the peer finished"))
      case .failed(let error): continuation.resume(throwing: error)
      }
    }
  }

  nonisolated func streamReceived(_ bytes: UnsafeRawBufferPointer) {
    let copy = Array(bytes)
    assumeIsolated { peer in
      peer.received += copy
      peer.settle()
    }
  }

  nonisolated func streamDrained() {}

  nonisolated func streamEnded(_ end: StreamEnd) {
    assumeIsolated { peer in
      peer.end = end
      peer.settle()
    }
  }
}
