public import FlintCore
public import FlintWire

/// One end of a connection, decided: frames, wishes and time in, steps out. It owns no stream and no clock.
///
/// Its life is introducing, open, leaving, over. Whatever a peer does that is not in order ends it with one
/// ``CloseReason``. What messages say is not its business, nor who waits for an answer: it knows slots.
public struct ConnectionMachine: Sendable {
  /// Who began.
  public enum Side: Hashable, Sendable {
    /// This side dialled, and wants to reach this role.
    case dialler(expecting: PeerRole)
    /// This side was dialled, and serves these roles.
    case acceptor(serving: [PeerRole])
  }

  /// Where it stands.
  public enum Phase: Hashable, Sendable {
    /// Only the frames of the handshake are read.
    case introducing
    /// Messages travel.
    case open
    /// No side begins anything; what was begun is ended.
    case leaving
    /// Over, for this reason.
    case over(CloseReason)
  }

  /// What a frame asks for.
  public enum Step: Hashable, Sendable {
    /// Nothing.
    case ignore
    /// The dialled side has let this one in: messages may travel.
    case open
    /// The peer may come in: send a welcome, then messages may travel.
    case welcome
    /// The peer may not come in: send a refusal without a reason, then end the stream in order.
    case refuse(CloseReason)
    /// A message for the handler that is not answered.
    case message(MessageKind)
    /// A message for the handler that is to be answered.
    case request(MessageKind, RequestID)
    /// As ``request(_:_:)``, and nobody wants the answer to the second request any more.
    case requestInPlace(MessageKind, RequestID, of: RequestID)
    /// The answer to the request in this slot.
    case answer(slot: Int, MessageKind)
    /// The error that answers the request in this slot.
    case failure(slot: Int)
    /// The header of the block that answers the request in this slot; of a late one, nil, the bytes are thrown away.
    case block(slot: Int?)
    /// Nobody wants the answer to this request of the peer any more.
    case cancel(RequestID)
    /// The peer begins nothing any more: say goodbye as well.
    case leave
    /// Both sides have nothing left: end the stream in order.
    case finish
    /// End the stream at once.
    case close(CloseReason)
  }

  /// What this side says of itself.
  public let local: Introduction
  /// What the network knows of the peer.
  public let identity: PeerIdentity
  let side: Side
  let admission: Admission
  let limits: Limits
  /// Where it stands.
  public internal(set) var phase = Phase.introducing
  /// What the peer says of itself, once it was let in.
  public internal(set) var peer: Introduction? {
    didSet { messageLimit = min(Int(limits.frameLength.bytes), Int(peer?.frameLength ?? .max)) }
  }
  /// Bytes that a message's body may have: what both sides take.
  public private(set) var messageLimit: Int

  var authorisation = Authorisation.nothing
  var requests: RequestTable
  var answers: AnswerTable
  var clock: ConnectionClock

  /// A connection whose stream was opened at `now`.
  public init(
    _ side: Side, local: Introduction, identity: PeerIdentity, admission: Admission, limits: Limits,
    now: MonotonicInstant
  ) {
    self.side = side
    self.local = local
    self.identity = identity
    self.admission = admission
    self.limits = limits
    messageLimit = Int(limits.frameLength.bytes)
    requests = RequestTable(limit: limits.requestsInFlight)
    answers = AnswerTable(limit: limits.requestsInFlight)
    let isToDriver = side == .dialler(expecting: .driver) && local.role == .executor && local.channel == .control
    clock = ConnectionClock(limits: limits, now: now, isToDriver: isToDriver)
  }

  /// Bytes that a frame's body may have now.
  public var frameLimit: Int {
    if case .introducing = phase { return Int(limits.handshakeLength.bytes) - FrameHeader.size }
    return Int(limits.frameLength.bytes)
  }

  /// Why the peer is not even listened to, or nil: ask it first.
  public mutating func refusalBeforeHandshake() -> CloseReason? {
    guard let reason = admission.refusal(of: identity) else { return nil }
    phase = .over(reason)
    return reason
  }

  /// Ends it. False when it is over already.
  public mutating func end() -> Bool { end(.closed) }

  mutating func end(_ reason: CloseReason) -> Bool {
    if case .over = phase { return false }
    phase = .over(reason)
    return true
  }

