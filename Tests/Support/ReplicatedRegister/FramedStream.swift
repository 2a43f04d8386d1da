internal import FlintCore

/// A stream of register messages. Whatever is no message ends the stream.
///
/// It lives on the control loop, like all that touches streams, and has one user there.
actor FramedStream: StreamReceiver {
  nonisolated let control: UnownedSerialExecutor
  nonisolated var unownedExecutor: UnownedSerialExecutor { control }

  private let stream: any NetworkStream
  private let onMessage: @Sendable (RegisterMessage) -> Void
  private let onEnd: @Sendable () -> Void
  private var buffer: [UInt8] = []
  private var isOver = false

  /// `onMessage` and `onEnd` are called on the control loop; `onEnd` once, unless ``close()`` came before.
  init(
    _ stream: any NetworkStream, context: NodeContext, onMessage: @escaping @Sendable (RegisterMessage) -> Void,
    onEnd: @escaping @Sendable () -> Void
  ) {
    self.stream = stream
    control = context.controlExecutor
    self.onMessage = onMessage
    self.onEnd = onEnd
  }

  func start() { stream.start(self) }

  func send(_ message: RegisterMessage) {
    if !isOver { stream.send(RegisterFrame.encode(message)) }
  }

  func close() {
    isOver = true
    stream.abort()
  }

  nonisolated func streamReceived(_ bytes: UnsafeRawBufferPointer) {
    let bytes = Array(bytes)
    assumeIsolated { $0.received(bytes) }
  }

  nonisolated func streamDrained() {}

  nonisolated func streamEnded(_ end: StreamEnd) {
    assumeIsolated { $0.end() }
  }

  private func received(_ bytes: [UInt8]) {
    buffer += bytes
    do {
      while !isOver, let message = try RegisterFrame.takeFirst(&buffer) { onMessage(message) }
    } catch {
      end()
    }
  }

  private func end() {
    guard !isOver else { return }
    close()
    onEnd()
  }
}
