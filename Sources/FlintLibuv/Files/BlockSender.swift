internal import FlintCore
internal import FlintSystem

/// A stream's hand on the loop of blocks: it has the files of the stream's queue sent there that are not in memory, so that
/// a disk which is slow holds up nothing on the stream's own loop.
final class BlockSender {
  /// What makes senders for the streams of one network.
  struct Maker: Sendable {
    /// The loop of blocks.
    let loop: EventLoop
    let call: FileTransferCall
  }

  private let blocks: EventLoop
  private let transfer: LoopConfined<FileTransfer>
  private let progress = FileProgress()
  /// A file is on its way: nothing else may be written to the socket.
  private(set) var isBusy = false

  init(_ maker: Maker, socket: Descriptor) {
    blocks = maker.loop
    transfer = LoopConfined(
      FileTransfer(socket: socket, loop: maker.loop, call: maker.call, progress: progress), to: maker.loop.thread)
  }

  /// How much of the current file has been sent.
  var sentByteCount: Int { progress.count }

  /// Sends `range` of `file`; `done` is called on the loop of blocks.
  func start(
    _ file: any DescriptorLender, _ range: Range<Int64>, done: @escaping @Sendable (FlintError?) -> Void
  ) throws(FlintError) {
    let descriptor = try file.lendDescriptor()
    isBusy = true
    blocks.perform { [transfer] in
      transfer.value.start(
        FileTransfer.Job(
          file: file, descriptor: descriptor, offset: range.lowerBound, end: range.upperBound, done: done))
    }
  }

  /// The current file has been sent.
  func finish() {
    isBusy = false
    progress.reset()
  }

  /// Ends what is under way. The socket lives until the loop of blocks has let go of it.
  func stop() {
    blocks.perform { [transfer] in transfer.value.stop() }
  }
}
