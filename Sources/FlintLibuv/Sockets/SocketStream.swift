internal import FlintCore

/// One end of a connection, as its user holds it. All of it happens on the loop; the methods check that they are called
/// there.
final class SocketStream: NetworkStream {
  let remote: Endpoint
  let peer: PeerIdentity
  private let loop: EventLoop
  private let state: LoopConfined<SocketState>

  /// Takes over a connected socket; call it on the loop.
  init(_ state: SocketState, remote: Endpoint, peer: PeerIdentity, loop: EventLoop) {
    self.remote = remote
    self.peer = peer
    self.loop = loop
    self.state = LoopConfined(state, to: loop.thread)
  }

  deinit {
    // It may be let go anywhere. A loop that has ended has closed the socket itself.
    loop.perform { [state] in state.value.abort() }
  }

  var queuedByteCount: Int { state.value.queuedByteCount }

  var lowWaterMark: Int {
    get { state.value.lowWaterMark }
    set { state.value.lowWaterMark = newValue }
  }

  func start(_ receiver: any StreamReceiver) { state.value.start(receiver) }
  func send(_ bytes: UnsafeRawBufferPointer) { state.value.send(bytes) }
  func send(_ slab: Slab, range: Range<Int>) { state.value.send(slab, range) }
  func send(_ file: any OpenFile, range: Range<Int64>) { state.value.send(file, range) }
  func pauseReceiving() { state.value.pauseReceiving() }
  func resumeReceiving() { state.value.resumeReceiving() }
  func finishSending() { state.value.finishSending() }
  func abort() { state.value.abort() }
}
