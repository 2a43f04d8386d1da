internal import FlintCore

/// One end of a simulated stream.
///
/// Bytes travel as messages, so that loss, duplication and reordering hit whole ones while the pieces that arrive may be
/// cut anywhere. Messages arrive in order unless a fault says otherwise.
final class StreamState {
  enum Closing { case byFinishing, byReset, silently }

  /// What is on its way to the other end.
  enum Message {
    case bytes([UInt8])
    case finish
    case reset
  }

  let number: UInt64
  let owner: NetworkPeer
  let remote: Endpoint
  /// The other end, for as long as either lives.
  var peer: StreamState?
  private var receiver: (any StreamReceiver)?
  private var isStarted = false
  private var isPaused = false
  /// What has arrived and was not taken yet.
  private var arrived: [Message] = []
  private var arrivedByteCount = 0
  private var isDelivering = false
  /// Sent bytes that form no whole message yet, when the network knows the framing.
  private var unframed: [UInt8] = []
  private var queue: [[UInt8]] = []
  private(set) var queuedByteCount = 0
  private var isQueueFull = false
  private var bytesUnderWay = 0
  private var lastArrival: Int64 = 0
  private var hasFinished = false
  private var hasSentFinish = false
  private var peerHasFinished = false
  private(set) var isOver = false
  /// Bytes that still arrive here before the stream breaks; nil for a sound one.
  var bytesUntilBreak: Int?
  /// Nothing that is sent arrives, and nobody is told: one half of a half-open connection.
  var isBlackHole = false

  private let links: Links
  private let onClose: () -> Void

  init(number: UInt64, owner: NetworkPeer, remote: Endpoint, links: Links, onClose: @escaping () -> Void) {
    self.number = number
    self.owner = owner
    self.remote = remote
    self.links = links
    self.onClose = onClose
  }

  private var engine: Engine { links.engine }

  // MARK: What the process does

  func start(_ receiver: any StreamReceiver) {
    precondition(!isStarted, "a stream has one receiver")
    isStarted = true
    self.receiver = receiver
    scheduleDelivery()
  }

  func pauseReceiving() { isPaused = true }

  func resumeReceiving() {
    isPaused = false
    scheduleDelivery()
  }

  func send(_ bytes: [UInt8]) {
    guard !isOver, !hasFinished, !bytes.isEmpty else { return }
    for message in messages(of: bytes) {
      queue.append(message)
      queuedByteCount += message.count
    }
    pump()
  }

  func finishSending() {
    guard !isOver, !hasFinished else { return }
    hasFinished = true
    pump()
  }

  /// Ends this side; the other one learns of it as `how` says.
  func close(how: Closing) {
    guard !isOver else { return }
    isOver = true
    receiver = nil
    arrived = []
    onClose()
    engine.note(.streamEnded, number, 0, "stream \(number) of \(owner.life.name) is closed")
    switch how {
    case .byFinishing: transmit(.finish)
    case .byReset: transmit(.reset)
    case .silently: break
    }
    peer = nil
  }

  // MARK: Sending

  private func messages(of bytes: [UInt8]) -> [[UInt8]] {
    guard let framing = links.framing else { return [bytes] }
    unframed += bytes
    var messages: [[UInt8]] = []
    while let length = framing(unframed), length > 0, length <= unframed.count {
      messages.append(Array(unframed.prefix(length)))
      unframed.removeFirst(length)
    }
    return messages
  }

