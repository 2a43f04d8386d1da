public import FlintCore
public import FlintWire

/// What leaves.
extension Connection {
  /// Sends a message that is not answered. Throws `connection-lost` when the connection is not open, `invalid-argument`
  /// for a message that is too long.
  ///
  /// It does not wait: a handler may call it. Whoever sends much calls ``sendWhenThereIsRoom(_:)``.
  public func send(_ message: Message) throws(FlintError) {
    try requireOpen(message.kind, as: .oneWay)
    try sendFrame(.oneWay, message, 0)
  }

  /// As ``sendIfThereIsRoom(_:)``, a message of `kind` that somebody has written before.
  public func sendIfThereIsRoom(_ kind: MessageKind, body: UnsafeRawBufferPointer) throws(FlintError) -> Bool {
    guard hasRoomInQueue else { return false }
    try requireOpen(kind, as: .oneWay)
    guard body.count <= machine.messageLimit else { throw tooLong(kind) }
    writer.putFrame(.oneWay, message: kind.rawValue, correlation: 0, sequence: sequence, body: body)
    sentFrame()
    return true
  }

  /// As ``send(_:)``, if the queue is below its high-water mark; otherwise returns false, and nothing is sent before
  /// ``waitForRoomToSend()``. For code on the control loop that sends very many.
  public func sendIfThereIsRoom(_ message: Message) throws(FlintError) -> Bool {
    guard hasRoomInQueue else { return false }
    try send(message)
    return true
  }

  /// Whether the queue is below its high-water mark. The stream is asked only when what was in it last would not do.
  private var hasRoomInQueue: Bool {
    let room = highWaterMark - writer.count
    if queuedAtMost <= room { return true }
    queuedAtMost = stream.queuedByteCount
    return queuedAtMost <= room
  }

  /// Collects what `body` sends, so that it leaves together.
  public func together<Result, Failure: Error>(
    _ body: (isolated Connection) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let wasCorked = isCorked
    isCorked = true
    defer {
      isCorked = wasCorked
      if !wasCorked { flush() }
    }
    return try body(self)
  }

  /// Sends a message that is not answered, once the queue is below its high-water mark.
  public func sendWhenThereIsRoom(_ message: Message) async throws {
    if stream.queuedByteCount > highWaterMark { try await waitForRoom() }
    try send(message)
  }

  /// Answers a request. Does nothing when its sender no longer waits, or the connection is over.
  public func answer(_ request: RequestID, with message: Message) {
    guard machine.beginAnswer(request) else { return }
    forget(request)
    precondition(machine.verdict(on: message.kind) == .answer, "\(message.kind) is no answer that may be given here")
    do throws(FlintError) {
      try sendFrame(.reply, message, request.correlation)
    } catch {
      sendFailure(request, error)
    }
    afterAnswering()
  }

  /// Answers a request by an error, of which the sender gets the code and the words.
  public func fail(_ request: RequestID, with error: any Error) {
    guard machine.beginAnswer(request) else { return }
    forget(request)
    sendFailure(request, error)
    afterAnswering()
  }

  /// Answers a request by what `work` returns or throws, on the control loop. `work` is cancelled when the sender gives
  /// up, or the connection ends.
  public func answer(_ request: RequestID, by work: @escaping @Sendable () async throws -> Message) {
    workers[request] = Task(executorPreference: context.executors.control) {
      do {
        let message = try await work()
        await self.answer(request, with: message)
      } catch {
        await self.fail(request, with: error)
      }
    }
  }

  // MARK: Frames

  /// Bytes of frames that are collected before they are handed to the stream.
  private static let collectedBytes = 64 << 10

  func sendIntroduction(_ kind: FrameKind) {
    let start = writer.startFrame()
    machine.local.write(to: &writer)
    writer.finishFrame(from: start, kind, sequence: sequence)
    sentFrame()
  }

  /// Sends a frame without a body.
  func sendFrame(_ kind: FrameKind, correlation: UInt64 = 0) {
    let start = writer.startFrame()
    writer.finishFrame(from: start, kind, correlation: correlation, sequence: sequence)
    sentFrame()
  }

  func sendFrame(_ kind: FrameKind, _ message: Message, _ correlation: UInt64) throws(FlintError) {
    finishFrame(from: try startFrame(message), kind, message.kind, correlation)
  }

  /// Writes a message behind room for its header. Throws `invalid-argument` when it is too long, and takes it back.
  @inline(__always)
  func startFrame(_ message: Message) throws(FlintError) -> Int {
    let start = writer.startFrame()
    message.write(to: &writer)
    guard writer.count - start - FrameHeader.size <= machine.messageLimit else {
      writer.abandonFrame(from: start)
      throw tooLong(message.kind)
    }
    return start
  }

  @inline(__always)
  func finishFrame(from start: Int, _ kind: FrameKind, _ message: MessageKind, _ correlation: UInt64) {
    writer.finishFrame(
      from: start, kind, message: message.rawValue, correlation: correlation, sequence: sequence)
    sentFrame()
  }

  private func sendFailure(_ request: RequestID, _ error: any Error) {
    let start = writer.startFrame()
    RemoteError(error).write(to: &writer)
    writer.finishFrame(from: start, .failure, correlation: request.correlation, sequence: sequence)
    sentFrame()
  }

  @inline(__always)
  func sentFrame() {
    sequence &+= 1
    machine.noteSending()
    if !isCorked || writer.count > Connection.collectedBytes { flush() }
  }

  /// Hands the collected frames to the stream.
  func flush() {
    guard writer.count > 0 else { return }
    handedOver &+= UInt64(writer.count)
    writer.withBytes { stream.send($0) }
    writer.removeAll()
    // Only answers can pile up so high, since everything else waits for room: no more requests until they are taken.
    queuedAtMost = stream.queuedByteCount
    guard !isPaused, queuedAtMost > 2 * highWaterMark else { return }
    isPaused = true
    stream.pauseReceiving()
  }

  // MARK: Details

  @inline(__always)
  func requireOpen(_ kind: MessageKind, as form: Authorisation.Verdict) throws(FlintError) {
    guard machine.isOpen else { throw notOpen() }
    precondition(machine.verdict(on: kind) == form, "\(kind) may not be sent so on this connection")
  }

  func notOpen() -> FlintError {
    FlintError(.connectionLost, "the connection to \(remote) is not open", why: endReason?.description)
  }

  private func tooLong(_ kind: MessageKind) -> FlintError {
    FlintError(
      .invalidArgument, "a message of the kind \(kind) is too long for a frame",
      why: "both sides take at most \(ByteCount(Int64(machine.messageLimit)))", remedy: "send it as a block")
  }

  private func forget(_ request: RequestID) {
    if !workers.isEmpty { workers[request] = nil }
  }

  private func afterAnswering() {
    if machine.isLeaving { carryOut(machine.stepWhenIdle()) }
  }
}
