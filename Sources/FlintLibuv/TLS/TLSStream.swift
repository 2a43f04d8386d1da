internal import FlintCore

/// A stream under TLS, over a raw one. All of it happens on the loop.
///
/// It encrypts only as much ahead as keeps the raw stream busy: the ciphertext is then still in the processor's cache when
/// the system takes it, and a long block does not hold up the loop.
actor TLSStream: NetworkStream {
  /// How far a stream has come.
  enum Phase {
    /// Nobody knows yet who the peer is.
    case handshake
    /// Authenticated.
    case open(PeerIdentity)
    /// Nothing goes on any more but the raw stream's farewell.
    case over
  }

  /// Ciphertext in the raw stream above which nothing more is encrypted.
  static let ahead = 256 << 10
  /// What is encrypted before others have their turn.
  static let perTurn = 1 << 20
  /// What is taken from a refused peer, and thrown away, before the connection is cut.
  static let latePatience = 64 << 10
  /// What is read of a file at once.
  static let filePiece = 256 << 10

  nonisolated let remote: Endpoint
  nonisolated let loop: EventLoop
  let raw: any NetworkStream
  let pool: CiphertextPool
  let log: Logger
  var machine: TLSMachine
  var phase = Phase.handshake
  /// Who waits for the handshake's end. Called once.
  var onHandshake: (@Sendable (Result<PeerIdentity, TLSFailure>) -> Void)?
  /// Who waits for the end of the raw stream after a refusal. Called at most once.
  var onGone: (@Sendable () -> Void)?

  // Receiving.
  var receiver: (any StreamReceiver)?
  var hasStarted = false
  var isPaused = false
  var hasReceivedEnd = false
  /// What came before ``start(_:)``: at most the rest of one piece of the raw stream.
  var early: [UInt8] = []
  var earlyEnd: StreamEnd?
  /// Bytes that came after the stream was over.
  var lateBytes = 0

  // Sending.
  var outgoing = PlaintextQueue()
  var mark = 0
  var isAboveMark = false
  var isFinishing = false
  var hasSentEnd = false
  var isPumpScheduled = false
  var isReadingFile = false

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  init(
    over raw: any NetworkStream, _ machine: consuming TLSMachine, on loop: EventLoop, pool: CiphertextPool, log: Logger
  ) {
    self.loop = loop
    self.raw = raw
    remote = raw.remote
    self.machine = machine
    self.pool = pool
    self.log = log
  }

  // MARK: NetworkStream

  nonisolated var peer: PeerIdentity {
    assumeIsolated { if case .open(let peer) = $0.phase { peer } else { .unknown } }
  }

  nonisolated var queuedByteCount: Int { assumeIsolated { $0.queued } }

  nonisolated var lowWaterMark: Int {
    get { assumeIsolated { $0.mark } }
    set { assumeIsolated { $0.setMark(newValue) } }
  }

  nonisolated func start(_ receiver: any StreamReceiver) { assumeIsolated { $0.begin(receiver) } }

  nonisolated func send(_ bytes: UnsafeRawBufferPointer) {
    let borrowed = BorrowedBytes(bytes)
    assumeIsolated { stream in
      guard stream.canSend else { return }
      stream.outgoing.append(borrowed.bytes)
      stream.queueGrew()
    }
  }

  nonisolated func send(_ slab: Slab, range: Range<Int>) { queue(.slab(slab, range)) }
  nonisolated func send(_ file: any OpenFile, range: Range<Int64>) { queue(.file(file, range)) }

  private nonisolated func queue(_ item: PlaintextQueue.Item) {
    assumeIsolated { stream in
      guard stream.canSend, item.count > 0 else { return }
      stream.outgoing.append(item)
      stream.queueGrew()
    }
  }

  nonisolated func pauseReceiving() {
    assumeIsolated { stream in
      stream.isPaused = true
      if stream.hasStarted { stream.raw.pauseReceiving() }
    }
  }

  nonisolated func resumeReceiving() {
    assumeIsolated { stream in
      stream.isPaused = false
      guard stream.hasStarted else { return }
      stream.raw.resumeReceiving()
      if !stream.early.isEmpty || stream.earlyEnd != nil { stream.scheduleEarly() }
    }
  }

  nonisolated func finishSending() {
    assumeIsolated { stream in
      guard stream.canSend else { return }
      stream.isFinishing = true
      stream.schedulePump()
    }
  }

  nonisolated func abort() {
    assumeIsolated { stream in
      stream.end()
      stream.raw.abort()
    }
  }
}

extension TLSStream {
  var queued: Int { outgoing.byteCount + raw.queuedByteCount }

  /// Nothing is told or sent from here on.
  func end() {
    phase = .over
    receiver = nil
    onHandshake = nil
    onGone = nil
    outgoing.removeAll()
    early = []
    earlyEnd = nil
  }
}
