import BuiltPrograms
import FlintCore
import Testing

/// The driver's deciders in a model of the world.
@Suite("Simulated machines", .timeLimit(.minutes(60)))
struct MachinesSweepTests {
  private let simulate = SimulationProgram("simulate", .release)

  @Test("every job comes to the right answer or to a typed error, under every fault and order")
  func sweep() async throws {
    let result = try await simulate.run("--job", "machines", "--seeds", TestSize.isFull ? "0..<1000000" : "0..<20000")
    #expect(result.exit == .exited(0), "\(result.lines.prefix(5))")
    #expect(result.lastLine.contains(" seeds, 0 failed, trace "))
    let probes = try #require(result.lines.first { $0.hasPrefix("probes: ") })
    // What is too rare for two hundred seeds.
    for name in ["complaint about old output", "denied", "no executors", "released result", "taken back", "given back"]
    {
      #expect(probes.contains(" \(name)="), "no seed had: \(name)")
    }
  }

  @Test("two processes agree on every trace")
  func twoProcesses() async throws {
    async let first = simulate.run("--job", "machines", "--seeds", "0..<1000")
    async let second = simulate.run("--job", "machines", "--seeds", "0..<1000")
    let results = try await [first, second]
    #expect(results[0].exit == .exited(0))
    #expect(results[0].lastLine == results[1].lastLine)
  }

  @Test(
    "a planted bug is found within so many seeds, and replays",
    arguments: [
      ("cancelled-tasks-kept", 100), ("denied-commit-counted", 4000), ("epoch-dropped", 4000), ("fence-missing", 200),
      ("late-result-accepted", 200), ("leaked-slot", 20000), ("loss-handled-twice", 100), ("retry-without-end", 500),
      ("speculation-commits-twice", 2000), ("stale-map-output", 100), ("taken-back-forgotten", 500),
      ("two-live-attempts", 100),
      ("unordered-taken-for-determinate", 5000),
    ])
  func plantedBug(name: String, seedCount: Int) async throws {
    let sweep = try await simulate.run("--job", "machines", "--bug", name, "--seeds", "0..<\(seedCount)")
    #expect(sweep.exit == .exited(1))
    let told = try #require(sweep.lines.first { $0.contains(" FAILED: ") }, "not found in \(seedCount) seeds")
    let seed = try #require(told.split(separator: " ").dropFirst().first.flatMap { Int($0) })
    #expect(!sweep.contains("does not replay"))
    print("\(name): found after \(seed + 1) seeds: \(told.split(separator: ":", maxSplits: 1).last ?? "")")
    let alone = try await simulate.run("--job", "machines", "--seed", "\(seed)")
    #expect(alone.exit == .exited(0), "the correct deciders fail as well: \(alone.lastLine)")
  }
}
