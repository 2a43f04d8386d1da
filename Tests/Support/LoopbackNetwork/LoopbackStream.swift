internal import FlintCore
internal import FlintSystem
internal import Glibc

/// One end of a connection. All of it happens on the loop; the methods check that they are called there.
actor LoopbackStream: NetworkStream, LoopbackSocket {
  /// Bytes taken from the system in one call, and calls before other sockets get their turn.
  private static let receiveSize = 64 << 10
  private static let receivesPerTurn = 16
  /// Bytes of a file read at once.
  private static let filePieceSize: Int64 = 256 << 10

  nonisolated let remote: Endpoint
  nonisolated let peer: PeerIdentity
  private let loop: LoopbackLoop
  private let token: UInt64
  /// Nil once the stream is over.
  private var socket: Descriptor?
  /// What the poller watches the socket for; nil when it does not watch it at all.
  private var watched: Poller.Interest?
  private var receiver: (any StreamReceiver)?
  private var outgoing = SendQueue()
  private var mark = 0
  /// The queue has been above the low-water mark, and nobody was told that it no longer is.
  private var isAboveMark = false
  private var isReadingFile = false
  private var hasStarted = false
  private var isPaused = false
  /// Both directions are over, but what was received waits for ``resumeReceiving()``.
  private var isHungUp = false
  private var hasReceivedEnd = false
  private var isFinishing = false
  private var hasSentEnd = false
  /// A failure that came before ``start(_:)``.
  private var earlyFailure: FlintError?

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  init(_ socket: Descriptor, remote: Endpoint, loop: LoopbackLoop) throws(FlintError) {
    self.remote = remote
    self.loop = loop
    self.socket = socket
    token = loop.takeToken()
    peer = SocketOption.peerUser(socket.number).map { .localUser($0) } ?? .unknown
    SocketOption.setNoDelay(socket.number)
    try loop.poller.add(socket.number, token: token, [])
    watched = []
    loop.register(self, token)
  }

  deinit {
    loop.unregister(token)
    guard let socket else { return }
    loop.poller.remove(socket.number)
    SocketOption.setResetOnClose(socket.number)
  }

  // MARK: NetworkStream

  nonisolated var queuedByteCount: Int { assumeIsolated { $0.outgoing.byteCount } }

  nonisolated func start(_ receiver: any StreamReceiver) {
    assumeIsolated { stream in
      precondition(!stream.hasStarted, "a stream is started once")
      stream.hasStarted = true
      stream.isHungUp = false
      if let failure = stream.earlyFailure.take() {
        stream.loop.perform { receiver.streamEnded(.failed(failure)) }
      } else if stream.socket != nil {
        stream.receiver = receiver
        stream.refresh()
      }
    }
  }

  nonisolated var lowWaterMark: Int {
    get { assumeIsolated { $0.mark } }
    set { assumeIsolated { $0.mark = newValue } }
  }

  nonisolated func send(_ bytes: UnsafeRawBufferPointer) {
    queue(.bytes(Array(bytes)))
  }

  nonisolated func send(_ slab: Slab, range: Range<Int>) {
    queue(.slab(slab, range))
  }

  nonisolated func send(_ file: any OpenFile, range: Range<Int64>) {
    queue(.file(file, range))
  }

  /// It leaves at the loop's next turn, together with what else is sent in this one.
  private nonisolated func queue(_ chunk: SendQueue.Chunk) {
    assumeIsolated { stream in
      guard stream.socket != nil, !stream.isFinishing, chunk.count > 0 else { return }
      stream.outgoing.append(chunk)
      if stream.outgoing.byteCount > stream.mark { stream.isAboveMark = true }
      stream.refresh()
    }
  }

  nonisolated func pauseReceiving() {
    assumeIsolated { stream in
      stream.isPaused = true
      stream.refresh()
    }
  }

  nonisolated func resumeReceiving() {
    assumeIsolated { stream in
      stream.isPaused = false
      stream.isHungUp = false
      stream.refresh()
    }
  }

  nonisolated func finishSending() {
    assumeIsolated { stream in
      guard stream.socket != nil, !stream.isFinishing else { return }
      stream.isFinishing = true
      if stream.outgoing.isEmpty { stream.sendEnd() }
    }
  }

  nonisolated func abort() {
    assumeIsolated { stream in
      guard let socket = stream.socket else { return }
      SocketOption.setResetOnClose(socket.number)
      stream.close()
    }
  }

  // MARK: Events

  nonisolated func ready(_ event: Poller.Event) {
    assumeIsolated { $0.handle(event) }
  }

  private func handle(_ event: Poller.Event) {
    guard let socket else { return }
    if event.isWritable { flush() }
    if isReceiving {
      if event.isReadable || event.isHungUp || event.isBroken { receive() }
    } else if event.isBroken && hasStarted {
      // Nothing can be received or sent any more: the owner of a paused stream learns it now.
      fail(SocketOption.takeError(socket.number))
    } else if event.isBroken || event.isHungUp {
      // The poller would tell it again and again; what has arrived waits for the owner.
      isHungUp = true
      refresh()
    }
  }

  private var isReceiving: Bool { socket != nil && hasStarted && !isPaused && !hasReceivedEnd }

  private func receive() {
    withUnsafeTemporaryAllocation(byteCount: LoopbackStream.receiveSize, alignment: 16) { buffer in
      for _ in 0..<LoopbackStream.receivesPerTurn {
        // The receiver may have paused or aborted the stream meanwhile.
        guard isReceiving, let socket else { return }
        let count = recv(socket.number, buffer.baseAddress, buffer.count, 0)
        if count > 0 {
          receiver?.streamReceived(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        } else if count == 0 {
          return receiveEnd()
        } else if errno == EAGAIN {
          return
        } else if errno != EINTR {
          return fail(errno)
        }
      }
    }
  }

  private func receiveEnd() {
    hasReceivedEnd = true
    let receiver = receiver
    closeWhenOver()
    refresh()
    receiver?.streamEnded(.finished)
  }

  private func flush() {
    guard !outgoing.isEmpty else { return refresh() }
    while !outgoing.isEmpty, let socket {
      if let (file, range) = outgoing.unreadFile {
        read(file, range)
        break
      }
      let count = outgoing.sendFirst { Glibc.send(socket.number, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL)) }
      if count < 0 && errno == EAGAIN { break }
      if count < 0 && errno != EINTR { return fail(errno) }
    }
    refresh()
    let receiver = receiver
    if outgoing.isEmpty && isFinishing { sendEnd() }
    guard isAboveMark, outgoing.byteCount <= mark else { return }
    isAboveMark = false
    receiver?.streamDrained()
  }

  /// Reads the next piece of a file, then goes on sending.
  private func read(_ file: any OpenFile, _ range: Range<Int64>) {
    guard !isReadingFile else { return }
    isReadingFile = true
    let piece = range.prefix(Int(LoopbackStream.filePieceSize))
    Task(executorPreference: loop) {
      do {
        let bytes = try await file.read(count: piece.count, at: piece.lowerBound)
        guard bytes.count == piece.count else {
          throw FlintError(.inputOutput, "\(file.path) ends before byte \(range.upperBound)")
        }
        await self.resume(with: bytes)
      } catch {
        await self.failFile(error)
      }
    }
  }

  private func resume(with piece: [UInt8]) {
    isReadingFile = false
    guard socket != nil else { return }
    outgoing.takeFilePiece(piece)
    flush()
  }

  private func failFile(_ error: any Error) {
    guard let socket else { return }
    SocketOption.setResetOnClose(socket.number)
    end(FlintError(.inputOutput, "cannot send a file to \(remote)", cause: error))
  }

  private func sendEnd() {
    guard let socket else { return }
    hasSentEnd = true
    shutdown(socket.number, CInt(SHUT_WR))
    closeWhenOver()
    refresh()
  }

  // MARK: Ends

  private func fail(_ number: CInt) {
    let failure = FlintError(
      .connectionLost, "the connection to \(remote) broke", why: FlintError.systemWords(for: number),
      cause: FlintError(errorNumber: number, "a call on the socket failed"))
    end(failure)
  }

  private func end(_ failure: FlintError) {
    let receiver = receiver
    close()
    if hasStarted { receiver?.streamEnded(.failed(failure)) } else { earlyFailure = failure }
  }

  private func closeWhenOver() {
    if hasReceivedEnd && hasSentEnd { close() }
  }

  private func close() {
    guard let socket = socket.take() else { return }
    loop.poller.remove(socket.number)
    loop.unregister(token)
    watched = nil
    receiver = nil
    outgoing = SendQueue()
  }

  /// Watches the socket for what matters now.
  private func refresh() {
    guard let socket else { return }
    var wanted: Poller.Interest? = isHungUp ? nil : []
    if isReceiving { wanted = [.reading] }
    if !outgoing.isEmpty && !isReadingFile { wanted = (wanted ?? []).union(.writing) }
    guard wanted != watched else { return }
    do {
      switch (watched, wanted) {
      case (nil, let wanted?): try loop.poller.add(socket.number, token: token, wanted)
      case (_, let wanted?): try loop.poller.change(socket.number, token: token, wanted)
      case (_, nil): loop.poller.remove(socket.number)
      }
      watched = wanted
    } catch {
      // The system has no memory to watch the socket, so nothing would ever happen to it.
      fail(ENOMEM)
    }
  }
}
