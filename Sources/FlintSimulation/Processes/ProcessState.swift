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
  /// Files that it has open. What its end closes counts no more.
  var openFileCount = 0 {
    didSet { mostFiles = max(mostFiles, openFileCount) }
  }
  private var mostFiles = 0
  /// What it had in hand when its main function returned; nil when it ended otherwise.
  private(set) var leftovers: ProcessLeftovers?
  private let exitWaiters: WaitList<ProcessExit>
  /// Who asked to see requests to end; without anybody they end the process.
  private var signalListeners: [UInt64: AsyncStream<ProcessSignal>.Continuation] = [:]
  private var signalListenerCount: UInt64 = 0

  private let engine: Engine
  private let network: NetworkState

  init(named name: String, taskThreads: Int, console: ConsoleState, engine: Engine, network: NetworkState) {
    life = engine.beginLife(named: name)
    self.engine = engine
    self.network = network
    // Two processes' monotonic clocks have nothing to do with each other: hours apart, and off by up to 100 ppm.
    clock = ProcessClock(
      engine: engine, offset: Int64(engine.chances.below(360_000)) * 10_000_000_000,
      driftPerMillion: Int64(engine.chances.below(201)) - 100)
    executors = SimulatedExecutors(engine: engine, owner: life.owner, taskThreadCount: taskThreads)
    self.console = console
    exitWaiters = WaitList(engine: engine)
    life.setControl(executors.controlExecutor)
  }

  /// The most that it had at once.
  var peaks: ProcessPeaks { ProcessPeaks(files: mostFiles, streams: life.mostStreams) }

  /// The main function has returned: writes down what it has not closed.
  func noteReturn() {
    mainHasReturned = true
    leftovers = ProcessLeftovers(
      files: openFileCount, streams: network.streamCount(of: life), listeners: network.listenerCount(of: life))
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
    finishSignals()
    exitWaiters.resumeAll(returning: how)
  }

  /// Whether its code is what runs now.
  var isActing: Bool { engine.owner == life.owner }

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

  // MARK: Requests to end

  func addSignalListener(_ listener: AsyncStream<ProcessSignal>.Continuation) -> UInt64 {
    signalListenerCount += 1
    signalListeners[signalListenerCount] = listener
    return signalListenerCount
  }

  func removeSignalListener(_ number: UInt64) {
    signalListeners[number] = nil
  }

  /// Asks the process to end: the program is told, or it ends at once when it does not listen.
  func requestEnd(_ signal: ProcessSignal) {
    guard !signalListeners.isEmpty else { return end(.signalled(signal == .terminate ? 15 : 2)) }
    engine.act(for: life.owner) {
      for number in signalListeners.keys.sorted() { signalListeners[number]?.yield(signal) }
    }
  }

  private func finishSignals() {
    let listeners = signalListeners.sorted { $0.key < $1.key }.map(\.value)
    signalListeners = [:]
    for listener in listeners { listener.finish() }
  }

  // MARK: The end

  /// How the process ended, once it has; `waiter` is who asks.
  func awaitExit(for waiter: Owner) async throws -> ProcessExit {
    if let exit { return exit }
    return try await exitWaiters.wait(for: waiter)
  }

  /// Lets go of everybody who still waits; only the teardown may.
  func abandonWaiters() {
    exitWaiters.resumeAll(throwing: CancellationError())
    finishSignals()
    console.close()
  }
}
