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
  var receiver: (any StreamReceiver)?
  var isStarted = false
  var isPaused = false
  /// What has arrived and was not taken yet.
  var arrived: [Message] = []
  var isDelivering = false
  /// Sent bytes that form no whole message yet, when the network knows the framing.
  var unframed: [UInt8] = []
  var queue: [[UInt8]] = []
  var queuedByteCount = 0
  /// What waits for a file that was sent before to be read.
  var outbox = StreamOutbox()
  var lowWaterMark = 0
  var isQueueFull = false
  var bytesUnderWay = 0
  var lastArrival: Int64 = 0
  /// What a cut link holds up on its way from here, in order.
  var heldUp: [Message] = []
  var hasFinished = false
  var hasSentFinish = false
  var peerHasFinished = false
  var isOver = false
  /// The connection was reset, and the process has not heard of it: nothing is sent or received any more.
  var isBroken = false
  /// Bytes that still arrive here before the stream breaks; nil for a sound one.
  var bytesUntilBreak: Int?
  /// Nothing that is sent arrives, and nobody is told: one half of a half-open connection.
  var isBlackHole = false

  let links: Links
  let onClose: () -> Void

  init(number: UInt64, owner: NetworkPeer, remote: Endpoint, links: Links, onClose: @escaping () -> Void) {
    self.number = number
    self.owner = owner
    self.remote = remote
    self.links = links
    self.onClose = onClose
  }

  var engine: Engine { links.engine }

  // MARK: What the process does

  func start(_ receiver: any StreamReceiver) {
    precondition(!isStarted, "a stream has one receiver")
    isStarted = true
    self.receiver = receiver
    if isBroken { scheduleFailure() } else { scheduleDelivery() }
  }

  func pauseReceiving() { isPaused = true }

  func resumeReceiving() {
    isPaused = false
    scheduleDelivery()
  }

  func send(_ item: StreamOutbox.Item) {
    guard !isOver, !isBroken, !hasFinished, !outbox.isFinishing else { return }
    outbox.append(item)
    empty()
  }

  func finishSending() {
    guard !isOver, !isBroken, !hasFinished else { return }
    outbox.isFinishing = true
    empty()
  }

  /// Sends what stands in the outbox up to the next file, which is read first.
  private func empty() {
    while let item = outbox.popFirst() {
      switch item {
      case .bytes(let bytes): send(bytes)
      case .file(let file, let range): read(file, range)
      }
    }
    if outbox.isFinishing, outbox.isEmpty { finish() }
  }

  /// Reads a file as the process itself would, with all that its disk may do to it.
  private func read(_ file: any OpenFile, _ range: Range<Int64>) {
    outbox.isReading = true
    let state = Confined(self)
    Task {
      let bytes = try? await file.read(count: range.count, at: range.lowerBound)
      state.value.hasRead(bytes?.count == range.count ? bytes : nil, of: file, range.count)
    }
  }

  private func hasRead(_ bytes: [UInt8]?, of file: any OpenFile, _ count: Int) {
    guard !isOver, !isBroken else { return }
    outbox.endRead(count)
    guard let bytes else {
      return failFile(FlintError(.inputOutput, "cannot send \(file.path) to \(remote)"))
    }
    send(bytes)
    empty()
  }

  private func send(_ bytes: [UInt8]) {
    guard !bytes.isEmpty else { return }
    for message in messages(of: bytes) { enqueue(message) }
    pump()
  }

  private func finish() {
    guard !isOver, !isBroken, !hasFinished else { return }
    hasFinished = true
    // What never became a whole message is sent all the same.
    if !unframed.isEmpty { enqueue(unframed) }
    unframed = []
    pump()
  }
}
