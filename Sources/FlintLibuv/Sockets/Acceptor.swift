internal import CFlint
internal import FlintCore
internal import FlintSystem
internal import Glibc

/// Takes connections from a listening socket, on the loop.
///
/// When the process has no descriptor left it pauses: who wants to connect waits in the system's queue, and is taken once
/// there is room.
final class Acceptor: PollOwner {
  /// Connections taken before other sockets get their turn.
  private static let connectionsPerTurn = 64
  /// How long a pause is.
  private static let pause = Duration.milliseconds(20)

  private let socket: Descriptor
  private let core: LoopCore
  private let accept: (Descriptor) -> Void
  private var poll: PollHandle?
  private var timer: UInt64?

  init(_ socket: Descriptor, core: LoopCore, accept: @escaping (Descriptor) -> Void) throws(FlintError) {
    self.socket = socket
    self.core = core
    self.accept = accept
    poll = try PollHandle(socket.number, on: core, owner: self)
    poll?.watch(.readable)
  }

  func close() {
    poll?.close()
    poll = nil
    if let timer = timer.take() { core.cancelTimer(timer) }
  }

  func ready(_ events: PollEvents) {
    for _ in 0..<Acceptor.connectionsPerTurn {
      // The callback may have closed the listener.
      guard poll != nil else { return }
      let number = flint_accept(socket.number)
      if number >= 0 {
        accept(Descriptor(adopting: number))
        continue
      }
      switch errno {
      case EINTR, ECONNABORTED: continue
      case EMFILE, ENFILE, ENOBUFS, ENOMEM: return takeBreak()
      default: return
      }
    }
  }

  private func takeBreak() {
    poll?.stop()
    guard timer == nil else { return }
    timer = core.setTimer(at: SystemClock.monotonicNow.advanced(by: Acceptor.pause)) { [weak self] in
      guard let self else { return }
      timer = nil
      poll?.watch(.readable)
    }
  }
}
