internal import FlintCore

/// One life of a simulated process. A restart is a new process on the same host.
final class ProcessState {
  unowned let world: World
  let host: HostState
  let name: String
  let owner: Owner
  let clock: ProcessClock
  let executors: SimulatedExecutors
  let console: ConsoleState
  /// How it ended; nil while it lives.
  private(set) var exit: ProcessExit?
  private(set) var isPaused = false
  /// The program's main function, to be cancelled when the simulation ends.
  var mainTask: Task<Void, Never>?
  /// Whether the main function has returned, in whatever way.
  var mainHasReturned = false
  /// What the main function threw.
  var mainError: String?
  private let exitWaiters: WaitList<ProcessExit>
  /// Signals that the program asked to see instead of being ended by them.
  var signalStream: AsyncStream<ProcessSignal>.Continuation?

  init(world: World, host: HostState, name: String) {
    self.world = world
    self.host = host
    self.name = name
    owner = Owner(process: Int32(world.processes.count))
    // Two processes' monotonic clocks have nothing to do with each other: hours apart, and off by up to 100 ppm.
    clock = ProcessClock(
      engine: world.engine, offset: Int64(world.random.below(360_000)) * 10_000_000_000,
      driftPerMillion: Int64(world.random.below(201)) - 100)
    executors = SimulatedExecutors(engine: world.engine, owner: owner, taskThreadCount: 2)
    console = ConsoleState()
    exitWaiters = WaitList(engine: world.engine)
  }

  var liveliness: Engine.Liveliness {
    if exit != nil { return .dead }
    return isPaused ? .paused : .running
  }

  /// The slot of the control loop, on which the seams call back.
  var controlSlot: ExecutorSlot { .process(executors.controlExecutor) }

  /// Ends the process: nothing of it ever runs again. With `saysGoodbye` the system closes its sockets; a machine
  /// without power cannot.
  func end(_ how: ProcessExit, saysGoodbye: Bool = true) {
    guard exit == nil else { return }
    exit = how
    world.note(.processEnded, UInt64(owner.process), 0, "\(name) ended: \(how)")
    if isPaused { resume() }
    world.network.processEnded(self, saysGoodbye: saysGoodbye)
    console.close()
    signalStream?.finish()
    exitWaiters.resumeAll(returning: how)
  }

  func pause() {
    guard exit == nil, !isPaused else { return }
    isPaused = true
    world.note(.processPaused, UInt64(owner.process), 0, "\(name) stands still")
  }

  func resume() {
    guard isPaused else { return }
    isPaused = false
    world.note(.processResumed, UInt64(owner.process), 0, "\(name) goes on")
    world.engine.release(owner)
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
