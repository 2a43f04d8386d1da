internal import FlintCore
internal import FlintSystem
internal import Glibc

extension SocketState {
  /// Calls before other sockets get their turn.
  private static let receivesPerTurn = 16

  /// Hands on what has arrived, until there is nothing more or others must have their turn.
  func receive() {
    for _ in 0..<SocketState.receivesPerTurn {
      // The receiver may have paused or aborted the stream meanwhile.
      guard isReceiving, let socket, let receiver else { return }
      var buffer = loop.core.chunks.receiveBuffer
      if let wanted = receiver.streamWantsMemory(), !wanted.isEmpty { buffer = wanted }
      let count = recv(socket.number, buffer.baseAddress, buffer.count, 0)
      if count > 0 {
        receiver.streamReceived(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        // A buffer that was not filled has emptied the socket; what comes now is told anew.
        if count < buffer.count { return }
      } else if count == 0 {
        // A reset is told once: when the loop of blocks was told, this looks like the peer's orderly end.
        if sender != nil, !hasSentEnd, SocketOption.isClosed(socket.number) { return fail(ECONNRESET) }
        return receiveEnd()
      } else if errno == EAGAIN {
        return
      } else if errno != EINTR {
        return fail(errno)
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
}