  private func pump() {
    guard let peer, !isOver else { return }
    let conditions = links.conditions(from: owner.host, to: peer.owner.host)
    while !queue.isEmpty, bytesUnderWay < conditions.window {
      let bytes = queue.removeFirst()
      queuedByteCount -= bytes.count
      send(message: bytes, under: conditions)
    }
    if !queue.isEmpty {
      isQueueFull = true
    } else if isQueueFull {
      isQueueFull = false
      engine.schedule(at: engine.now, owner: owner.life.owner) { [self] in
        call { $0.streamDrained() }
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
      .bytesSent, number, fingerprint(message), "stream \(number): \(owner.life.name) sends \(message.count) bytes")
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
  private func transmit(_ message: Message) {
    guard let peer else { return }
    let time = engine.now + links.travelTime(from: owner.host, to: peer.owner.host)
    lastArrival = max(lastArrival, time)
    schedule(message, at: lastArrival)
  }

  private func schedule(_ message: Message, at time: Int64) {
    guard let peer, !isBlackHole else { return }
    engine.schedule(at: time, owner: .world) { [self] in travel(message, to: peer) }
  }

  private func travel(_ message: Message, to peer: StreamState) {
    guard links.canTravel(from: owner.host, to: peer.owner.host) else {
      return links.hold(from: owner.host, to: peer.owner.host) { [self] in travel(message, to: peer) }
    }
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

  // MARK: Receiving

  private func arrive(_ message: Message) {
    guard !isOver else { return }
    if case .bytes(let bytes) = message { arrivedByteCount += bytes.count }
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
  private func scheduleDelivery() {
    guard !arrived.isEmpty, isStarted, !isPaused else { return }
    engine.schedule(at: engine.now, owner: owner.life.owner) { [self] in deliver() }
  }

  private func deliver() {
    guard isStarted, !isDelivering else { return }
    isDelivering = true
    defer { isDelivering = false }
    while !isPaused, !isOver, !arrived.isEmpty {
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
      .bytesDelivered, number, fingerprint(bytes), "stream \(number): \(owner.life.name) gets \(bytes.count) bytes")
    arrivedByteCount -= bytes.count
    peer?.taken(bytes.count)
    var bytes = bytes[...]
    if let left = bytesUntilBreak {
      bytesUntilBreak = max(0, left - bytes.count)
      bytes = bytes.prefix(left)
    }
    let pieces = pieces(of: bytes)
    for (index, piece) in pieces.enumerated() where !isOver {
      if isPaused {
        // The receiver asked for a pause in the middle of a message: the rest waits, in front of what came later.
        arrived.insert(contentsOf: pieces[index...].map { .bytes(Array($0)) }, at: 0)
        arrivedByteCount += pieces[index...].reduce(0) { $0 + $1.count }
        break
      }
      piece.withUnsafeBytes { memory in call { $0.streamReceived(memory) } }
    }
    if bytesUntilBreak == 0 { breakBothEnds() }
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

  private func taken(_ count: Int) {
    bytesUnderWay -= count
    pump()
  }

  // MARK: Ends

  /// Breaks the stream as a reset in the network does: both ends are told.
  func breakBothEnds() {
    links.statistics.resets += 1
    let other = peer
    fail("the connection was reset")
    other?.failSoon()
  }

  private func failSoon() {
    engine.schedule(at: engine.now, owner: owner.life.owner) { [self] in fail("the connection was reset") }
  }

  func fail(_ why: String) {
    guard !isOver else { return }
    let receiver = receiver
    close(how: .silently)
    let error = FlintError(.connectionLost, "the connection to \(remote) is lost", why: why)
    call(receiver) { $0.streamEnded(.failed(error)) }
  }

  private func endIfBothFinished() {
    if hasSentFinish, peerHasFinished, !isOver { close(how: .silently) }
  }

  private func call(_ body: (any StreamReceiver) -> Void) {
    guard !isOver else { return }
    call(receiver, body)
  }

  private func call(_ receiver: (any StreamReceiver)?, _ body: (any StreamReceiver) -> Void) {
    guard let receiver else { return }
    engine.act(for: owner.life.owner, on: owner.life.control) { body(receiver) }
  }

  /// Tells messages apart in the trace.
  private func fingerprint(_ bytes: [UInt8]) -> UInt64 {
    bytes.withUnsafeBytes { memory in
      var hash = UInt64(memory.count)
      var offset = 0
      while offset + 8 <= memory.count {
        hash = (hash ^ memory.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash >> 32
        offset += 8
      }
      for byte in memory[offset...] { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
      return hash
    }
  }
}
