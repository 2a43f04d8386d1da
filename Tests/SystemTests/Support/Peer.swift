import FlintCore
import Glibc
import FlintLibuv

/// One end of a stream in a test, on the loop: it checks what arrives against a pattern, and can be waited for.
actor Peer: StreamReceiver {
  /// How the receiving side ended.
  enum End: Hashable { case finished, failed(FlintError.Code) }

  /// What a peer does with what it receives.
  enum Mode { case check, echo }

  private static let highWater = 1 << 20

  private let loop: EventLoop
  private let mode: Mode
  private let stream: any NetworkStream
  private(set) var received = 0
  /// In how many pieces.
  private(set) var pieceCount = 0
  private(set) var isRight = true
  private(set) var ends: [End] = []
  private var toSend = 0
  private var sent = 0
  private var waiters: [(condition: (isolated Peer) -> Bool, continuation: CheckedContinuation<Void, Never>)] = []

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  /// Starts the stream; call it on the loop.
  init(_ stream: any NetworkStream, _ mode: Mode, loop: EventLoop) {
    self.stream = stream
    self.mode = mode
    self.loop = loop
  }

  func start() { stream.start(self) }
  func send(_ bytes: [UInt8]) { stream.send(bytes) }
  /// Sends `count` messages of `size` bytes of the pattern, one after another.
  func sendMany(count: Int, size: Int) {
    for index in 0..<count {
      let phase = index * size % Peer.period
      Peer.sample[phase..<phase + size].withUnsafeBytes { stream.send($0) }
    }
  }

  func finishSending() { stream.finishSending() }
  func abort() { stream.abort() }
  func sendFile(_ file: any OpenFile, _ range: Range<Int64>) { stream.send(file, range: range) }
  func pause() { stream.pauseReceiving() }
  func resume() { stream.resumeReceiving() }
  nonisolated var remote: Endpoint { stream.remote }
  var queued: Int { stream.queuedByteCount }

  /// Sends `count` bytes of the pattern with a bounded queue, then finishes.
  func sendPattern(_ count: Int) {
    toSend = count
    pump()
  }

  /// Returns once `condition` holds.
  func wait(until condition: @escaping @Sendable (isolated Peer) -> Bool) async {
    await withCheckedContinuation { continuation in
      // Looked at in here: on the way in, an event may have come between.
      if condition(self) { continuation.resume() } else { waiters.append((condition, continuation)) }
    }
  }

  // MARK: StreamReceiver

  nonisolated func streamReceived(_ bytes: UnsafeRawBufferPointer) {
    let copy = Array(bytes)
    assumeIsolated { $0.receive(copy) }
  }

  nonisolated func streamDrained() {
    assumeIsolated { peer in
      if peer.mode == .echo { peer.stream.resumeReceiving() }
      peer.pump()
      peer.changed()
    }
  }

  nonisolated func streamEnded(_ end: StreamEnd) {
    let end: End =
      switch end {
      case .finished: .finished
      case .failed(let error): .failed(error.code)
      }
    assumeIsolated { peer in
      peer.ends.append(end)
      if peer.mode == .echo { peer.stream.finishSending() }
      peer.changed()
    }
  }

  // MARK: Helpers

  private func receive(_ bytes: [UInt8]) {
    switch mode {
    case .check:
      let phase = received % Peer.period
      let expected = Peer.sample[phase..<phase + bytes.count]
      isRight = isRight && expected.withUnsafeBytes { memcmp($0.baseAddress!, bytes, bytes.count) } == 0
    case .echo:
      stream.send(bytes)
      if stream.queuedByteCount > Peer.highWater { stream.pauseReceiving() }
    }
    received += bytes.count
    pieceCount += 1
    changed()
  }

  private func pump() {
    while sent < toSend && stream.queuedByteCount < Peer.highWater {
      let phase = sent % Peer.period
      let count = min(100_003, toSend - sent)
      Peer.sample[phase..<phase + count].withUnsafeBytes { stream.send($0) }
      sent += count
      if sent == toSend { stream.finishSending() }
    }
  }

  private func changed() {
    let ready = waiters.filter { $0.condition(self) }
    waiters.removeAll { $0.condition(self) }
    for waiter in ready { waiter.continuation.resume() }
  }

  static let period = 251
  /// The pattern, long enough for one call's bytes from any phase.
  static let sample = pattern(1 << 20)
}
