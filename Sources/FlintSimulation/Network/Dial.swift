internal import FlintCore

/// One attempt of a simulated process to open a stream. It asks again every second, as TCP does, until somebody
/// answers or its deadline has come.
final class Dial {
  private let process: ProcessState
  private let address: NetworkState.Address
  private let endpoint: Endpoint
  private let waiters: WaitList<SimulatedStream>
  /// Set as soon as it is known, which may be before anybody waits for it.
  private var outcome: Result<SimulatedStream, any Error>?

  init(from process: ProcessState, to address: NetworkState.Address, named endpoint: Endpoint) {
    self.process = process
    self.address = address
    self.endpoint = endpoint
    waiters = WaitList(engine: process.world.engine)
  }

  private var network: NetworkState { process.world.network }
  private var engine: Engine { process.world.engine }
  private var target: HostState { process.world.hosts[address.host] }

  func begin(deadline: Int64) {
    network.dials.append(self)
    engine.schedule(at: deadline, owner: .world) { [self] in
      finish(.failure(FlintError(.deadlineExceeded, "\(endpoint) did not answer in time")))
    }
    ask()
  }

  func result() async throws -> any NetworkStream {
    if let outcome { return try outcome.get() }
    do {
      return try await waiters.wait(for: process.owner)
    } catch {
      // Cancelled: whoever answers later finds nobody.
      finish(.failure(error))
      throw error
    }
  }

  /// Ends the attempt with the simulation.
  func abandon() { finish(.failure(CancellationError())) }

  private func ask() {
    guard outcome == nil else { return }
    let isLost = process.host !== target && network.random.chance(permille: network.conditions(
      from: process.host, to: target).lossPermille)
    guard !isLost, network.canTravel(from: process.host, to: target) else {
      return engine.schedule(at: engine.now + 1_000_000_000, owner: .world) { [self] in ask() }
    }
    let time = engine.now + network.travelTime(from: process.host, to: target)
    engine.schedule(at: time, owner: .world) { [self] in answer() }
  }

  private func answer() {
    guard outcome == nil, process.exit == nil else { return }
    guard target.isUp, let listener = network.listeners[address] else {
      guard target.isUp else { return ask() }
      return comeBack { [self] in
        network.statistics.refused += 1
        finish(.failure(FlintError(.connectionRefused, "nobody listens at \(endpoint)")))
      }
    }
    let (near, far) = network.connect(process, at: endpoint, listener.process)
    let stream = Confined(SimulatedStream(far))
    // The system takes the connection at once; the process hears of it when it runs.
    engine.schedule(at: engine.now, owner: listener.process.owner) { [engine] in
      engine.act(for: listener.process.owner, on: listener.process.controlSlot) { listener.accept(stream.value) }
    }
    comeBack { [self] in finish(.success(SimulatedStream(near))) }
  }

  /// Carries the answer back, when it can travel.
  private func comeBack(_ arrive: @escaping () -> Void) {
    guard network.canTravel(from: target, to: process.host) else {
      return network.hold(from: target, to: process.host) { [self] in comeBack(arrive) }
    }
    let time = engine.now + network.travelTime(from: target, to: process.host)
    engine.schedule(at: time, owner: .world, arrive)
  }

  private func finish(_ result: Result<SimulatedStream, any Error>) {
    guard outcome == nil else { return }
    outcome = result
    network.dials.removeAll { $0 === self }
    switch result {
    case .success(let stream): waiters.resumeAll(returning: stream)
    case .failure(let error): waiters.resumeAll(throwing: error)
    }
  }
}
