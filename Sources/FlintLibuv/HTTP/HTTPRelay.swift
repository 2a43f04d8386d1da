internal import FlintCore

/// One direction between two streams: what one brings the other gets. Lives until both directions have ended.
actor HTTPRelay: StreamReceiver {
  /// Bytes in the receiving stream above which the bringing one waits, and below which it goes on.
  private static let high = 256 << 10
  private static let low = 64 << 10

  private nonisolated let loop: EventLoop
  private var source: (any NetworkStream)?
  private var sink: (any NetworkStream)?
  /// The relay of the other direction, which is told when this one's source can take more.
  private var reverse: HTTPRelay?

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  private init(_ source: any NetworkStream, _ sink: any NetworkStream, _ loop: EventLoop) {
    self.loop = loop
    self.source = source
    self.sink = sink
  }

  /// Connects two streams; call it on the loop.
  static func connect(_ first: any NetworkStream, _ second: any NetworkStream, on loop: EventLoop) {
    let there = HTTPRelay(first, second, loop)
    let back = HTTPRelay(second, first, loop)
    there.assumeIsolated { $0.reverse = back }
    back.assumeIsolated { $0.reverse = there }
    for stream in [first, second] { stream.lowWaterMark = low }
    first.start(there)
    second.start(back)
  }

  nonisolated func streamReceived(_ bytes: UnsafeRawBufferPointer) {
    let borrowed = BorrowedBytes(bytes)
    assumeIsolated { relay in
      guard let sink = relay.sink else { return }
      sink.send(borrowed.bytes)
      if sink.queuedByteCount > HTTPRelay.high { relay.source?.pauseReceiving() }
    }
  }

  /// The source has room: whoever fills it may go on.
  nonisolated func streamDrained() {
    assumeIsolated { relay in
      relay.reverse?.assumeIsolated { $0.source?.resumeReceiving() }
    }
  }

  nonisolated func streamEnded(_ end: StreamEnd) {
    assumeIsolated { relay in
      switch end {
      case .finished:
        relay.sink?.finishSending()
        relay.hasEnded = true
        if relay.reverse?.assumeIsolated({ $0.hasEnded }) ?? true { relay.letGo() }
      case .failed:
        relay.sink?.abort()
        relay.letGo()
      }
    }
  }

  private var hasEnded = false

  private func letGo() {
    let reverse = reverse.take()
    source = nil
    sink = nil
    reverse?.assumeIsolated { $0.letGo() }
  }
}
