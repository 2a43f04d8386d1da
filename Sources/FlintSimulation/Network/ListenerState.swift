internal import FlintCore

/// A simulated listening socket.
final class ListenerState {
  let process: ProcessState
  let address: NetworkState.Address
  let accept: @Sendable (any NetworkStream) -> Void

  init(
    process: ProcessState, address: NetworkState.Address, accept: @escaping @Sendable (any NetworkStream) -> Void
  ) {
    self.process = process
    self.address = address
    self.accept = accept
  }
}

/// A listening socket as the process sees it.
final class SimulatedListener: NetworkListener {
  let endpoint: Endpoint
  private let state: Confined<ListenerState>

  init(_ state: ListenerState, endpoint: Endpoint) {
    self.state = Confined(state)
    self.endpoint = endpoint
  }

  func close() {
    let listener = state.value
    let network = listener.process.world.network
    if network.listeners[listener.address] === listener { network.listeners[listener.address] = nil }
  }
}
