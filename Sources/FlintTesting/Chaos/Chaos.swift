internal import CFlintTesting
internal import FlintChaos
internal import FlintClosures
internal import FlintCore
public import FlintDatasets
internal import FlintLaunch
internal import FlintSystem

/// Simulated clusters for the tests of jobs.
///
/// A test says what must come of a job. It is run on one cluster after another: driver, executors and block services of
/// Flint itself, in one process, on one thread, in virtual time, with everything decided by a seed. Executors die, stand still
/// and lose their disks, links break and frames are lost.
///
/// ```swift
/// import Flint
/// import FlintTesting
/// import Testing
///
/// @Test func sumsSurvive() async throws {
///   try await Chaos.simulate(seeds: 0..<100) { session in
///     let sum = try await session.range(0..<1_000, partitions: 4).map { $0 * 2 }.reduce(+)
///     try Chaos.require(sum == 999_000, "the sum is \(sum ?? 0)")
///   }
/// }
/// ```
///
/// Every seed ends in one of three ways. The body returns: the job survived. It throws an error of Flint that a fault explains,
/// such as `executors-unavailable`: that is no failure, since a cluster can be harmed beyond repair. Anything else is a
/// failure: an error of the body's own, a job that never ends, something that is left behind. Every eighth seed has no faults:
/// there the body must return.
///
/// The body runs in a process of its own, a second life of the test's executable. It gets there as closures get to executors:
/// what it captures travels by value, and what cannot travel is refused. Expectations of a testing framework mean
/// nothing there, so the body says what must hold by ``require(_:_:file:line:)``. In that process there are no other threads,
/// no real files and no clocks but virtual ones; code that reaches for them ends it with a report.
public enum Chaos {
  /// Runs `body` under each of `seeds`; see ``Chaos``.
  ///
  /// To run one seed alone and see all that happened, set `FLINT_SIMULATION_SEED` to it, as the report of a failure says.
  ///
  /// Throws `simulation-failed` with the report when a seed failed, and what starting a program throws.
  public static func simulate(
    seeds: Range<UInt64>, file: String = #fileID, line: Int = #line,
    _ body: @escaping @Sendable (Session) async throws -> Void
  ) async throws {
    precondition(flint_testing_is_linked() == 1 && !seeds.isEmpty, "a simulation of no seeds")
    let location = SourceLocation(file: file, line: line)
    let closure = try ShippedClosure.encode(body, at: location)
    let surroundings = ProcessSurroundings()
    var environment = surroundings.environment
    environment["SWIFT_DETERMINISTIC_HASHING"] = "1"
    environment[ChaosRequest.variable] = ChaosRequest(seeds: seeds, environment: environment).text
    let launcher = try SystemProcessLauncher(threads: try FileThreads(count: 1))
    let child = try await launcher.launch(
      ProcessCommand(
        FilePath(surroundings.path), environment: environment, output: .piped, errorOutput: .piped, pipesInput: true))
    async let errors = text(of: child.errorOutput)
    try await child.write(closure)
    await child.finishInput()
    let report = try await text(of: child.output) + errors
    let exit = try await child.exit()
    guard !exit.isSuccess else { return }
    throw FlintError(
      .simulationFailed, "the simulation of seeds \(seeds.lowerBound)..<\(seeds.upperBound) ended with \(exit)",
      why: report, at: location)
  }

  /// A folder that the driver and all executors see while a body runs, and that is empty when it begins. A body may write there
  /// what its job is to read, by jobs of its own.
  public static var sharedFolder: String { SimulatedCluster.ground.shared }

  /// Fails the seed that runs with `what` when `condition` does not hold.
  public static func require(
    _ condition: Bool, _ what: @autoclosure () -> String, file: String = #fileID, line: Int = #line
  ) throws {
    guard !condition else { return }
    throw FlintError(.simulationFailed, what(), at: SourceLocation(file: file, line: line))
  }

  private static func text(of stream: AsyncThrowingStream<[UInt8], any Error>) async throws -> String {
    var bytes: [UInt8] = []
    for try await chunk in stream { bytes += chunk }
    return String(decoding: bytes, as: UTF8.self)
  }
}
