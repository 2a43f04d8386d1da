public import FlintCore
public import FlintWire

/// One end of a connection between two nodes.
///
/// It lives on the control loop, and carries out what its ``ConnectionMachine`` decides: frames into bytes and back, answers
/// to whoever waits for them, time. Its stream holds it until it is over; then everybody who waited gets
/// `connection-lost`, and the handler the reason.
///
/// Methods that are `async` may be called from anywhere; the others are for code on the control loop, which reaches them
/// through `assumeIsolated` or from within a ``ConnectionHandler``.
public actor Connection {
  /// The control loop.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { context.controlExecutor }

  /// The node that it belongs to.
  public nonisolated let context: NodeContext
  let stream: any NetworkStream
  let limits: Limits
  /// What is told when the handshake is over, for better or worse.
  var onIntroduced: (@Sendable (isolated Connection, Result<Introduction, FlintError>) -> ConnectionHandler?)?
  var onEnded: ConnectionHandler.Ended?
  var onReleased: (@Sendable () -> Void)?
  // What every frame touches is not checked for overlapping accesses, which costs more than the rest of sending a small
  // message. The control loop is one thread, and no access below lasts over a call of a handler or a continuation.
  @exclusivity(unchecked) var received: ConnectionHandler.Received?
  @exclusivity(unchecked) var unread: ConnectionHandler.Unread?
  @exclusivity(unchecked) var machine: ConnectionMachine
  @exclusivity(unchecked) var reader = FrameReader()
  @exclusivity(unchecked) var writer = WireWriter()
  /// The number of the next frame.
  @exclusivity(unchecked) var sequence: UInt32 = 0
  /// Frames are collected while received ones are handled, and leave together.
  @exclusivity(unchecked) var isCorked = false
  /// Bytes that were handed to the stream since the start.
  @exclusivity(unchecked) var handedOver: UInt64 = 0
  /// Bytes that waited in the stream when it was asked last, and what it got since.
  @exclusivity(unchecked) var queuedAtMost = 0
  /// Of the limits, in bytes.
  let highWaterMark: Int
  /// The stream was told to stop receiving, since answers are not taken fast enough.
  @exclusivity(unchecked) var isPaused = false

  /// By slot, who waits for an answer.
  @exclusivity(unchecked) var waiters: [Waiter] = []
  /// Those who wait for room, in the queue or in the table of requests.
  @exclusivity(unchecked) var roomWaiters: [RoomWaiter] = []
  /// Counts the waits of Swift tasks, so that a cancelled one finds its own.
  @exclusivity(unchecked) var ticketCount: UInt64 = 0
  /// By number, the Swift tasks that work on answers.
  @exclusivity(unchecked) var workers: [RequestID: Task<Void, Never>] = [:]
  @exclusivity(unchecked) var incomingBlock: IncomingBlock? {
    didSet { isReceivingBlock = incomingBlock != nil }
  }
  @exclusivity(unchecked) var isReceivingBlock = false

  var timer: Task<Void, Never>?
  @exclusivity(unchecked) var wakeAt = MonotonicInstant.distantFuture
  /// The time when it was last awake, at most a heartbeat ago.
  @exclusivity(unchecked) var lastWake: MonotonicInstant
  /// How long a request may take after that, in nanoseconds.
  let patience: Int64
  /// The stream ends in order; what still arrives is thrown away.
  var isLingering = false

  /// What is known for certain of the peer.
  public nonisolated let identity: PeerIdentity
  /// Where the peer is.
  public nonisolated let remote: Endpoint

  init(
    _ stream: any NetworkStream, _ side: ConnectionMachine.Side, local: Introduction, admission: Admission,
    limits: Limits, context: NodeContext
  ) {
    self.context = context
    self.stream = stream
    self.limits = limits
    highWaterMark = Int(limits.highWaterMark.bytes)
    identity = stream.peer
    remote = stream.remote
    lastWake = context.time.now
    patience = min((limits.requestDeadline + limits.heartbeatInterval).nanoseconds, .max / 4)
    machine = ConnectionMachine(
      side, local: local, identity: stream.peer, admission: admission, limits: limits, now: lastWake)
  }

  // MARK: State

  /// What the peer says of itself; nil before the handshake is over.
  public var peer: Introduction? { machine.peer }

  /// Whether messages may be sent.
  public var isOpen: Bool { machine.isOpen }

  /// Why it is over; nil while it is not.
  public var endReason: CloseReason? {
    if case .over(let reason) = machine.phase { reason } else { nil }
  }

  /// Whether a request of either side waits for its answer.
  public var hasOpenRequest: Bool { machine.openRequestCount > 0 }

  /// Bytes that wait to be taken by the system.
  public var queuedByteCount: Int { stream.queuedByteCount }

  // MARK: Start and end

  func start() {
    if let reason = machine.refusalBeforeHandshake() { return abandon(reason) }
    stream.lowWaterMark = Int(limits.lowWaterMark.bytes)
    stream.start(self)
    if case .dialler = machine.side { sendIntroduction(.hello) }
    wakeAt = machine.nextWake
    startTimer()
  }

  /// Ends it at once: what waits to be sent is thrown away.
  public func close() {
    if machine.end() { return abandon(.closed) }
    guard isLingering else { return }
    // Everybody was told; only the peer's own end is waited for.
    stream.abort()
    release()
  }

  /// Ends it in order: nothing new is begun, what was begun is ended, what was sent arrives. At `deadline` it is over in
  /// any case.
  public func leave(by deadline: MonotonicInstant) {
    guard machine.leave() else { return }
    machine.setLeaveDeadline(deadline)
    sendFrame(.goodbye)
    failRoomWaiters()
    rearm()
  }

  /// Carries out the end that the machine has decided.
  func abandon(_ reason: CloseReason) {
    tell(reason)
    stream.abort()
    release()
  }

  /// Ends the stream in order; what the peer still sends is thrown away until it ends, too, or `duration` has passed.
  func finish(_ reason: CloseReason, within duration: Duration) {
    tell(reason)
    flush()
    isLingering = true
    stream.resumeReceiving()
    stream.finishSending()
    wakeAt = context.time.now.advanced(by: duration)
    startTimer()
  }

  /// Tells everybody who waits, the handler and the log.
  private func tell(_ reason: CloseReason) {
    let error = FlintError(.connectionLost, "the connection to \(remote) is over", why: reason.description)
    log(reason)
    for worker in workers.values { worker.cancel() }
    workers = [:]
    if let introduced = onIntroduced.take() { _ = introduced(self, .failure(error)) }
    let waiting = waiters
    waiters = []
    for waiter in waiting { end(waiter, error) }
    incomingBlock?.waiter?.continuation.resume(throwing: error)
    incomingBlock = nil
    failRoomWaiters()
    (received, unread) = (nil, nil)
    let ended = onEnded.take()
    ended?(self, reason)
  }

  /// Nothing will happen any more.
  func release() {
    timer?.cancel()
    timer = nil
    isLingering = false
    writer.removeAll()
    let released = onReleased.take()
    released?()
  }

  private func log(_ reason: CloseReason) {
    let name = machine.peer.map { "\($0.role) \($0.name) at \(remote)" } ?? "\(remote)"
    let facts: LogMetadata = ["peer": name]
    if reason.isViolation {
      context.log.warning("a connection was closed: \(reason)", facts)
    } else if reason == .left {
      context.log.debug("a connection is over: \(reason)", facts)
    } else {
      context.log.info("a connection is over: \(reason)", facts)
    }
  }
}
