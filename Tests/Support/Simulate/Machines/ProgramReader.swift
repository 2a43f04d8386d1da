internal import DirectRuntime
internal import FlintChaos
internal import FlintCore
internal import FlintDatasets
internal import FlintLineage
internal import FlintSimulation
internal import FlintTesting
internal import LineageGraphs
internal import Scenarios
internal import Synchronization

/// Finds out what a scenario's job asks of its driver, by letting it ask: it runs in one simulated process, without driver and
/// executors. So its lineage is the one that a driver gets, and nobody keeps a second one by hand.
///
/// Of jobs that run at once the one that asks for less ends first, and of equals the later one: what a program does to a job
/// when another one is over is seen.
struct ProgramReader {
  let simulation: Simulation
  let scenario: Scenario
  let limits: Limits

  /// How long a job waits for each partition that it asks for, in virtual time.
  private static let wait: Duration = .seconds(1_000)

  /// Reads the program.
  func read() async throws -> ProgramPlan {
    let witness = ProgramWitness()
    FaultTokens.enter(witness.stage(in: simulation))
    defer { FaultTokens.enter(nil) }
    let (scenario, limits) = (scenario, limits)
    let parallelism = scenario.cluster.executorCount * scenario.cluster.taskThreads
    let read = Mutex<DirectRecord?>(nil)
    let reader = simulation.addHost("reader").start("reader", taskThreads: 1) { context, _ in
      try await context.files.createDirectory(FilePath(SimulatedCluster.ground.shared))
      let runtime = try DirectRuntime(on: context, limits: limits, defaultParallelism: parallelism) { job, request in
        let wait = Self.wait * request.partitions.count - .seconds(Int(job.rawValue))
        try await context.time.sleep(for: wait)
      }
      // How the job ends is seen in its tasks.
      _ = try? await scenario.job.run(Session(over: runtime), SimulatedCluster.ground)
      read.withLock { $0 = runtime.record }
      await runtime.stop()
      return 0
    }
    try await simulation.wait(for: "the end of the reading", within: Self.wait * 1_000, every: .seconds(100)) {
      reader.exit != nil
    }
    guard let record = read.withLock({ $0 }) else {
      throw FlintError(.simulationFailed, "the job of \(scenario.name) could not be read")
    }
    return plan(of: record, witness)
  }

  private func plan(of record: DirectRecord, _ witness: ProgramWitness) -> ProgramPlan {
    let places = Dictionary(uniqueKeysWithValues: record.requests.enumerated().map { ($1.id, $0) })
    let jobs = record.requests.map { asked in
      ProgramPlan.Job(
        asked.request.node, asked.request.partitions, saves: asked.commits,
        predecessors: asked.predecessors.compactMap { places[$0] },
        cancelledAfter: asked.cancelledAfter.map { $0.compactMap { places[$0] } })
    }
    return ProgramPlan(jobs, mishaps: witness.mishaps(record.failures))
  }
}
