internal import FlintCore

/// Receives all that happens to a stream, on the control loop, and remembers it.
actor StreamWitness: StreamReceiver {
  nonisolated let control: UnownedSerialExecutor
  nonisolated var unownedExecutor: UnownedSerialExecutor { control }

  private(set) var received: [UInt8] = []
  private(set) var ends: [String] = []
  private(set) var drainCount = 0
  private let stream: any NetworkStream
  /// Sends back what it gets.
  private let echoes: Bool

  init(_ stream: any NetworkStream, context: NodeContext, echoes: Bool = false) {
    self.stream = stream
    control = context.controlExecutor
    self.echoes = echoes
  }

  func start() { stream.start(self) }
  func send(_ bytes: [UInt8]) { stream.send(bytes) }
  func finish() { stream.finishSending() }
  func abort() { stream.abort() }
  func pause() { stream.pauseReceiving() }
  func resume() { stream.resumeReceiving() }
  var queuedByteCount: Int { stream.queuedByteCount }

  nonisolated func streamReceived(_ bytes: UnsafeRawBufferPointer) {
    let bytes = Array(bytes)
    assumeIsolated { witness in
      witness.received += bytes
      if witness.echoes { witness.stream.send(bytes) }
    }
  }

  nonisolated func streamDrained() {
    assumeIsolated { $0.drainCount += 1 }
  }

  nonisolated func streamEnded(_ end: StreamEnd) {
    assumeIsolated { witness in
      switch end {
      case .finished:
        witness.ends.append("finished")
        if witness.echoes { witness.stream.finishSending() }
      case .failed(let error): witness.ends.append(error.code.rawValue)
      }
    }
  }
}
