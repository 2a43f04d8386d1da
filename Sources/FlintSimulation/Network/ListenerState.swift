internal import FlintCore

/// A simulated listening socket.
final class ListenerState {
  let owner: NetworkPeer
  let address: NetworkAddress
  let accept: @Sendable (any NetworkStream) -> Void

  init(owner: NetworkPeer, address: NetworkAddress, accept: @escaping @Sendable (any NetworkStream) -> Void) {
    self.owner = owner
    self.address = address
    self.accept = accept
  }
}
