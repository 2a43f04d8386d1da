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

  var queuedByteCount: Int { state.value.queuedByteCount }

  func start(_ receiver: any StreamReceiver) { state.value.start(receiver) }
  func send(_ bytes: UnsafeRawBufferPointer) { state.value.send(Array(bytes)) }
  func pauseReceiving() { state.value.pauseReceiving() }
  func resumeReceiving() { state.value.resumeReceiving() }
  func finishSending() { state.value.finishSending() }
  func abort() { state.value.close(how: .byReset) }
}
