package import FlintCore
package import Synchronization

/// Receives all that happens to a stream, on the control loop, and remembers it.
package actor StreamWitness: StreamReceiver {
  nonisolated let control: UnownedSerialExecutor
  package nonisolated var unownedExecutor: UnownedSerialExecutor { control }

  package private(set) var received: [UInt8] = []
  package private(set) var ends: [String] = []
  package private(set) var drainCount = 0
  /// How many bytes were queued when the queue was first called drained.
  package private(set) var queuedAtDrain: Int?
  /// How many ends were told; can be asked while the process stands still.
  package nonisolated let endCount = Atomic<Int>(0)
  private var isCalling = false
  private var pausesAfterEachPiece = false
  private let stream: any NetworkStream
  /// Sends back what it gets.
  private let echoes: Bool

  package init(_ stream: any NetworkStream, context: NodeContext, echoes: Bool = false) {
    self.stream = stream
    control = context.controlExecutor
    self.echoes = echoes
  }

  package func start() { call { stream.start(self) } }
  package func send(_ bytes: [UInt8]) { call { stream.send(bytes) } }
  package func send(_ slab: Slab, range: Range<Int>) { call { stream.send(slab, range: range) } }
  package func send(_ file: any OpenFile, range: Range<Int64>) { call { stream.send(file, range: range) } }
  package func setLowWaterMark(_ mark: Int) { stream.lowWaterMark = mark }
  package func finish() { call { stream.finishSending() } }
  package func abort() { call { stream.abort() } }
  package func pause() { call { stream.pauseReceiving() } }
  package func resume() { call { stream.resumeReceiving() } }
  /// From now on every piece that arrives pauses the stream, which a later ``resume()`` lets go on.
  package func pauseAfterEachPiece() { pausesAfterEachPiece = true }

  package var queuedByteCount: Int { stream.queuedByteCount }

  /// Calls the stream; an event that comes meanwhile breaks the contract and is told as an end.
  private func call(_ method: () -> Void) {
    isCalling = true
    method()
    isCalling = false
  }

  private func noteEvent() {
    if isCalling { ends.append("an event within a call") }
  }

  package nonisolated func streamReceived(_ bytes: UnsafeRawBufferPointer) {
    let bytes = Array(bytes)
    assumeIsolated { witness in
      witness.noteEvent()
      witness.received += bytes
      if witness.pausesAfterEachPiece { witness.stream.pauseReceiving() }
      if witness.echoes { witness.stream.send(bytes) }
    }
  }

  package nonisolated func streamDrained() {
    assumeIsolated { witness in
      witness.noteEvent()
      witness.drainCount += 1
      witness.queuedAtDrain = witness.queuedAtDrain ?? witness.stream.queuedByteCount
    }
  }

  package nonisolated func streamEnded(_ end: StreamEnd) {
    endCount.add(1, ordering: .relaxed)
    assumeIsolated { witness in
      witness.noteEvent()
      switch end {
      case .finished:
        witness.ends.append("finished")
        if witness.pausesAfterEachPiece { witness.stream.pauseReceiving() }
        if witness.echoes { witness.stream.finishSending() }
      case .failed(let error): witness.ends.append(error.code.rawValue)
      }
    }
  }
}
