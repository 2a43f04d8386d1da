internal import CFlintSimulation
internal import FlintCore

/// One job under one seed, from the first event to the last task's end.
final class SimulationRun {
  private let job: SimulationJob
  private let simulation: Simulation
  private let world: World
  private var result: Result<Void, any Error>?

  /// `record` gets each line of the trace's text.
  init(
    _ job: SimulationJob, seed: UInt64, plantedBug: String?, without: Set<String> = [],
    record: ((String) -> Void)? = nil
  ) {
    self.job = job
    simulation = Simulation(seed: seed, plantedBug: plantedBug, without: without)
    world = simulation.world.value
    world.engine.trace.record = record
  }

  /// More events than this in one run are a livelock.
  private static let eventLimit = 20_000_000

  func run() -> SimulationOutcome {
    Engine.current = world.engine
    simulation_guard_set_time(0)
    simulation_guard_set_context("job \(job.name), seed \(simulation.seed)")
    simulation_guard_arm()
    startScenario()
    var failure = drive()
    let hash = world.engine.trace.hash
    let (eventCount, time) = (world.engine.eventCount, world.engine.now)
    let stuck = tearDown()
    if failure == nil, !stuck.isEmpty {
      failure = "does not end when it is cancelled: \(stuck.joined(separator: ", "))"
    }
    simulation_guard_disarm()
    for probe in world.network.links.statistics.probes where probe.count > 0 {
      world.engine.probes[probe.name, default: 0] += probe.count
    }
    return SimulationOutcome(
      seed: simulation.seed, failure: failure, traceHash: hash, eventCount: eventCount,
      simulatedTime: .nanoseconds(time), probes: world.engine.probes, parts: world.parts, details: world.details)
  }

  private func startScenario() {
    let executor = SimulatedExecutor(engine: world.engine, owner: .world, isLoop: false)
    let run = Confined(self)
    let (scenario, simulation) = (job.scenario, simulation)
    Task(executorPreference: executor) {
      do {
        try await scenario(simulation)
        run.value.result = .success(())
      } catch {
        run.value.result = .failure(error)
      }
    }
  }

  /// Lets things happen until the scenario has returned. Returns why the run failed, if it did.
  private func drive() -> String? {
    while result == nil {
      guard let next = world.engine.nextTime else {
        return "stands still: nothing can happen any more, and the scenario still waits\(processReport())"
      }
      guard next <= job.timeLimit.nanoseconds else {
        return "hangs: not over after \(job.timeLimit) of simulated time\(processReport())"
      }
      guard world.engine.eventCount < SimulationRun.eventLimit else {
        return "runs in circles: \(world.engine.eventCount) events\(processReport())"
      }
      guard world.engine.step() else { continue }
    }
    switch result {
    case .failure(let error as FlintError): return "\(error.what)\(error.why.map { ": " + $0 } ?? "")"
    case .failure(let error): return "\(error)"
    case .success, nil: return nil
    }
  }

  private func processReport() -> String {
    let living = world.processes.filter { $0.exit == nil }.map {
      $0.life.state == .paused ? "\($0.life.name) (paused)" : $0.life.name
    }
    return "; living: \(living.isEmpty ? "nobody" : living.joined(separator: ", "))"
  }

  /// Ends every task of the run, so that nothing of it is left in the next one. Returns the processes that lived and
  /// did not end although they were cancelled.
  private func tearDown() -> [String] {
    let living = world.processes.filter { $0.exit == nil }
    let engine = world.engine
    engine.trace.record = nil
    engine.thaw()
    world.network.abandon()
    for process in world.processes {
      engine.act(for: process.life.owner) { process.mainTask?.cancel() }
      process.abandonWaiters()
    }
    var stepCount = 0
    repeat {
      engine.cancelAllSleepers()
      while stepCount < 1_000_000, engine.step() { stepCount += 1 }
    } while engine.sleeperCount > 0 && stepCount < 1_000_000
    return living.filter { !$0.mainHasReturned }.map(\.life.name)
  }
}
