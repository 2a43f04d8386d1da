internal import FlintCore

extension TLSStream {
  /// Whether nobody knows yet who the peer is.
  nonisolated var isInHandshake: Bool {
    assumeIsolated { if case .handshake = $0.phase { true } else { false } }
  }

  /// Starts the handshake; `end` is called once, unless the stream is aborted before.
  nonisolated func handshake(
    as side: TLSMachine.Side, _ end: @escaping @Sendable (Result<PeerIdentity, TLSFailure>) -> Void
  ) {
    assumeIsolated { $0.startHandshake(side, end) }
  }

  private func startHandshake(
    _ side: TLSMachine.Side, _ end: @escaping @Sendable (Result<PeerIdentity, TLSFailure>) -> Void
  ) {
    onHandshake = end
    raw.start(StreamRelay(self))
    guard side == .client else { return }
    let raw = raw
    if case .failed(let failure)? = machine.begin({ raw.send($0) }).end { fail(failure) }
  }

  /// A client's handshake. Throws ``TLSFailure``, or `CancellationError` when the current Swift task is cancelled.
  func greet(until deadline: MonotonicInstant) async throws {
    let alarm = loop.makeAlarm(at: deadline) { [weak self] in
      self?.assumeIsolated { $0.giveUp(TLSFailure(.handshakeStalled)) }
    }
    defer { alarm.cancel() }
    do {
      try await withTaskCancellationHandler {
        _ = try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<PeerIdentity, any Error>) in
          startHandshake(.client) { continuation.resume(with: $0) }
          // A cancellation before this point found no handshake.
          if Task.isCancelled { giveUp(TLSFailure(.cutOff)) }
        }
      } onCancel: {
        loop.perform { self.assumeIsolated { $0.giveUp(TLSFailure(.cutOff)) } }
      }
    } catch {
      if Task.isCancelled { throw CancellationError() }
      throw error
    }
  }

  /// Ends a handshake that is still going on, without waiting for the peer.
  private func giveUp(_ failure: TLSFailure) {
    guard case .handshake = phase else { return }
    let onHandshake = onHandshake.take()
    end()
    raw.abort()
    onHandshake?(.failure(failure))
  }

  /// Calls `call` when the raw stream of a refused peer has ended.
  nonisolated func whenGone(_ call: @escaping @Sendable () -> Void) {
    assumeIsolated { $0.onGone = call }
  }
}
