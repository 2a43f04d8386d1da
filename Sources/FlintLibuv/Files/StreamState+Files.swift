internal import FlintCore
internal import FlintSystem

extension StreamState {
  /// Has the oldest file of the queue sent by the loop of blocks. What is queued behind it waits.
  func sendFile(_ file: any OpenFile, _ range: Range<Int64>, _ socket: Descriptor) {
    guard let file = file as? any DescriptorLender else {
      return failFile(FlintError(.invalidArgument, "\(file.path) is no file of this machine"))
    }
    let sender = self.sender ?? BlockSender(blocks, socket: socket)
    self.sender = sender
    let this = LoopConfined(self, to: loop.thread)
    do {
      try sender.start(file, range) { [loop] error in
        loop.perform { this.value.fileEnded(Int(range.upperBound - range.lowerBound), error) }
      }
    } catch {
      failFile(error)
    }
  }

  private func fileEnded(_ count: Int, _ error: FlintError?) {
    guard socket != nil, let sender else { return }
    sender.finish()
    if let error { return failFile(error) }
    queue.remove(count)
    markDirty()
  }

  private func failFile(_ error: FlintError) {
    guard let socket else { return }
    // The peer must not take what it has for all there is.
    SocketOption.setResetOnClose(socket.number)
    let code: FlintError.Code = error.code == .connectionLost ? .connectionLost : .inputOutput
    fail(FlintError(code, "cannot send a file to \(remote)", cause: error))
  }
}
