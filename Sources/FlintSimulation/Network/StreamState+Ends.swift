internal import FlintCore

/// How an end of the stream comes to its end, and how its process is told.
extension StreamState {
  /// Ends this side; the other one learns of it as `how` says.
  func close(how: Closing) {
    guard !isOver else { return }
    isOver = true
    receiver = nil
    arrived = []
    dropQueue()
    onClose()
    engine.note(.streamEnded, number, 0, "stream \(number) of \(owner.life.name) is closed")
    switch how {
    case .byFinishing: transmit(.finish)
    case .byReset: transmit(.reset)
    case .silently: break
    }
    peer = nil
  }

  /// Breaks the stream as a reset in the network does: both ends are told.
  func breakBothEnds() {
    links.statistics.resets += 1
    let other = peer
    breakEnd()
    other?.breakEnd()
  }

  private func breakEnd() {
    guard !isOver, !isBroken else { return }
    isBroken = true
    arrived = []
    dropQueue()
    if isStarted { scheduleFailure() }
  }

  /// The process hears of it in a moment, when it runs: not while it is stopped, and never in the middle of a call of
  /// its own.
  func scheduleFailure() {
    engine.schedule(at: engine.now, owner: owner.life.owner) { [self] in fail("the connection was reset") }
  }

  func fail(_ why: String) {
    guard !isOver else { return }
    let receiver = receiver
    close(how: .silently)
    if let receiver { tellEnd(receiver, why) }
  }

  func tellEnd(_ receiver: any StreamReceiver, _ why: String) {
    let error = FlintError(.connectionLost, "the connection to \(remote) is lost", why: why)
    call(receiver) { $0.streamEnded(.failed(error)) }
  }

  /// A file that was to be sent cannot be read: both ends learn that the stream is broken.
  func failFile(_ error: FlintError) {
    let receiver = receiver
    close(how: .byReset)
    call(receiver) { $0.streamEnded(.failed(error)) }
  }

  func endIfBothFinished() {
    if hasSentFinish, peerHasFinished, !isOver { close(how: .silently) }
  }

  func call(_ body: (any StreamReceiver) -> Void) {
    guard !isOver else { return }
    call(receiver, body)
  }

  private func call(_ receiver: (any StreamReceiver)?, _ body: (any StreamReceiver) -> Void) {
    guard let receiver else { return }
    engine.act(for: owner.life.owner, on: owner.life.control) { body(receiver) }
  }
}
