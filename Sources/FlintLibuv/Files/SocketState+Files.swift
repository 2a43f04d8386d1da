internal import FlintCore
internal import FlintSystem

extension SocketState {
  /// Sends of the oldest file of the queue what is in memory, and leaves the rest to the loop of blocks.
  func sendFile(_ file: any OpenFile, _ range: Range<Int64>, _ socket: Descriptor) {
    guard let file = file as? any DescriptorLender else {
      return failFile(FlintError(.invalidArgument, "\(file.path) is no file of this machine"))
    }
    do {
      let descriptor = try file.lendDescriptor()
      defer { file.takeBackDescriptor() }
      let length = Int(min(Int64(range.count), Int64(FileTransferCall.size)))
      guard blocks.call.isInMemory(descriptor, range.lowerBound, length) else {
        return try sendElsewhere(file, range, socket)
      }
      switch blocks.call.send(file, descriptor, range, to: socket.number) {
      case .sent(let count):
        queue.remove(count)
        if count < length { block() }
      case .blocked: block()
      case .failed(let error): failFile(error)
      }
    } catch {
      failFile(error)
    }
  }

  /// Has it sent by the loop of blocks. What is queued behind it waits.
  private func sendElsewhere(
    _ file: any DescriptorLender, _ range: Range<Int64>, _ socket: Descriptor
  ) throws(FlintError) {
    let sender = self.sender ?? BlockSender(blocks, socket: socket)
    self.sender = sender
    let this = LoopConfined(self, to: loop.thread)
    try sender.start(file, range) { [loop] error in
      loop.perform { this.value.fileEnded(Int(range.upperBound - range.lowerBound), error) }
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
