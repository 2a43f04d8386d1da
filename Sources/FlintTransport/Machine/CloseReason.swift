public import FlintCore
public import FlintWire

/// Why a connection is over. The log gets it; the peer gets nothing but the end.
public enum CloseReason: Hashable, Sendable {
  // MARK: Before the peer was let in.

  /// What the network knows of the peer is not enough to let it in.
  case unidentified(PeerIdentity)
  /// Too many connections from the same address have not said who they are.
  case tooManyStrangers
  /// It did not say who it is within the deadline.
  case handshakeStalled
  /// It belongs to another cluster.
  case wrongCluster(String)
  /// It claims another role than the one that it proved.
  case unprovedRole(claimed: PeerRole, proved: PeerRole)
  /// Nobody in this role is served here, or this side wanted to reach somebody else.
  case wrongRole(PeerRole)
  /// It is an executor that does not say which, or something else that does.
  case wrongExecutor
  /// It runs another build; driver and executor must run the same.
  case differentBuild
  /// Whoever listens here has no use for it.
  case notAdmitted
  /// It did not let this side in, and gave no reason.
  case refusedByPeer

  // MARK: What it sent.

  /// Bytes that are no frame that may stand there.
  case frame(FrameFault)
  /// A handshake that cannot be read.
  case handshakeFault(WireFault)
  /// A frame that has no place in this state of the connection.
  case wrongState(FrameKind)
  /// A message of no kind that this version knows.
  case unknownMessage(UInt16)
  /// A message that this peer may not send, or not on this connection.
  case notAllowed(MessageKind)
  /// A message in the name of another executor than the sender is.
  case falseSpeaker(ExecutorIncarnation)
  /// A message that cannot be read.
  case undecodable(MessageKind, WireFault)
  /// An error, in answer to a request, that cannot be read.
  case undecodableFailure(WireFault)
  /// An answer to a request that was never sent, or of another kind than the request asks for.
  case unaskedAnswer
  /// More requests than may wait for answers.
  case tooManyRequests
  /// A request with a number that has been used.
  case repeatedRequest
  /// Another block than the one that was asked for.
  case wrongBlock

  // MARK: What it did not do.

  /// Nothing was heard from it for too long.
  case silent
  /// It has taken nothing of what waits for it for too long.
  case writeStalled

  // MARK: Ends.

  /// Both sides have ended it in order.
  case left
  /// This side has ended it.
  case closed
  /// The peer ended the stream without a goodbye.
  case peerFinished
  /// The stream broke.
  case lost(FlintError.Code)

  /// Whether the peer broke the protocol: it will do so again when it is dialled at once.
  public var isViolation: Bool {
    switch self {
    case .unidentified, .tooManyStrangers, .handshakeStalled, .wrongCluster, .unprovedRole, .wrongRole, .wrongExecutor,
      .differentBuild, .notAdmitted, .refusedByPeer, .frame, .handshakeFault, .wrongState, .unknownMessage, .notAllowed,
      .falseSpeaker, .undecodable, .undecodableFailure, .unaskedAnswer, .tooManyRequests, .repeatedRequest, .wrongBlock:
      true
    case .silent, .writeStalled, .left, .closed, .peerFinished, .lost: false
    }
  }
}

extension CloseReason: CustomStringConvertible {
  /// The reason in words, for the log.
  public var description: String {
    switch self {
    case .unidentified(let identity): "nothing is known of it that lets it in: \(identity)"
    case .tooManyStrangers: "too many connections from its address have not said who they are"
    case .handshakeStalled: "it did not say who it is in time"
    case .wrongCluster(let cluster): "it belongs to the cluster \(cluster)"
    case .unprovedRole(let claimed, let proved): "it says that it is a \(claimed), and proved to be a \(proved)"
    case .wrongRole(let role): "a \(role) has no business here"
    case .wrongExecutor: "it does not say which executor it is, or is none and says so"
    case .differentBuild: "it runs another build of the program"
    case .notAdmitted: "nobody here has a use for it"
    case .refusedByPeer: "it did not let this process in; its log says why"
    case .frame(let fault): "it sent what is no frame: \(fault)"
    case .handshakeFault(let fault): "it sent a handshake that cannot be read: \(fault)"
    case .wrongState(let kind): "it sent a frame that has no place here: \(kind)"
    case .unknownMessage(let number): "it sent a message of the unknown kind \(number)"
    case .notAllowed(let kind): "it sent what it may not send: \(kind)"
    case .falseSpeaker(let executor): "it spoke in the name of \(executor)"
    case .undecodable(let kind, let fault): "it sent a message that cannot be read: \(kind), \(fault)"
    case .undecodableFailure(let fault): "it sent an error that cannot be read: \(fault)"
    case .unaskedAnswer: "it answered what nobody asked"
    case .tooManyRequests: "it sent more requests than may wait for answers"
    case .repeatedRequest: "it used the number of a request twice"
    case .wrongBlock: "it sent another block than it was asked for"
    case .silent: "nothing was heard from it for too long"
    case .writeStalled: "it took nothing of what was sent for too long"
    case .left: "both sides have ended it"
    case .closed: "this side has ended it"
    case .peerFinished: "it ended the stream without a goodbye"
    case .lost(let code): "the stream broke: \(code.rawValue)"
    }
  }
}
