public import FlintCore

/// A whole cluster in one process, on one thread, in virtual time: the hands of a scenario.
///
/// Hosts run processes, processes run the product's own code on the six seams, and everything that could have happened
/// in another order is decided by the seed. A scenario is an `async` function over a simulation: it starts processes,
/// breaks things, waits for states, and throws when something is not as it must be.
///
/// ```swift
/// let job = SimulationJob(name: "greeting", summary: "one host writes a file") { simulation in
///   let host = simulation.addHost("alpha")
///   let process = host.start("writer") { context, _ in
///     try await context.files.replaceDurably("/greeting", with: Array("hello".utf8))
///     return 0
///   }
///   let exit = try await process.waitForExit()
///   try simulation.require(exit.isSuccess, "the writer ended with \(exit)")
/// }
/// ```
public final class Simulation: Sendable {
  /// What decides everything.
  public let seed: UInt64
  /// The bug that the code under test shall have, to prove that it is found; nil for the correct code.
  public let plantedBug: String?
  /// What of the scenario is left out, to find out what a failure needs; see ``keeps(_:)``.
  let without: Set<String>
  let world: Confined<World>

  init(seed: UInt64, plantedBug: String?, without: Set<String> = []) {
    self.seed = seed
    self.plantedBug = plantedBug
    self.without = without
    world = Confined(World(seed: seed))
  }

  // MARK: The cluster

  /// Adds a machine. Its name is its address on the network; no two are equal.
  public func addHost(_ name: String) -> SimulatedHost {
    SimulatedHost(world.value.addHost(named: name), in: world.value)
  }

  /// Makes `program` what the processes' launchers start at `path`, on every host.
  public func addProgram(_ path: FilePath, _ program: @escaping SimulatedProgram) {
    world.value.programs[path] = program
  }

  /// Lets all processes that start from now on see one disk at `path`, beside those of their hosts. Call it once.
  public func shareDisk(at path: FilePath) -> SimulatedDisk { SimulatedDisk(world.value.share(path)) }

  /// Runs `body` as part of the scenario, beside whatever runs now; also when a process's code calls this, whose end it then
  /// outlives.
  public func spawn(_ body: @escaping @Sendable () async -> Void) {
    let engine = world.value.engine
    let executor = SimulatedExecutor(engine: engine, owner: .world, isLoop: false)
    engine.act(for: .world) { _ = Task(executorPreference: executor, operation: body) }
  }

  /// Ends the process whose code runs now, as a trap does. What it does up to its next wait still happens to itself, and to
  /// nobody else.
  public func trapActingProcess() { actingState?.end(.signalled(4)) }

  /// The same by SIGKILL.
  public func killActingProcess() { actingState?.end(.killedByUnknown) }

  private var actingState: ProcessState? {
    let owner = world.value.engine.owner
    return world.value.processes.first { $0.life.owner == owner }
  }

  /// The network between all hosts.
  public var network: SimulatedNetwork { SimulatedNetwork(world.value.network) }

  // MARK: What scenarios use

  /// True virtual time, from zero; no process sees it.
  public var time: any TimeSource { WorldTime(engine: world.value.engine) }

  /// The scenario's own choices, from the seed.
  public func choose(below bound: Int) -> Int { world.value.engine.chances.below(bound) }

  /// A duration of the scenario's own choice, from the seed.
  public func choose(in range: ClosedRange<Duration>) -> Duration { world.value.engine.chances.duration(in: range) }

  /// Counts that a rare path was taken; see ``SimulationJob/mustFire``.
  public func probe(_ name: String) { world.value.engine.probe(name) }

  /// Adds a line to the trace, and a fact that stands for it to the trace's hash.
  public func note(_ text: @autoclosure () -> String, fact: UInt64 = 0) {
    world.value.engine.note(.note, fact, 0, text())
  }

  /// Takes lines for the text of the trace alone; nil when nobody reads it.
  public var say: ((String) -> Void)? {
    guard world.value.engine.trace.record != nil else { return nil }
    let world = world
    return { world.value.engine.say($0) }
  }

  /// Whether the scenario is to do `part` of what it has chosen to do. After a failure the sweep leaves parts out, one after
  /// another, as long as the run still fails in the same way. Choose first and ask then: choices must not depend on it.
  public func keeps(_ part: String) -> Bool {
    world.value.parts.append(part)
    return !without.contains(part)
  }

  /// Tells something about the run that is shown if it fails: what it was made of, and what happened last.
  public func tell(_ line: String) {
    world.value.details.append(line)
    world.value.engine.say(line)
  }

  /// Fails the run with `what` when `condition` does not hold.
  public func require(
    _ condition: Bool, _ what: @autoclosure () -> String, at location: SourceLocation = .here()
  ) throws {
    guard condition else { throw FlintError(.simulationFailed, what(), at: location) }
  }

  /// Waits until `condition` holds, looking `every` so often. Returns false when it does not within `limit`.
  public func reaches(
    within limit: Duration, every: Duration = .microseconds(100), _ condition: () -> Bool
  ) async throws -> Bool {
    let deadline = time.now.advanced(by: limit)
    while !condition() {
      guard time.now < deadline else { return false }
      try await time.sleep(for: every)
    }
    return true
  }

  /// Waits until `condition` holds; fails with `what` after `limit`.
  public func wait(
    for what: String, within limit: Duration, every: Duration = .microseconds(100),
    at location: SourceLocation = .here(), until condition: () -> Bool
  ) async throws {
    try require(try await reaches(within: limit, every: every, condition), "not within \(limit): \(what)", at: location)
  }
}