  // MARK: Frames

  /// Takes in a frame whose checksums have matched.
  public mutating func receive(_ frame: Frame) -> Step {
    switch phase {
    case .open: receiveOpen(frame.header)
    case .introducing: introduce(frame)
    case .leaving: receiveOpen(frame.header)
    case .over: .ignore
    }
  }

  /// The kind of a message that is for the handler and not answered; nil for every other frame, and for what may not come:
  /// of those ``receive(_:)`` says what they ask for. The most frequent frame takes this short way.
  ///
  /// It changes nothing, but says that it might: else its caller would look at a copy of the machine.
  @inline(__always)
  mutating func plainMessage(_ kind: FrameKind, _ number: UInt16) -> MessageKind? {
    guard kind == .oneWay, isOpen, !clock.peerIsLeaving, authorisation.received(number) == .oneWay else { return nil }
    return MessageKind(rawValue: number)
  }

  /// Bytes arrived that are no frames.
  public mutating func fail(_ fault: FrameFault) -> Step { close(.frame(fault)) }

  /// The stream's receiving side ended.
  public mutating func streamEnded(_ end: StreamEnd) -> Step {
    switch end {
    case .finished: close(.peerFinished)
    case .failed(let error): close(.lost(error.code))
    }
  }

  /// The message in a frame, or its block's header, could not be read or is not what was asked for.
  public mutating func reject(_ reason: CloseReason) -> Step { close(reason) }

  mutating func close(_ reason: CloseReason) -> Step {
    end(reason) ? .close(reason) : .ignore
  }

  private mutating func receiveOpen(_ header: FrameHeader) -> Step {
    switch header.kind {
    case .request, .oneWay: receiveMessage(header)
    case .reply, .failure, .block: receiveAnswer(header)
    case .cancel:
      answers.close(RequestID(correlation: header.correlation))
        ? .cancel(RequestID(correlation: header.correlation)) : .ignore
    case .heartbeat: .ignore
    case .goodbye: receiveGoodbye()
    case .hello, .welcome, .refused: close(.wrongState(header.kind))
    }
  }

  @inline(__always)
  private mutating func receiveMessage(_ header: FrameHeader) -> Step {
    let verdict = authorisation.received(header.message)
    guard verdict != .unknown, let kind = MessageKind(rawValue: header.message) else {
      return close(.unknownMessage(header.message))
    }
    guard !clock.peerIsLeaving else { return close(.wrongState(header.kind)) }
    switch (verdict, header.kind) {
    case (.oneWay, .oneWay): return .message(kind)
    case (.request, .request): return admit(kind, RequestID(correlation: header.correlation))
    default: return close(.notAllowed(kind))
    }
  }

  private mutating func admit(_ kind: MessageKind, _ id: RequestID) -> Step {
    switch answers.admit(id) {
    case .new: .request(kind, id)
    case .replaces(let old): .requestInPlace(kind, id, of: old)
    case .repeated: close(.repeatedRequest)
    case .tooMany: close(.tooManyRequests)
    }
  }

  @inline(__always)
  private mutating func receiveAnswer(_ header: FrameHeader) -> Step {
    let isError = header.kind == .failure
    if !isError, authorisation.received(header.message) != .answer { return refuseAnswer(header) }
    let match = requests.close(
      RequestID(correlation: header.correlation), answer: isError ? nil : header.message)
    let isBlock = header.kind == .block
    guard isError || isBlock == (header.message == MessageKind.sendBlock.rawValue) else {
      return close(.unaskedAnswer)
    }
    switch match {
    case .never: return close(.unaskedAnswer)
    case .late: return isBlock ? .block(slot: nil) : .ignore
    case .open(let slot):
      if isError { return .failure(slot: slot) }
      if isBlock { return .block(slot: slot) }
      guard let kind = MessageKind(rawValue: header.message) else { return close(.unaskedAnswer) }
      return .answer(slot: slot, kind)
    }
  }

  private mutating func refuseAnswer(_ header: FrameHeader) -> Step {
    guard let kind = MessageKind(rawValue: header.message) else { return close(.unknownMessage(header.message)) }
    return close(.notAllowed(kind))
  }
}
