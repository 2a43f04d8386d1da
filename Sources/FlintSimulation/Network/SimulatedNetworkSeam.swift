internal import FlintCore

/// The Network seam of a simulated process. Hosts are reached by their names.
struct SimulatedNetworkSeam: Network {
  private let process: Confined<ProcessState>

  init(process: ProcessState) {
    self.process = Confined(process)
  }

  func listen(
    at endpoint: Endpoint, accept: @escaping @Sendable (any NetworkStream) -> Void
  ) async throws -> any NetworkListener {
    let process = process.value
    let network = process.world.network
    var (address, bound) = try resolve(endpoint, from: process)
    if address.path == nil, address.port == 0 {
      repeat {
        process.host.nextPort = process.host.nextPort == .max ? 49152 : process.host.nextPort + 1
        address = NetworkState.Address(host: address.host, port: process.host.nextPort, path: nil)
      } while network.listeners[address] != nil
      bound = .tcp(host: process.host.name, port: address.port)
    }
    guard network.listeners[address] == nil else {
      throw FlintError(
        .addressInUse, "cannot listen at \(endpoint)", why: "another process listens there",
        remedy: "choose another port, or 0 for any free one")
    }
    let listener = ListenerState(process: process, address: address, accept: accept)
    network.listeners[address] = listener
    return SimulatedListener(listener, endpoint: bound)
  }

  func dial(_ endpoint: Endpoint, deadline: MonotonicInstant) async throws -> any NetworkStream {
    let process = process.value
    let (address, _) = try resolve(endpoint, from: process)
    let dial = Dial(from: process, to: address, named: endpoint)
    dial.begin(deadline: process.clock.virtualTime(of: deadline))
    return try await dial.result()
  }

  private func resolve(
    _ endpoint: Endpoint, from process: ProcessState
  ) throws -> (NetworkState.Address, Endpoint) {
    switch endpoint {
    case .unix(let path):
      return (NetworkState.Address(host: process.host.number, port: 0, path: path), endpoint)
    case .tcp(let name, let port):
      let here = ["localhost", "127.0.0.1", "::1", "0.0.0.0", "::", process.host.name].contains(name)
      guard let host = here ? process.host : process.world.hosts.first(where: { $0.name == name }) else {
        throw FlintError(.unreachable, "cannot reach \(endpoint)", why: "no host has the name \(name)")
      }
      return (NetworkState.Address(host: host.number, port: port, path: nil), .tcp(host: host.name, port: port))
    }
  }
}
