internal import FlintCore

/// The Network seam of a simulated process. Hosts are reached by their names.
struct SimulatedNetworkSeam: Network {
  private let network: Confined<NetworkState>
  private let peer: Confined<NetworkPeer>
  private let clock: Confined<ProcessClock>

  init(network: NetworkState, peer: NetworkPeer, clock: ProcessClock) {
    self.network = Confined(network)
    self.peer = Confined(peer)
    self.clock = Confined(clock)
  }

  func listen(
    at endpoint: Endpoint, accept: @escaping @Sendable (any NetworkStream) -> Void
  ) async throws -> any NetworkListener {
    let (network, peer) = (network.value, peer.value)
    var (address, bound) = try resolve(endpoint)
    guard address.host == peer.host.number else {
      throw FlintError(.unreachable, "cannot listen at \(endpoint)", why: "it is another host's address")
    }
    if address.path == nil, address.port == 0 {
      repeat {
        peer.host.lastPort = peer.host.lastPort == .max ? 49152 : peer.host.lastPort + 1
        address.port = peer.host.lastPort
      } while network.listeners[address] != nil
      bound = .tcp(host: peer.host.name, port: address.port)
    }
    guard network.listeners[address] == nil else {
      throw FlintError(
        .addressInUse, "cannot listen at \(endpoint)", why: "another process listens there",
        remedy: "choose another port, or 0 for any free one")
    }
    let listener = ListenerState(owner: peer, address: address, accept: accept)
    network.listeners[address] = listener
    return SimulatedListener(listener, of: network, endpoint: bound)
  }

  func dial(_ endpoint: Endpoint, deadline: MonotonicInstant) async throws -> any NetworkStream {
    let (address, _) = try resolve(endpoint)
    let dial = Dial(network.value, from: peer.value, to: address, named: endpoint)
    dial.begin(deadline: clock.value.virtualTime(of: deadline))
    return try await dial.result()
  }

  private func resolve(_ endpoint: Endpoint) throws -> (NetworkAddress, Endpoint) {
    let own = peer.value.host
    switch endpoint {
    case .unix(let path): return (NetworkAddress(host: own.number, port: 0, path: path), endpoint)
    case .tcp(let name, let port):
      let isOwn = ["localhost", "127.0.0.1", "::1", "0.0.0.0", "::", own.name].contains(name)
      guard let host = isOwn ? own : network.value.hosts.first(where: { $0.name == name }), isOwn || host.isNamed else {
        network.value.links.statistics.nameless += 1
        throw FlintError(.unreachable, "cannot reach \(endpoint)", why: "no host has the name \(name)")
      }
      return (NetworkAddress(host: host.number, port: port, path: nil), .tcp(host: host.name, port: port))
    }
  }
}
