internal import FlintCore

/// One life of a simulated process. A restart is a new process on the same host.
final class ProcessState {
  let life: Life
  let clock: ProcessClock
  let executors: SimulatedExecutors
  let console: ConsoleState
  /// How it ended; nil while it lives.
  private(set) var exit: ProcessExit?
  /// The program's main function, to be cancelled when the simulation ends.
  var mainTask: Task<Void, Never>?
  /// Whether the main function has returned, in whatever way.
  var mainHasReturned = false
  /// What the main function threw.
  var mainError: String?
  private let exitWaiters: WaitList<ProcessExit>
  /// Signals that the program asked to see instead of being ended by them.
  var signalStream: AsyncStream<ProcessSignal>.Continuation?

  private let engine: Engine
  private let network: NetworkState

  init(named name: String, engine: Engine, network: NetworkState) {
    life = engine.beginLife(named: name)
    self.engine = engine
    self.network = network
    // Two processes' monotonic clocks have nothing to do with each other: hours apart, and off by up to 100 ppm.
    clock = ProcessClock(
      engine: engine, offset: Int64(engine.chances.below(360_000)) * 10_000_000_000,
      driftPerMillion: Int64(engine.chances.below(201)) - 100)
    executors = SimulatedExecutors(engine: engine, owner: life.owner, taskThreadCount: 2)
    console = ConsoleState()
    exitWaiters = WaitList(engine: engine)
    life.setControl(executors.controlExecutor)
  }

  /// Ends the process: nothing of it ever runs again. With `saysGoodbye` the system closes its sockets; a machine
  /// without power cannot.
  func end(_ how: ProcessExit, saysGoodbye: Bool = true) {
    guard exit == nil else { return }
    exit = how
    engine.note(.processEnded, UInt64(life.owner.index), 0, "\(life.name) ended: \(how)")
    resume()
    life.state = .dead
    network.lifeEnded(life, saysGoodbye: saysGoodbye)
    console.close()
    signalStream?.finish()
    exitWaiters.resumeAll(returning: how)
  }

  func pause() {
    guard life.state == .running else { return }
    life.state = .paused
    engine.note(.processPaused, UInt64(life.owner.index), 0, "\(life.name) stands still")
  }

  func resume() {
    guard life.state == .paused else { return }
    life.state = .running
    engine.note(.processResumed, UInt64(life.owner.index), 0, "\(life.name) goes on")
    engine.release(life.owner)
  }

  /// How the process ended, once it has; `waiter` is who asks.
  func awaitExit(for waiter: Owner) async throws -> ProcessExit {
    if let exit { return exit }
    return try await exitWaiters.wait(for: waiter)
  }

  /// Lets go of everybody who still waits; only the teardown may.
  func abandonWaiters() {
    exitWaiters.resumeAll(throwing: CancellationError())
    signalStream?.finish()
    console.close()
  }
}
