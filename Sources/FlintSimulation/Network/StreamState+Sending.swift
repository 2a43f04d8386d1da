internal import FlintCore

/// What leaves this end: into messages, through the window, past the faults, and on its way.
extension StreamState {
  func messages(of bytes: [UInt8]) -> [[UInt8]] {
    guard let framing = links.framing else { return [bytes] }
    unframed += bytes
    var messages: [[UInt8]] = []
    while let length = framing(unframed), length > 0, length <= unframed.count {
      messages.append(Array(unframed.prefix(length)))
      unframed.removeFirst(length)
    }
    return messages
  }

  func enqueue(_ message: [UInt8]) {
    queue.append(message)
    queuedByteCount += message.count
    links.statistics.longestQueue = max(links.statistics.longestQueue, queuedByteCount + outbox.byteCount)
  }

  func dropQueue() {
    (queue, unframed, queuedByteCount, outbox) = ([], [], 0, StreamOutbox())
  }

  /// The receiver has taken `count` bytes: others may follow.
  func taken(_ count: Int) {
    bytesUnderWay -= count
    pump()
  }

  /// Sends what the window has room for, then the end.
  func pump() {
    guard let peer, !isOver, !isBroken else { return }
    let conditions = links.conditions(from: owner.host, to: peer.owner.host)
    while !queue.isEmpty, bytesUnderWay < conditions.window {
      let bytes = queue.removeFirst()
      queuedByteCount -= bytes.count
      send(message: bytes, under: conditions)
    }
    guard !isBroken else { return }
    if queuedByteCount > lowWaterMark {
      isQueueFull = true
    } else if isQueueFull {
      isQueueFull = false
      engine.schedule(at: engine.now, owner: owner.life.owner) { [self] in
        // More may have been queued since.
        guard !isBroken else { return }
        if queuedByteCount <= lowWaterMark { call { $0.streamDrained() } } else { isQueueFull = true }
      }
    }
    if hasFinished, !hasSentFinish, queue.isEmpty {
      hasSentFinish = true
      transmit(.finish)
      endIfBothFinished()
    }
  }

  private func send(message: [UInt8], under conditions: LinkConditions) {
    links.statistics.sent += 1
    engine.note(
      .bytesSent, number, Trace.fingerprint(message),
      "stream \(number): \(owner.life.name) sends \(message.count) bytes")
    if links.random.chance(permille: conditions.resetPermille) { return breakBothEnds() }
    if links.random.chance(permille: conditions.lossPermille) {
      links.statistics.lost += 1
      engine.note(.bytesLost, number, 0, "stream \(number): the message is lost")
      return
    }
    var bytes = message
    if links.random.chance(permille: conditions.corruptionPermille) {
      links.statistics.corrupted += 1
      bytes[links.random.below(bytes.count)] ^= 1 << UInt8(links.random.below(8))
    }
    bytesUnderWay += bytes.count
    if links.random.chance(permille: conditions.reorderingPermille) {
      links.statistics.reordered += 1
      let delay = links.random.duration(in: .milliseconds(1)...(.milliseconds(50))).nanoseconds
      schedule(.bytes(bytes), at: engine.now + delay)
    } else {
      transmit(.bytes(bytes))
    }
    if links.random.chance(permille: conditions.duplicationPermille) {
      links.statistics.duplicated += 1
      bytesUnderWay += bytes.count
      transmit(.bytes(bytes))
    }
  }

  /// Sends `message` on its way, to arrive after all that was sent before.
  func transmit(_ message: Message) {
    guard let peer else { return }
    let time = engine.now + links.travelTime(from: owner.host, to: peer.owner.host)
    lastArrival = max(lastArrival, time)
    schedule(message, at: lastArrival)
  }

  private func schedule(_ message: Message, at time: Int64) {
    guard let peer, !isBlackHole else { return }
    engine.schedule(at: time, owner: .world) { [self] in travel(message, to: peer) }
  }

  /// Ends the way of `message`. Where the link is cut it waits, and all that comes later waits behind it: a partition
  /// delays a stream and leaves its order alone.
  private func travel(_ message: Message, to peer: StreamState) {
    guard heldUp.isEmpty, links.canTravel(from: owner.host, to: peer.owner.host) else {
      links.statistics.held += 1
      heldUp.append(message)
      if heldUp.count == 1 { waitForLink(to: peer) }
      return
    }
    reach(peer, with: message)
  }

  private func waitForLink(to peer: StreamState) {
    links.hold(from: owner.host, to: peer.owner.host) { [self] in
      // It may have been cut again.
      guard links.canTravel(from: owner.host, to: peer.owner.host) else { return waitForLink(to: peer) }
      let messages = heldUp
      heldUp = []
      for message in messages { reach(peer, with: message) }
    }
  }

  private func reach(_ peer: StreamState, with message: Message) {
    if case .bytes(let bytes) = message, peer.isOver {
      // The other system knows no such stream any more and says so.
      bytesUnderWay -= bytes.count
      if !isOver { peer.answerReset(to: self) }
      return
    }
    peer.arrive(message)
  }

  private func answerReset(to sender: StreamState) {
    let time = engine.now + links.travelTime(from: owner.host, to: sender.owner.host)
    engine.schedule(at: time, owner: .world) { sender.arrive(.reset) }
  }
}
