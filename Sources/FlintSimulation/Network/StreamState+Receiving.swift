internal import FlintCore

/// What reaches this end, and how it is handed to the process.
extension StreamState {
  func arrive(_ message: Message) {
    guard !isOver, !isBroken else { return }
    if case .reset = message {
      // A reset overtakes what the process has not taken yet, as it does in a real system.
      arrived = []
    }
    arrived.append(message)
    switch owner.life.state {
    case .running: deliver()
    case .paused: scheduleDelivery()
    case .dead: break
    }
  }

  /// Delivers in a moment, when the process runs: a stopped process takes nothing.
  func scheduleDelivery() {
    guard !arrived.isEmpty, isStarted, !isPaused else { return }
    engine.schedule(at: engine.now, owner: owner.life.owner) { [self] in deliver() }
  }

  private func deliver() {
    guard isStarted, !isDelivering else { return }
    isDelivering = true
    defer { isDelivering = false }
    while !isPaused, !isOver, !isBroken, !arrived.isEmpty {
      switch arrived.removeFirst() {
      case .bytes(let bytes): deliver(bytes)
      case .finish:
        peerHasFinished = true
        call { $0.streamEnded(.finished) }
        endIfBothFinished()
      case .reset: fail("the peer reset the connection")
      }
    }
  }

  private func deliver(_ bytes: [UInt8]) {
    links.statistics.delivered += 1
    engine.note(
      .bytesDelivered, number, Trace.fingerprint(bytes),
      "stream \(number): \(owner.life.name) gets \(bytes.count) bytes")
    let pieces = pieces(of: bytes.prefix(bytesUntilBreak ?? .max))
    for (index, piece) in pieces.enumerated() where !isOver && !isBroken {
      if isPaused {
        // The receiver asked for a pause in the middle of a message: the rest waits, in front of what came later.
        arrived.insert(contentsOf: pieces[index...].map { .bytes(Array($0)) }, at: 0)
        return
      }
      peer?.taken(piece.count)
      if let left = bytesUntilBreak { bytesUntilBreak = left - piece.count }
      piece.withUnsafeBytes { memory in call { $0.streamReceived(memory) } }
    }
    if bytesUntilBreak == 0, !isOver { breakBothEnds() }
  }

  private func pieces(of bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    guard let peer, bytes.count > 1 else { return bytes.isEmpty ? [] : [bytes] }
    switch links.conditions(from: peer.owner.host, to: owner.host).cutting {
    case .asSent: return [bytes]
    case .anywhere:
      guard links.random.chance(permille: 300) else { return [bytes] }
      let middle = bytes.startIndex + 1 + links.random.below(bytes.count - 1)
      return [bytes[..<middle], bytes[middle...]]
    case .everyByte: return bytes.indices.map { bytes[$0...$0] }
    }
  }
}
