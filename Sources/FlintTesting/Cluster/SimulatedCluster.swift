package import FlintChaos
package import FlintCore
package import FlintDatasets
internal import FlintDriver
package import FlintSimulation
internal import Synchronization

/// A driver and its executors on simulated machines: the product's own code in simulated processes.
///
/// Each executor that ends is followed by its next incarnation, as long as the driver lives. What the driver writes into
/// its event log is followed line by line: faults strike by it, and the books are kept by it.
package final class SimulatedCluster: Sendable {
  /// An executor's place and who fills it.
  struct Place: Sendable {
    var process: SimulatedProcess?
    var incarnation: ExecutorIncarnation
    /// Lives that ended before they were in service, one after another.
    var failedStarts = 0
    var isServing = false
    /// How many lives are to end at their start.
    var doomedStarts = 0
  }

  struct State: Sendable {
    var places: [Place]
    var services: [SimulatedProcess?]
    /// Until when a machine has no power, in virtual time.
    var darkUntil: [MonotonicInstant]
    var driver: SimulatedProcess?
    var node: (node: DriverNode, context: NodeContext)?
    var work: Task<Void, any Error>?
    var books: ClusterBooks
    var armed: [ArmedFault]
    var leaks: [String] = []
    var isOver = false
    var strikesUnderWay = 0
    var lastChange = MonotonicInstant(nanoseconds: 0)

    init(_ plan: ClusterPlan, faults: [PlannedFault]) {
      places = (0..<plan.shape.executorCount).map {
        Place(incarnation: ExecutorIncarnation(executor: ExecutorID(rawValue: UInt64($0)), number: 0))
      }
      services = (0..<plan.machineCount).map { _ in nil }
      darkUntil = (0..<plan.machineCount).map { _ in MonotonicInstant(nanoseconds: 0) }
      books = ClusterBooks(taskStarts: plan.limits.taskStarts)
      armed = faults.map { ArmedFault(fault: $0) }
    }
  }

  /// A fault that waits for its event.
  struct ArmedFault: Sendable {
    let fault: PlannedFault
    var fittingEvents = 0
    var hasStruck = false
  }

  let simulation: Simulation
  let plan: ClusterPlan
  let driverHost: SimulatedHost
  let machines: [SimulatedHost]
  /// The disk that all machines see at `/shared`.
  package let shared: SimulatedDisk
  let state: Mutex<State>

  /// A cluster in `simulation` to which `faults` will be done.
  package init(_ simulation: Simulation, _ plan: ClusterPlan, faults: [PlannedFault] = []) {
    self.simulation = simulation
    self.plan = plan
    shared = simulation.shareDisk(at: ClusterAddresses.shared)
    driverHost = simulation.addHost("driver")
    machines = (0..<plan.machineCount).map { simulation.addHost(ClusterAddresses.host($0)) }
    state = Mutex(State(plan, faults: faults))
  }

  /// A cluster of another driver, on the machines and at the driver's address of one that is gone. Executors of that one may
  /// still live.
  package init(after former: SimulatedCluster) {
    (simulation, driverHost, machines, shared) = (former.simulation, former.driverHost, former.machines, former.shared)
    var plan = former.plan
    plan.addresses.generation += 1
    self.plan = plan
    state = Mutex(State(plan, faults: []))
  }

  /// What the shared folder is called in the cluster.
  package static let ground = ScenarioJob.Ground(shared: ClusterAddresses.shared.string)

  // MARK: What a run leaves

  /// The books of the run.
  package var books: ClusterBooks { state.withLock { $0.books } }

  /// The faults that have not struck.
  package var waitingFaults: [PlannedFault] { state.withLock { $0.armed.filter { !$0.hasStruck }.map(\.fault) } }

  /// When something was last done to the cluster, in virtual time.
  var lastChange: MonotonicInstant { state.withLock { $0.lastChange } }

  /// The faults that have struck.
  var strikes: [Fault] { state.withLock { $0.armed.filter(\.hasStruck).map(\.fault.fault) } }

  /// What processes that ended in order had not closed.
  package var leaks: [String] { state.withLock { $0.leaks } }

  /// Something is not as it must be.
  func fail(_ what: String) { state.withLock { $0.books.fail(what) } }

  // MARK: The run

  /// Starts everything, runs `body` in the driver, and returns when all processes are gone. Gives how the driver ended.
  ///
  /// `next` happens between the driver's end and that of the executors, whom nobody has told of it.
  ///
  /// Throws `simulation-failed` when something does not end in time.
  package func run(
    within limit: Duration, _ body: @escaping @Sendable (Session) async throws -> Void,
    next: () async throws -> Void = {}
  ) async throws -> ProcessExit {
    // The driver's node tells the cluster of its events: each would hold the other for ever.
    defer { state.withLock { ($0.node, $0.work) = (nil, nil) } }
    let main = startDriver(body)
    for machine in machines.indices { simulation.spawn { [self] in await serveFiles(machine) } }
    for index in 0..<plan.shape.executorCount { simulation.spawn { [self] in await keepRunning(index) } }
    try await simulation.wait(for: "I4: the driver's end", within: limit, every: Self.look) { main.exit != nil }
    guard let exit = main.exit else { return .killedByUnknown }
    state.withLock { $0.isOver = true }
    try await next()
    healAll()
    // Executors notice the end of their driver, whatever stood between them.
    try await simulation.wait(
      for: "I4: the end of the executors after their driver's", within: endLimit, every: Self.look
    ) {
      state.withLock { $0.places.allSatisfy { $0.process == nil } && $0.strikesUnderWay == 0 }
    }
    for service in state.withLock({ $0.services }) {
      service?.kill()
      service.map { requireBounds(of: $0) }
    }
    noteLeftovers(of: main, isOrderly: exit.isSuccess)
    requireBounds(of: main)
    return exit
  }

  /// How often somebody looks whether something has ended.
  static let look: Duration = .milliseconds(20)

  /// How long executors may outlive their driver: until their connections are given up, and what they had begun with them.
  private var endLimit: Duration {
    let limits = plan.limits
    return (limits.fencedAfter + limits.writeDeadline + limits.requestDeadline + limits.killWait + limits.dialDeadline)
      * 4
      + .seconds(60)
  }

  private func startDriver(_ body: @escaping @Sendable (Session) async throws -> Void) -> SimulatedProcess {
    let driver = SimulatedDriver(
      plan: plan, observer: { [self] in take($0) }, end: { [self] in endProcess(of: $0) },
      started: { [self] node, context in state.withLock { $0.node = (node, context) } },
      working: { [self] work in state.withLock { $0.work = work } },
      registered: { [self] in registered($0) })
    let process = driverHost.start("driver", taskThreads: 1) { context, _ in
      try await driver.run(context, body)
      return 0
    }
    state.withLock { $0.driver = process }
    return process
  }

  // MARK: Executors and services

  /// Whether nothing more will happen.
  var isEnding: Bool { isOver }

  private var isOver: Bool { state.withLock { $0.isOver } || state.withLock { $0.driver?.exit != nil } }

  /// Starts the executor of a place again and again, each time as the next incarnation. Each of them ends by itself.
  private func keepRunning(_ index: Int) async {
    let machine = plan.machine(of: index)
    while !isOver {
      await untilPowered(machine)
      let incarnation = state.withLock { $0.places[index].incarnation }
      let process = machines[machine].start("executor\(index)", taskThreads: plan.shape.taskThreads) {
        [plan] context, _ in
        try await SimulatedExecutorProcess.run(incarnation, plan, context)
      }
      let isDoomed = state.withLock { state in
        state.places[index].process = process
        guard state.places[index].doomedStarts > 0 else { return false }
        state.places[index].doomedStarts -= 1
        return true
      }
      if isDoomed { process.kill() }
      guard let exit = try? await process.waitForExit() else { return }
      noteLeftovers(of: process, isOrderly: exit.isSuccess)
      requireBounds(of: process)
      await ended(index, incarnation, exit)
      guard (try? await simulation.time.sleep(for: plan.restartDelay)) != nil else { return }
    }
  }

  private func ended(_ index: Int, _ incarnation: ExecutorIncarnation, _ exit: ProcessExit) async {
    let (failedStarts, allFail) = state.withLock { state in
      state.places[index].process = nil
      state.places[index].failedStarts = state.places[index].isServing ? 0 : state.places[index].failedStarts + 1
      state.places[index].isServing = false
      state.places[index].incarnation = ExecutorIncarnation(
        executor: incarnation.executor, number: incarnation.number + 1)
      return (state.places[index].failedStarts, state.places.allSatisfy { !$0.isServing })
    }
    if incarnation.number > 0 { simulation.probe("executor.again") }
    guard plan.shape.reportsExits, !isOver else { return }
    // Whoever started the process hears of its end a little later.
    let delay = simulation.choose(in: .milliseconds(1)...(.milliseconds(20)))
    guard (try? await simulation.time.sleep(for: delay)) != nil, !isOver else { return }
    report(incarnation, exit, givesUp: failedStarts >= plan.limits.executorStarts && allFail)
  }

  /// Tells the driver, in its own process.
  private func report(_ incarnation: ExecutorIncarnation, _ exit: ProcessExit, givesUp: Bool) {
    guard let (node, context) = state.withLock({ $0.node }) else { return }
    let loss = ExecutorLoss(
      cause: exit.description, exitedAt: (context.time.wallTime, context.time.now),
      trapped: exit == .signalled(4) ? blamed(incarnation) : nil)
    Task(executorPreference: context.executors.control) {
      await node.executorExited(incarnation, loss)
      guard givesUp else { return }
      await node.executorsGaveUp(
        FlintError(
          .executorsUnavailable, "executors end before they are in service",
          why: "\(incarnation.executor) has ended, at last by \(exit)"))
    }
  }

  private func blamed(_ incarnation: ExecutorIncarnation) -> TaskAttempt? {
    let key = ExecutorKey(incarnation)
    guard let attempt = state.withLock({ $0.books.oldestTry(on: key) }) else { return nil }
    let stage = StageAttempt(stage: StageID(rawValue: UInt64(attempt.stage)), number: UInt32(attempt.stageAttempt))
    let task = TaskID(stage: stage, partition: PartitionID(rawValue: UInt64(attempt.partition)))
    return TaskAttempt(task: task, number: UInt32(attempt.attempt))
  }

  private func serveFiles(_ machine: Int) async {
    while !isOver {
      await untilPowered(machine)
      let process = machines[machine].start("files") { [plan] context, _ in
        try await SimulatedExecutorProcess.serveFiles(of: machine, plan, context)
        return 0
      }
      state.withLock { $0.services[machine] = process }
      guard (try? await process.waitForExit()) != nil else { return }
      guard (try? await simulation.time.sleep(for: .seconds(1))) != nil else { return }
    }
  }

  private func untilPowered(_ machine: Int) async {
    while state.withLock({ $0.darkUntil[machine] }) > simulation.time.now {
      guard (try? await simulation.time.sleep(until: state.withLock { $0.darkUntil[machine] })) != nil else { return }
    }
  }

  /// The driver has given up this life, and whoever started the process ends it.
  private func endProcess(of incarnation: ExecutorIncarnation) {
    let index = Int(incarnation.executor.rawValue)
    state.withLock { $0.places[index].incarnation == incarnation ? $0.places[index].process : nil }?.kill()
  }

  private func registered(_ incarnation: ExecutorIncarnation) {
    let index = Int(incarnation.executor.rawValue)
    state.withLock { state in
      guard index < state.places.count, state.places[index].incarnation.number >= incarnation.number else {
        return state.books.fail("I11: \(incarnation) obeys a driver whose executor it is not")
      }
      guard state.places[index].incarnation == incarnation else { return }
      state.places[index].isServing = true
      state.places[index].failedStarts = 0
    }
  }

  private func noteLeftovers(of process: SimulatedProcess, isOrderly: Bool) {
    // Who waits for a disk may end before it has its answer.
    guard isOrderly, !plan.isTight, !strikes.contains(where: \.delaysFiles), let left = process.leftovers else {
      return
    }
    guard left.files + left.streams + left.listeners > 0 else { return }
    state.withLock {
      $0.leaks.append(
        "I7: \(process.name) ends with \(left.files) files, \(left.streams) streams, \(left.listeners) listeners")
    }
  }
}

extension ExecutorKey {
  init(_ incarnation: ExecutorIncarnation) {
    self.init(executor: Int(incarnation.executor.rawValue), incarnation: Int(incarnation.number))
  }
}
