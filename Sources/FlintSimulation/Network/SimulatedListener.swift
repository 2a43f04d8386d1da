internal import FlintCore

/// A listening socket as its process sees it.
final class SimulatedListener: NetworkListener {
  let endpoint: Endpoint
  private let listener: Confined<ListenerState>
  private let network: Confined<NetworkState>

  init(_ listener: ListenerState, of network: NetworkState, endpoint: Endpoint) {
    self.listener = Confined(listener)
    self.network = Confined(network)
    self.endpoint = endpoint
  }

  func close() {
    let (network, address) = (network.value, listener.value.address)
    if network.listeners[address] === listener.value { network.listeners[address] = nil }
  }
}
