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

  func send(_ bytes: [UInt8]) {
    guard !isOver, !isBroken, !hasFinished, !bytes.isEmpty else { return }
    for message in messages(of: bytes) { enqueue(message) }
    pump()
  }

  func finishSending() {
    guard !isOver, !isBroken, !hasFinished else { return }
    hasFinished = true
    // What never became a whole message is sent all the same.
    if !unframed.isEmpty { enqueue(unframed) }
    unframed = []
    pump()
  }
}
