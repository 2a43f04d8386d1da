internal import FlintCore
internal import FlintSystem
internal import Synchronization

/// Sends ranges of files over one socket, one after another. It lives on the loop of blocks, where a disk may be waited
/// for.
final class FileTransfer: PollOwner {
  /// A range on its way.
  struct Job {
    let file: any DescriptorLender
    let descriptor: CInt
    var offset: Int64
    let end: Int64
    /// Called here, once, unless the transfer is stopped before.
    let done: @Sendable (FlintError?) -> Void
  }

  /// Calls before other sockets get their turn.
  private static let callsPerTurn = 4

  private let socket: Descriptor
  private let loop: EventLoop
  private let call: FileTransferCall
  private let progress: FileProgress
  private var poll: PollHandle?
  private var job: Job?
  private var isStopped = false

  init(socket: Descriptor, loop: EventLoop, call: FileTransferCall, progress: FileProgress) {
    self.socket = socket
    self.loop = loop
    self.call = call
    self.progress = progress
  }

  func start(_ job: Job) {
    guard !isStopped else { return job.file.takeBackDescriptor() }
    precondition(self.job == nil, "a socket sends one file at a time")
    self.job = job
    send()
  }

  /// Ends what is under way; nobody is told.
  func stop() {
    isStopped = true
    poll?.close()
    poll = nil
    job?.file.takeBackDescriptor()
    job = nil
  }

  func ready(_ events: PollEvents) {
    // A broken socket says so when it is written to.
    poll?.stop()
    send()
  }

  private func send() {
    for _ in 0..<FileTransfer.callsPerTurn {
      guard let job else { return }
      guard job.offset < job.end else { return finish(nil) }
      switch call.send(job.file, job.descriptor, job.offset..<job.end, to: socket.number) {
      case .sent(let count):
        self.job?.offset += Int64(count)
        progress.add(count)
      case .blocked: return wait()
      case .failed(let error): return finish(error)
      }
    }
    // The other sockets first.
    let this = LoopConfined(self, to: loop.thread)
    loop.perform { this.value.send() }
  }

  private func wait() {
    do throws(FlintError) {
      if poll == nil { poll = try PollHandle(socket.number, on: loop.core, owner: self) }
      poll?.watch(.writable)
    } catch {
      finish(error)
    }
  }

  private func finish(_ error: FlintError?) {
    guard let job = job.take() else { return }
    job.file.takeBackDescriptor()
    job.done(error)
  }
}

/// How many bytes of the current range have been sent; read by one loop, written by another.
final class FileProgress: Sendable {
  private let sent = Atomic<Int>(0)

  var count: Int { sent.load(ordering: .relaxed) }
  func add(_ count: Int) { sent.add(count, ordering: .relaxed) }
  func reset() { sent.store(0, ordering: .relaxed) }
}
