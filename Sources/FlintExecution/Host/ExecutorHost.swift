public import FlintCore
package import FlintLaunch
internal import FlintSystem
internal import FlintTransport
internal import FlintWire

/// Starts the executors of an application as processes of this machine, watches them, and replaces those that die.
///
/// Each has a node of its own: a directory, and a service for its files that outlives it. An executor that dies again and again
/// before it is in service is not started for ever. Not its job: who is lost, and which task was to blame; it tells what it
/// sees.
public actor ExecutorHost {
  /// What a host tells, on the control loop.
  public enum Event: Sendable {
    /// This life of an executor is over.
    case exited(ExecutorIncarnation, ExecutorExit)
    /// No executor comes any more. The error says how the last one died.
    case gaveUp(FlintError)
  }

  /// One executor's place.
  private struct Place {
    let node: HostedNode
    var incarnation: ExecutorIncarnation
    var process: StartedExecutor?
    /// Lives that ended before they were in service, one after another.
    var failedStarts = 0
    var isServing = false
    var watch: Task<Void, Never>?
    var backoff: Backoff
  }

  /// How long an executor in service has for its end in order, and then again until it is killed.
  private static let lastWords = Duration.milliseconds(400)

  /// The control loop.
  public nonisolated var unownedExecutor: UnownedSerialExecutor { context.controlExecutor }

  private nonisolated let context: NodeContext
  private nonisolated let plan: HostPlan
  private nonisolated let limits: Limits
  private nonisolated let surroundings: ProcessSurroundings
  private nonisolated let notice: @Sendable (Event) -> Void
  private var places: [ExecutorID: Place] = [:]
  private var isStopping = false

  /// A host in the process of `context`, which is a driver's or a worker's.
  package init(
    _ plan: HostPlan, context: NodeContext, limits: Limits, surroundings: ProcessSurroundings,
    notice: @escaping @Sendable (Event) -> Void
  ) {
    self.plan = plan
    self.context = context
    self.limits = limits
    self.surroundings = surroundings
    self.notice = notice
  }

  /// The system's numbers of the processes that run now, by executor.
  public var processes: [ExecutorID: Int32] { places.compactMapValues { $0.process?.identifier } }

  /// The directory of an executor's node.
  public func directory(of executor: ExecutorID) -> FilePath { plan.directory / "n\(executor.rawValue)" }

  // MARK: Start

  /// Makes the nodes and starts all executors; returns when their processes are on their way. Call it once.
  ///
  /// Throws `permission-denied` and the other errors of files and sockets.
  public func start() async throws {
    for index in 0..<plan.executorCount {
      let id = ExecutorID(rawValue: UInt64(index))
      let node = try await HostedNode(
        NodeID(rawValue: UInt64(index)), of: plan.application, in: plan.directory, context: context, limits: limits,
        user: SystemUser.number)
      places[id] = Place(
        node: node, incarnation: ExecutorIncarnation(executor: id, number: 0), backoff: Backoff(limits: limits))
    }
    for id in places.keys.sorted() { begin(id, after: .zero) }
  }

  private func begin(_ id: ExecutorID, after wait: Duration) {
    places[id]?.isServing = false
    places[id]?.watch = Task(executorPreference: context.executors.control) {
      if wait > .zero { try? await self.context.time.sleep(for: wait) }
      await self.live(id)
    }
  }

  /// One life of an executor, from the start of its process to its end.
  private func live(_ id: ExecutorID) async {
    guard !isStopping, let place = places[id] else { return }
    let incarnation = place.incarnation
    let exit: ExecutorExit
    do {
      let started = try await StartedExecutor.start(
        by: context.processes, time: context.time, surroundings: surroundings,
        assignment: assignment(of: place).bytes)
      if isStopping || places[id]?.incarnation != incarnation { started.kill() } else { places[id]?.process = started }
      exit = ExecutorExit(await started.ended())
    } catch {
      let flint = error as? FlintError
      exit = ExecutorExit(
        cause: flint?.why ?? flint?.what ?? "\(error)", monotonic: context.time.now,
        wall: context.time.wallTime, trapped: nil, lastLines: "")
    }
    ended(incarnation, exit)
  }

  private func assignment(of place: Place) -> ExecutorAssignment {
    return ExecutorAssignment(
      application: plan.application, incarnation: place.incarnation, node: place.node.id, user: SystemUser.number,
      number: context.randomness.next(), driver: plan.driver,
      blocks: HostPlan.blocks(of: place.incarnation, in: plan.directory), nodeBlocks: place.node.endpoint,
      directory: place.node.directory, taskThreads: UInt32(plan.taskThreads), memory: plan.memory,
      logLevel: plan.logLevel, limits: limits, links: plan.links)
  }

  // MARK: The end of one

  private func ended(_ incarnation: ExecutorIncarnation, _ exit: ExecutorExit) {
    let id = incarnation.executor
    guard let place = places[id], place.incarnation == incarnation else { return }
    places[id]?.process = nil
    places[id]?.incarnation = ExecutorIncarnation(executor: id, number: incarnation.number + 1)
    guard !isStopping else { return }
    context.log.debug("\(incarnation) is gone", ["cause": "\(exit.cause)"])
    notice(.exited(incarnation, exit))
    places[id]?.failedStarts = place.isServing ? 0 : place.failedStarts + 1
    guard place.isServing || place.failedStarts + 1 < limits.executorStarts else {
      return giveUp(id, place.failedStarts + 1, exit)
    }
    if place.isServing {
      places[id]?.backoff.reset()
      begin(id, after: .zero)
    } else {
      let wait = places[id]?.backoff.wait(random: context.randomness.next()) ?? .zero
      begin(id, after: wait)
    }
  }

  private func giveUp(_ id: ExecutorID, _ count: Int, _ exit: ExecutorExit) {
    context.log.error("\(id) is not started again", ["cause": "\(exit.cause)", "starts": "\(count)"])
    guard
      places.values.allSatisfy({ $0.failedStarts >= limits.executorStarts }) || places.count == 1
        || places.values.allSatisfy({ !$0.isServing })
    else { return }
    let words = exit.lastLines.isEmpty ? "" : "; it said last: \(exit.lastLines)"
    notice(
      .gaveUp(
        FlintError(
          .executorsUnavailable, "executors end before they are in service",
          why: "\(id) has ended \(count) times, at last by \(exit.cause)\(words)",
          remedy: "start the application under local[n] to see what its program does at its start")))
  }

  /// The driver has taken this life of an executor into its service.
  public func registered(_ incarnation: ExecutorIncarnation) {
    guard places[incarnation.executor]?.incarnation == incarnation else { return }
    places[incarnation.executor]?.isServing = true
    places[incarnation.executor]?.failedStarts = 0
  }

  /// This life of an executor is over for the driver: its process goes, if it is still there.
  public func lost(_ incarnation: ExecutorIncarnation) {
    guard let place = places[incarnation.executor], place.incarnation == incarnation else { return }
    place.process?.kill()
  }

  /// Nobody will read a shuffle any more: the nodes' services close its files, and remove those of executors that have died.
  public func discard(_ shuffle: ShuffleID) async {
    for place in places.sorted(by: { $0.key < $1.key }).map(\.value) { await place.node.discard(shuffle) }
  }

  // MARK: The end of all

  /// Ends all executors, first in order and then at once, and removes what they have left. Returns when they are gone.
  public func stop() async {
    guard !isStopping else { return }
    isStopping = true
    let all = places.sorted { $0.key < $1.key }.map(\.value)
    // One in service was told to end by its driver. Its process goes once its last words have arrived there.
    for place in all where !place.isServing { await place.process?.release() }
    let patience = Task(executorPreference: context.executors.control) {
      guard (try? await self.context.time.sleep(for: Self.lastWords)) != nil else { return }
      for place in all { await place.process?.release() }
      guard (try? await self.context.time.sleep(for: Self.lastWords)) != nil else { return }
      for place in all { place.process?.kill() }
    }
    for place in all { await place.watch?.value }
    // Nothing may come to the loop after the end.
    patience.cancel()
    await patience.value
    for place in all { await place.node.close() }
    places = [:]
  }
}

extension ExecutorExit {
  init(_ end: StartedExecutor.End) {
    let word = end.word.map { " (\($0))" } ?? ""
    let trap = end.trap?.attempt == nil ? "" : " in user code"
    self.init(
      cause: end.exit.description + trap + word, monotonic: end.monotonic, wall: end.wall,
      trapped: end.trap?.attempt, lastLines: end.lastLines)
  }
}
