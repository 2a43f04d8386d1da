internal import FlintCore
internal import FlintSystem
internal import Glibc

/// One end of a connection. It lives on the loop and ends with ``abort()``, with its failure, or when both directions are
/// over; until then the loop keeps it.
///
/// The properties of every message go without Swift's checks for overlapping accesses: the queue calls nobody.
final class SocketState {
  let remote: Endpoint
  let loop: EventLoop
  let blocks: BlockSender.Maker
  /// Nil once the stream is over.
  var socket: Descriptor?
  private(set) var poll: PollHandle?
  @exclusivity(unchecked) var receiver: (any StreamReceiver)?
  @exclusivity(unchecked) var queue: SendQueue
  @exclusivity(unchecked) var lowWaterMark = 0
  /// The queue has been above ``lowWaterMark`` and nobody was told that it has sunk.
  @exclusivity(unchecked) var owesDrained = false
  /// It stands on the loop's list of those with something to send.
  @exclusivity(unchecked) var isDirty = false
  /// The system takes nothing at the moment.
  @exclusivity(unchecked) var isBlocked = false
  var hasStarted = false
  var isPaused = false
  /// Both directions are over, but what was received waits for ``resumeReceiving()``.
  var isHungUp = false
  var hasReceivedEnd = false
  var isFinishing = false
  var hasSentEnd = false
  /// A failure that the receiver has not been told.
  var failure: FlintError?
  /// Sends the files of the queue, one after another.
  var sender: BlockSender?

  /// Takes over a connected socket. Throws when the system refuses to watch it.
  init(_ socket: Descriptor, remote: Endpoint, loop: EventLoop, blocks: BlockSender.Maker) throws(FlintError) {
    self.remote = remote
    self.loop = loop
    self.blocks = blocks
    self.socket = socket
    queue = SendQueue(pool: loop.core.chunks)
    SocketOption.setNoDelay(socket.number)
    poll = try PollHandle(socket.number, on: loop.core, owner: self)
    refresh()
  }

  /// Bytes that the system has not taken.
  var queuedByteCount: Int { queue.byteCount - (sender?.sentByteCount ?? 0) }

  // MARK: What the user does

  func start(_ receiver: any StreamReceiver) {
    precondition(!hasStarted, "a stream is started once")
    hasStarted = true
    isHungUp = false
    self.receiver = receiver
    // A failure that came before is told in this turn, and not from within this call.
    if failure != nil { markDirty() } else { refresh() }
  }

  func pauseReceiving() {
    isPaused = true
    refresh()
  }

  func resumeReceiving() {
    isPaused = false
    isHungUp = false
    refresh()
  }

  func finishSending() {
    guard socket != nil, !isFinishing else { return }
    isFinishing = true
    if queue.isEmpty { sendEnd() }
  }

  func abort() {
    receiver = nil
    failure = nil
    guard let socket else { return }
    SocketOption.setResetOnClose(socket.number)
    close()
  }

  // MARK: What libuv tells

  var isReceiving: Bool { socket != nil && hasStarted && !isPaused && !hasReceivedEnd }

  /// Watches the socket for what matters now.
  func refresh() {
    guard let poll else { return }
    var wanted: PollEvents = []
    if isReceiving { wanted.insert(.readable) }
    if isBlocked { wanted.insert(.writable) }
    if wanted.isEmpty {
      // A break is of interest even to those who neither receive nor send.
      if isHungUp { poll.stop() } else { poll.watch(.hungUp) }
    } else {
      poll.watch(wanted)
    }
  }

  func markDirty() {
    guard !isDirty else { return }
    isDirty = true
    loop.core.dirty.append(self)
  }

  // MARK: Ends

  /// Ends the stream by an error of the system. The receiver is told in this turn, never from within a call of its own.
  func fail(_ number: CInt) {
    fail(
      FlintError(
        .connectionLost, "the connection to \(remote) broke", why: FlintError.systemWords(for: number),
        cause: FlintError(errorNumber: number, "a call on the socket failed")))
  }

  func fail(_ error: FlintError) {
    guard socket != nil else { return }
    let receiver = receiver
    close()
    self.receiver = receiver
    failure = error
    if hasStarted { markDirty() }
  }

  /// Tells the receiver of the failure; its last event.
  func tellFailure() {
    guard hasStarted, let failure = failure.take() else { return }
    let receiver = receiver.take()
    receiver?.streamEnded(.failed(failure))
  }

  func closeWhenOver() {
    if hasReceivedEnd && hasSentEnd { close() }
  }

  func close() {
    guard socket != nil else { return }
    poll?.close()
    poll = nil
    sender?.stop()
    sender = nil
    socket = nil
    receiver = nil
    isBlocked = false
    queue = SendQueue(pool: loop.core.chunks)
  }
}

extension SocketState: PollOwner {
  func ready(_ events: PollEvents) {
    guard let socket else { return }
    if events.contains(.writable) {
      isBlocked = false
      markDirty()
    }
    if isReceiving {
      if !events.isDisjoint(with: [.readable, .hungUp, .failed]) { receive() }
      // What the system calls a failure may have been none, or waits behind bytes that were received just now.
      if events.contains(.failed) { refresh() }
    } else if events.contains(.failed) && hasStarted {
      // Nothing can be received or sent any more: the owner of a paused stream learns it now.
      // The loop of blocks may have been told before, and the system tells once.
      let number = SocketOption.takeError(socket.number)
      fail(number == 0 ? ECONNRESET : number)
    } else if !events.isDisjoint(with: [.failed, .hungUp]) {
      // The system would tell it again and again; what has arrived waits for the owner.
      isHungUp = true
      refresh()
    }
  }
}
