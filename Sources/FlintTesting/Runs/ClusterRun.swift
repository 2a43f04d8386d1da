package import FlintChaos
internal import FlintCore
package import FlintDatasets
package import FlintSimulation
internal import Synchronization

/// One job on one simulated cluster under faults, and what must hold however that ends.
package struct ClusterRun: Sendable {
  let simulation: Simulation
  let plan: ClusterPlan
  let faults: [PlannedFault]
  /// Names in the shared folder that the job publishes.
  let outputs: [String]
  /// Puts what the job reads into the shared folder.
  let prepare: @Sendable (SimulatedDisk) -> Void

  package init(
    _ simulation: Simulation, _ plan: ClusterPlan, faults: [PlannedFault], outputs: [String] = [],
    prepare: @escaping @Sendable (SimulatedDisk) -> Void = { _ in }
  ) {
    self.simulation = simulation
    self.plan = plan
    self.faults = faults
    self.outputs = outputs
    self.prepare = prepare
  }

  /// Runs `job`. Throws when an invariant does not hold; what the job itself gives or throws is the outcome.
  package func run<Answer: Sendable>(
    _ job: @escaping @Sendable (Session, ScenarioJob.Ground) async throws -> Answer
  ) async throws -> ClusterOutcome<Answer> {
    describe()
    let cluster = SimulatedCluster(simulation, plan, faults: faults)
    prepare(cluster.shared)
    guard faults.contains(where: { $0.fault == .replaceDriver }) else { return try await run(job, on: cluster) }
    let successor = SimulatedCluster(after: cluster)
    var outcome: ClusterOutcome<Answer>?
    let first: ClusterOutcome<Answer> = try await run(job, on: cluster) {
      // When the fault did not strike there is nobody to replace.
      if !cluster.books.endedInOrder { outcome = try await run(job, on: successor) }
    }
    guard let outcome else { return first }
    return ClusterOutcome(
      answer: outcome.answer, driverExit: outcome.driverExit, books: outcome.books, waitingFaults: first.waitingFaults)
  }

  /// `next` happens when the driver is gone, and its executors may not know yet.
  private func run<Answer: Sendable>(
    _ job: @escaping @Sendable (Session, ScenarioJob.Ground) async throws -> Answer, on cluster: SimulatedCluster,
    next: () async throws -> Void = {}
  ) async throws -> ClusterOutcome<Answer> {
    let answer = Mutex<Result<Answer, any Error>?>(nil)
    do {
      let exit = try await cluster.run(
        within: liveness + .seconds(600),
        { [simulation] session in
          let result: Result<Answer, any Error>
          do {
            result = .success(try await job(session, SimulatedCluster.ground))
          } catch {
            result = .failure(error)
          }
          answer.withLock { $0 = result }
          await cluster.settle()
          simulation.note("the job is over")
        }, next: next)
      let outcome = ClusterOutcome(
        answer: answer.withLock { $0 }, driverExit: exit, books: cluster.books, waitingFaults: cluster.waitingFaults)
      try require(outcome, cluster)
      return outcome
    } catch {
      tellLast(cluster)
      throw error
    }
  }

  /// Shows the end of the event log if the run fails.
  private func tellLast(_ cluster: SimulatedCluster) {
    simulation.tell("the last events:")
    for line in cluster.books.lastLines { simulation.tell("  \(line)") }
  }

  private func describe() {
    let shape = plan.shape
    simulation.tell(
      "cluster: \(shape.executorCount) executors of \(shape.taskThreads) threads and \(shape.memory) on \(plan.machineCount) machines"
        + (shape.reportsExits ? "" : ", ends not reported") + (plan.speculates ? ", speculation" : ""))
    let changed = plan.settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let limits = Limits.all.filter { $0.text(in: plan.limits) != $0.text(in: Limits()) }
      .map { "\($0.name)=\($0.text(in: plan.limits))" }
    simulation.tell("settings: \((changed + limits).joined(separator: " "))")
    for fault in faults { simulation.tell("fault: \(fault)") }
  }

  /// I4: how long a job may take after the last harm was done or mended: each of its waits, for each try at a task in
  /// each attempt at a stage.
  private var liveness: Duration {
    let limits = plan.limits
    let waits: [Duration] = [
      limits.fencedAfter, limits.requestDeadline * limits.fetchAttempts, limits.excludedWait, limits.barrierWait,
      limits.killWait, limits.writeDeadline, limits.dialDeadline, limits.localityWait, limits.redialAtMost,
      .seconds(60),
    ]
    return waits.reduce(.zero, +) * (limits.stageAttempts * limits.taskAttempts)
  }

  // MARK: What must hold

  private func require<Answer>(_ outcome: ClusterOutcome<Answer>, _ cluster: SimulatedCluster) throws {
    var books = outcome.books
    if outcome.driverExit.isSuccess { books.close() }
    try simulation.require(books.violation == nil, books.violation ?? "")
    try simulation.require(cluster.leaks.isEmpty, cluster.leaks.first ?? "")
    try requireBounds()
    try requireOutputs(cluster, isOrderly: outcome.driverExit.isSuccess)
  }

  /// I8: what waits in one stream's queue: what senders may queue, as much again of answers, and a frame on top.
  private func requireBounds() throws {
    let limits = plan.limits
    let bound = 2 * limits.highWaterMark.bytes + 2 * limits.frameLength.bytes + limits.fetchBytesInFlight.bytes
    let longest = simulation.network.statistics.longestQueue
    try simulation.require(
      longest <= bound, "I8: \(longest) bytes waited in one stream's queue, which may have \(bound)")
  }

  /// I2: an output is whole or not there, also after the power was lost at once. What a living driver began and did not
  /// publish is gone.
  private func requireOutputs(_ cluster: SimulatedCluster, isOrderly: Bool) throws {
    let files = cluster.shared.files.map(\.string)
    for output in outputs {
      let folder = SimulatedCluster.ground.path(output) + "/"
      let parts = files.filter { $0.hasPrefix(folder) }
      try simulation.require(
        parts.isEmpty || parts.contains(folder + "_SUCCESS"), "I2: \(folder) is there, and not as a whole")
    }
    try requireDurable(
      cluster,
      files.filter { file in
        outputs.contains { file.hasPrefix(SimulatedCluster.ground.path($0) + "/") }
      })
    guard isOrderly, !faults.contains(where: \.fault.harmsFiles) else { return }
    let staged = files.filter { $0.contains("/.flint-staging-") }
    try simulation.require(staged.isEmpty, "I7: \(staged.first ?? "") is left of an output")
  }

  private func requireDurable(_ cluster: SimulatedCluster, _ published: [String]) throws {
    guard cluster.books.endedInOrder else { return }
    let before = published.map { cluster.shared.bytes(of: FilePath($0)) }
    cluster.shared.crash()
    for (path, bytes) in zip(published, before) {
      try simulation.require(
        cluster.shared.bytes(of: FilePath(path)) == bytes,
        "I2: \(path) was published, and is not what it was after a crash")
    }
  }
}
