internal import FlintCore

/// One end of a simulated stream as its process sees it.
final class SimulatedStream: NetworkStream {
  private let state: Confined<StreamState>
  let remote: Endpoint

  init(_ state: StreamState) {
    self.state = Confined(state)
    remote = state.remote
  }

  deinit {
    state.value.close(how: .byReset)
  }

  var peer: PeerIdentity { state.value.links.identity }
  var queuedByteCount: Int { state.value.queuedByteCount + state.value.outbox.byteCount }
  var lowWaterMark: Int {
    get { state.value.lowWaterMark }
    set { state.value.lowWaterMark = newValue }
  }

  func start(_ receiver: any StreamReceiver) { state.value.start(receiver) }
  func send(_ bytes: UnsafeRawBufferPointer) { state.value.send(.bytes(Array(bytes))) }
  func send(_ slab: Slab, range: Range<Int>) { state.value.send(.bytes(Array(slab.bytes[range]))) }
  func send(_ file: any OpenFile, range: Range<Int64>) { state.value.send(.file(file, range)) }
  func pauseReceiving() { state.value.pauseReceiving() }
  func resumeReceiving() { state.value.resumeReceiving() }
  func finishSending() { state.value.finishSending() }
  func abort() { state.value.close(how: .byReset) }
}
