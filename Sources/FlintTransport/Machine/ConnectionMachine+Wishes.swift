internal import FlintCore
internal import FlintWire

/// What this side wants of an open connection.
extension ConnectionMachine {
  /// Whether messages may be sent.
  public var isOpen: Bool { if case .open = phase { true } else { false } }

  /// Whether nothing new may be begun, and what was begun is ended.
  var isLeaving: Bool { if case .leaving = phase { true } else { false } }

  /// Whether it has come to its end.
  var isOver: Bool { if case .over = phase { true } else { false } }

  /// Whether a request would find a slot.
  public var hasRoomForRequest: Bool { !requests.isFull }

  /// Requests without an answer, of this side and of the peer.
  public var openRequestCount: Int { requests.openCount + answers.openCount }

  /// As what a message of `kind` may be sent on this connection, by its rule.
  func verdict(on kind: MessageKind) -> Authorisation.Verdict {
    authorisation.sending(kind)
  }

  /// Takes a slot for a request of `kind` whose answer must be here by `deadline`. Send it at once.
  mutating func beginRequest(_ kind: MessageKind, deadline: MonotonicInstant) -> RequestID {
    clock.hasSent = true
    return requests.open(answer: authorisation.answer(to: kind), deadline: deadline.nanoseconds)
  }

  /// The request that waits in `slot`.
  func openRequest(in slot: Int) -> RequestID? { requests.open(in: slot) }

  /// Gives a request up. True when a cancellation is to be sent.
  mutating func abandon(_ id: RequestID) -> Bool { requests.abandon(id) }

  /// An answer is about to be sent. False when nobody waits for it any more.
  mutating func beginAnswer(_ id: RequestID) -> Bool { answers.close(id) }

  /// Something is about to be sent.
  mutating func noteSending() { clock.hasSent = true }

  // MARK: Leaving

  /// Begins nothing any more. True when a goodbye is to be sent.
  public mutating func leave() -> Bool {
    guard case .open = phase else { return false }
    phase = .leaving
    return true
  }

  mutating func receiveGoodbye() -> Step {
    guard !clock.peerIsLeaving else { return close(.wrongState(.goodbye)) }
    clock.peerIsLeaving = true
    return leave() ? .leave : stepAfterEnd ?? .ignore
  }

  /// What is to be done when nothing is left of what was begun; ask it after every answer while leaving.
  mutating func stepWhenIdle() -> Step { stepAfterEnd ?? .ignore }

  private var stepAfterEnd: Step? {
    mutating get {
      guard isLeaving, clock.peerIsLeaving, openRequestCount == 0 else { return nil }
      return end(.left) ? .finish : nil
    }
  }
}
