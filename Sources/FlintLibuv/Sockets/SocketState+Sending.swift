internal import CFlint
internal import FlintCore
internal import FlintSystem
internal import Glibc

extension SocketState {
  /// Queued bytes at which a busy loop does not wait for the end of its turn: the socket shall have work meanwhile.
  private static let earlyByteCount = 256 << 10

  /// What became of an offer to the system.
  private enum Outcome { case sent, blocked, failed(CInt) }

  // MARK: Queueing

  @inline(__always)
  func send(_ bytes: UnsafeRawBufferPointer) {
    guard socket != nil, !isFinishing, !bytes.isEmpty else { return }
    queue.append(bytes)
    noteQueued()
  }

  func send(_ slab: Slab, _ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= slab.bytes.count, "\(range) is not inside the slab")
    guard socket != nil, !isFinishing, !range.isEmpty else { return }
    queue.append(slab, range)
    noteQueued()
  }

  func send(_ file: any OpenFile, _ range: Range<Int64>) {
    precondition(range.lowerBound >= 0, "\(range) is not inside a file")
    guard socket != nil, !isFinishing, !range.isEmpty else { return }
    queue.append(file, range)
    noteQueued()
  }

  @inline(__always)
  private func noteQueued() {
    if queue.byteCount > lowWaterMark { owesDrained = true }
    if !isDirty { markDirty() }
    if queue.byteCount >= SocketState.earlyByteCount { sendEarly() }
  }

  // MARK: Sending

  /// Called once a turn for a stream that is dirty.
  func flush() {
    isDirty = false
    guard socket != nil else { return tellFailure() }
    if !queue.isEmpty { push() }
    guard socket != nil else { return tellFailure() }
    // A socket that takes bytes says so without end to whoever asks; nobody asks who has none.
    if !isBlocked { refresh() }
    guard owesDrained && queue.byteCount <= lowWaterMark else { return }
    owesDrained = false
    receiver?.streamDrained()
  }

  /// Within a turn: the receiver is told nothing before the turn's end.
  private func sendEarly() {
    if !isBlocked { push() }
  }

  /// Gives the system what it takes; then the end, when that was asked for.
  private func push() {
    while !queue.isEmpty, !isBlocked, let socket {
      if let sender, sender.isBusy { return }
      if let (file, range) = queue.nextFile {
        sendFile(file, range, socket)
        continue
      }
      switch offer(to: socket.number) {
      case .sent: continue
      case .blocked: block()
      case .failed(let number): return fail(number)
      }
    }
    if isFinishing && queue.isEmpty { sendEnd() }
  }

  /// Nothing more is offered before the system says that it takes bytes again.
  func block() {
    isBlocked = true
    refresh()
  }

  /// One call, with as many runs as it takes.
  private func offer(to number: CInt) -> Outcome {
    withUnsafeTemporaryAllocation(of: iovec.self, capacity: SendQueue.vectorCount) { vectors in
      let (runs, bytes) = queue.fill(vectors)
      // What announces a file travels with the file's first bytes, and does not wake the peer on its own.
      let flags = CInt(MSG_NOSIGNAL) | (queue.isFile(behind: runs) ? CInt(MSG_MORE) : 0)
      var count: Int
      repeat {
        if runs == 1 {
          count = Glibc.send(number, vectors[0].iov_base, bytes, flags)
        } else {
          var message = msghdr()
          message.msg_iov = vectors.baseAddress
          message.msg_iovlen = runs
          count = sendmsg(number, &message, flags)
        }
      } while count < 0 && errno == EINTR
      guard count >= 0 else { return errno == EAGAIN ? .blocked : .failed(errno) }
      queue.remove(count)
      return count < bytes ? .blocked : .sent
    }
  }

  func sendEnd() {
    guard let socket, !hasSentEnd else { return }
    hasSentEnd = true
    shutdown(socket.number, CInt(SHUT_WR))
    closeWhenOver()
    refresh()
  }
}
