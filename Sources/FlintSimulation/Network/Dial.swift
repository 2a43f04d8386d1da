internal import FlintCore

/// One attempt of a simulated process to open a stream. It asks again every second, as TCP does, until somebody
/// answers or its deadline has come.
final class Dial {
  private let network: NetworkState
  private let dialler: NetworkPeer
  private let address: NetworkAddress
  private let endpoint: Endpoint
  private let waiters: WaitList<SimulatedStream>
  /// Set as soon as it is known, which may be before anybody waits for it.
  private var outcome: Result<SimulatedStream, any Error>?

  /// To be called when there is an answer.
  private var unregister: () -> Void = {}

  init(_ network: NetworkState, from dialler: NetworkPeer, to address: NetworkAddress, named endpoint: Endpoint) {
    self.network = network
    self.dialler = dialler
    self.address = address
    self.endpoint = endpoint
    waiters = WaitList(engine: network.links.engine)
  }

  private var links: Links { network.links }
  private var engine: Engine { links.engine }
  private var target: NetworkHost { network.hosts[address.host] }

  /// Asks, and goes on asking until virtual time has reached `deadline`.
  func begin(deadline: Int64) {
    unregister = network.registerDial { [self] in finish(.failure(CancellationError())) }
    engine.schedule(at: deadline, owner: .world) { [self] in
      finish(.failure(FlintError(.deadlineExceeded, "\(endpoint) did not answer in time")))
    }
    ask()
  }

  func result() async throws -> any NetworkStream {
    if let outcome { return try outcome.get() }
    do {
      return try await waiters.wait(for: dialler.life.owner)
    } catch {
      // Cancelled: whoever answers later finds nobody.
      finish(.failure(error))
      throw error
    }
  }

  private func ask() {
    guard outcome == nil else { return }
    let loss = dialler.host === target ? 0 : links.conditions(from: dialler.host, to: target).lossPermille
    guard !links.random.chance(permille: loss), links.canTravel(from: dialler.host, to: target) else {
      return engine.schedule(at: engine.now + 1_000_000_000, owner: .world) { [self] in ask() }
    }
    let time = engine.now + links.travelTime(from: dialler.host, to: target)
    engine.schedule(at: time, owner: .world) { [self] in answer() }
  }

  private func answer() {
    guard outcome == nil, dialler.life.state != .dead else { return }
    guard target.isUp, let listener = network.listeners[address] else {
      guard target.isUp else { return ask() }
      return comeBack { [self] in
        links.statistics.refused += 1
        finish(.failure(FlintError(.connectionRefused, "nobody listens at \(endpoint)")))
      }
    }
    let (near, far) = network.connect(dialler, at: endpoint, listener.owner)
    let stream = Confined(SimulatedStream(far))
    // The system takes the connection at once; the process hears of it when it runs.
    let acceptor = listener.owner.life
    engine.schedule(at: engine.now, owner: acceptor.owner) { [engine] in
      engine.act(for: acceptor.owner, on: acceptor.control) { listener.accept(stream.value) }
    }
    comeBack { [self] in finish(.success(SimulatedStream(near))) }
  }

  /// Carries the answer back, when it can travel.
  private func comeBack(_ arrive: @escaping () -> Void) {
    guard links.canTravel(from: target, to: dialler.host) else {
      links.statistics.held += 1
      return links.hold(from: target, to: dialler.host) { [self] in comeBack(arrive) }
    }
    let time = engine.now + links.travelTime(from: target, to: dialler.host)
    engine.schedule(at: time, owner: .world, arrive)
  }

  private func finish(_ result: Result<SimulatedStream, any Error>) {
    guard outcome == nil else { return }
    outcome = result
    unregister()
    switch result {
    case .success(let stream): waiters.resumeAll(returning: stream)
    case .failure(let error): waiters.resumeAll(throwing: error)
    }
  }
}
