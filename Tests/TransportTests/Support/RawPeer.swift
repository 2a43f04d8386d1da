import FlintCore
import FlintTransport
import FlintWire
import WireSamples

/// A peer that sends whatever bytes a test wants, and keeps what it gets.
actor RawPeer: StreamReceiver {
  nonisolated let context: NodeContext
  nonisolated var unownedExecutor: UnownedSerialExecutor { context.controlExecutor }

  private let stream: any NetworkStream
  private var sequence: UInt32 = 0
  private(set) var received: [UInt8] = []
  private(set) var hasEnded = false

  /// Dials `endpoint` from `node`.
  static func dial(_ endpoint: Endpoint, from node: TestNode) async throws -> RawPeer {
    let context = node.context
    let stream = try await context.network.dial(endpoint, deadline: context.time.now.advanced(by: .seconds(20)))
    let peer = RawPeer(stream, context)
    await peer.start()
    return peer
  }

  /// Dials `endpoint` and is let in as an executor.
  static func introduced(to endpoint: Endpoint, from node: TestNode) async throws -> RawPeer {
    let peer = try await dial(endpoint, from: node)
    await peer.send(.hello, node.transport.local)
    try await node.context.eventually("the welcome") { await !peer.received.isEmpty }
    return peer
  }

  init(_ stream: any NetworkStream, _ context: NodeContext) {
    self.stream = stream
    self.context = context
  }

  /// The kind of the first frame that came.
  var firstKind: FrameKind? { received.count > 3 ? FrameKind(rawValue: received[3]) : nil }

  func start() { stream.start(self) }
  func send(_ bytes: [UInt8]) { stream.send(bytes) }
  func pause() { stream.pauseReceiving() }
  func resume() { stream.resumeReceiving() }
  func finish() { stream.finishSending() }
  func abort() { stream.abort() }

  func send(_ kind: FrameKind, _ introduction: Introduction) {
    stream.send(WireBytes.frame(kind, introduction, sequence: next()))
  }

  func send(_ kind: FrameKind, _ message: Message, _ correlation: UInt64 = 0) {
    stream.send(WireBytes.frame(kind, message, correlation: correlation, sequence: next()))
  }

  func send(_ kind: FrameKind, message: UInt16 = 0, _ body: [UInt8] = []) {
    stream.send(WireBytes.frame(kind, message: message, sequence: next(), body))
  }

  private func next() -> UInt32 {
    defer { sequence += 1 }
    return sequence
  }

  nonisolated func streamReceived(_ bytes: UnsafeRawBufferPointer) {
    let bytes = Array(bytes)
    assumeIsolated { $0.received += bytes }
  }

  nonisolated func streamDrained() {}

  nonisolated func streamEnded(_ end: StreamEnd) {
    assumeIsolated { $0.hasEnded = true }
  }
}
