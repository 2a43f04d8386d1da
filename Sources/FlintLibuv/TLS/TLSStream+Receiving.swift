internal import FlintCore

/// Events of the raw stream, by way of a ``StreamRelay``.
extension TLSStream {
  nonisolated func rawReceived(_ bytes: BorrowedBytes) { assumeIsolated { $0.receive(bytes.bytes) } }

  nonisolated func rawDrained() {
    assumeIsolated { stream in
      stream.pump()
      stream.settle()
    }
  }

  nonisolated func rawEnded(_ end: StreamEnd) { assumeIsolated { $0.receiveEnd(end) } }

  private func receive(_ bytes: UnsafeRawBufferPointer) {
    if case .over = phase { return receiveLate(bytes.count) }
    guard let scratch = pool.take() else { return fail(TLSFailure(.noMemory)) }
    let raw = raw
    machine.offer(bytes)
    defer { machine.takeBack() }
    while true {
      let room = memory(of: scratch)
      let received = machine.read(into: room) { raw.send($0) }
      if let peer = received.opened { open(peer) }
      if received.count > 0 { deliver(UnsafeRawBufferPointer(rebasing: room[..<received.count])) }
      switch received.end {
      case .finished?: return deliverEnd(.finished)
      case .failed(let failure)?: return fail(failure)
      case nil: break
      }
      // The receiver may have ended the stream.
      guard received.hasMore, case .open = phase else { return }
    }
  }

  /// Where the next bytes go: where the receiver wants them, which saves a copy, or into memory for the time being.
  private func memory(of scratch: Slab) -> UnsafeMutableRawBufferPointer {
    guard case .open = phase, early.isEmpty, !isPaused, let wanted = receiver?.streamWantsMemory(), !wanted.isEmpty
    else { return scratch.bytes }
    return wanted
  }

  private func receiveEnd(_ end: StreamEnd) {
    switch (phase, end) {
    case (.over, _):
      let onGone = onGone.take()
      onGone?()
    case (.handshake, .finished): fail(TLSFailure(.cutOff))
    case (.handshake, .failed(let error)): fail(TLSFailure(.cutOff, words: error.why ?? error.what))
    case (.open, .failed): deliverEnd(end)
    case (.open, .finished):
      guard !hasReceivedEnd else { return }
      switch machine.receiveEnd() {
      case .finished: deliverEnd(.finished)
      case .failed(let failure): fail(failure)
      }
    }
  }

  // MARK: To the receiver

  func begin(_ receiver: any StreamReceiver) {
    precondition(!hasStarted, "a stream is started once")
    hasStarted = true
    if case .over = phase, earlyEnd == nil { return }
    self.receiver = receiver
    if !isPaused { raw.resumeReceiving() }
    if !early.isEmpty || earlyEnd != nil { scheduleEarly() }
  }

  /// The peer is known. Nothing more is taken from it before somebody wants it.
  private func open(_ peer: PeerIdentity) {
    phase = .open(peer)
    if !hasStarted { raw.pauseReceiving() }
    let onHandshake = onHandshake.take()
    onHandshake?(.success(peer))
  }

  private func deliver(_ bytes: UnsafeRawBufferPointer) {
    // Later bytes do not overtake those that wait, and a paused receiver gets none.
    if let receiver, early.isEmpty, !isPaused {
      receiver.streamReceived(bytes)
    } else if case .open = phase {
      early += bytes
    }
  }

  private func deliverEnd(_ end: StreamEnd) {
    switch end {
    case .finished:
      guard !hasReceivedEnd else { return }
      hasReceivedEnd = true
    // A stream whose peer has finished may still fail.
    case .failed: break
    }
    // Who has paused wants no bytes, but a failure is told at once.
    let isWanted = if case .failed = end { true } else { !isPaused }
    guard let receiver, early.isEmpty, isWanted else {
      earlyEnd = end
      return
    }
    hand(end, to: receiver)
  }

  private func hand(_ end: StreamEnd, to receiver: any StreamReceiver) {
    if case .failed = end { self.end() }
    receiver.streamEnded(end)
    releaseWhenOver()
  }

  /// When nothing more can happen nobody is kept who would be told.
  func releaseWhenOver() {
    if hasReceivedEnd, hasSentEnd, earlyEnd == nil, raw.queuedByteCount == 0 { receiver = nil }
  }

  /// Hands over what waited, after the current event.
  func scheduleEarly() {
    loop.perform { [weak self] in self?.assumeIsolated { $0.deliverEarly() } }
  }

  private func deliverEarly() {
    guard let receiver, !isPaused else { return }
    if !early.isEmpty {
      let bytes = early
      early = []
      bytes.withUnsafeBytes { receiver.streamReceived($0) }
    }
    // The receiver may have paused or ended the stream meanwhile.
    guard self.receiver != nil, !isPaused, let end = earlyEnd.take() else { return }
    hand(end, to: receiver)
  }

  // MARK: Failures

  /// The connection is over. The raw stream still carries the alert that tells the peer.
  func fail(_ failure: TLSFailure) {
    let isHandshake = if case .handshake = phase { true } else { false }
    let onHandshake = onHandshake.take()
    if isHandshake {
      end()
      raw.finishSending()
      onHandshake?(.failure(failure))
    } else {
      log.warning(
        "connection broken", ["peer": "\(remote)", "reason": failure.refusal.rawValue, "detail": failure.words ?? ""])
      outgoing.removeAll()
      raw.finishSending()
      deliverEnd(.failed(failure.connectionError(with: remote)))
    }
  }

  /// Bytes that were promised to the peer do not exist.
  func failFile(_ error: any Error) {
    guard case .open = phase else { return }
    raw.abort()
    deliverEnd(
      .failed(FlintError(.inputOutput, "a file could not be sent to \(remote)", cause: error)))
  }

  /// A peer that was refused may go on talking for a while, until it notices.
  private func receiveLate(_ count: Int) {
    lateBytes += count
    guard lateBytes > Self.latePatience else { return }
    raw.abort()
    let onGone = onGone.take()
    onGone?()
  }
}
