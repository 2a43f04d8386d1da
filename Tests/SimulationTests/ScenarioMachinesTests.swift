import BuiltPrograms
import FlintCore
import Testing

/// The named scenarios with the driver's deciders alone.
@Suite("Scenarios on machines", .timeLimit(.minutes(60)))
struct ScenarioMachinesTests {
  private let simulate = SimulationProgram("simulate", .release)

  @Test("every scenario of which the deciders can tell ends as it must, in many orders of its events")
  func sweep() async throws {
    let seeds = TestSize.isFull ? "0..<100000" : "0..<2000"
    let result = try await simulate.run("--job", "scenario-machines", "--seeds", seeds)
    #expect(result.exit == .exited(0), "\(result.lines.suffix(250).joined(separator: "\n"))")
    #expect(result.lastLine.contains(" seeds, 0 failed, trace "))
    // Every scenario had its turn, and every fault has struck.
    let probes = try #require(result.lines.first { $0.hasPrefix("probes: ") })
    for name in try await names() where !name.isElsewhere {
      #expect(probes.contains(" scenario.\(name.scenario)="), "never run: \(name.scenario)")
    }
  }

  @Test("two processes agree on every trace")
  func twoProcesses() async throws {
    async let first = simulate.run("--job", "scenario-machines", "--seeds", "0..<200")
    async let second = simulate.run("--job", "scenario-machines", "--seeds", "0..<200")
    let results = try await [first, second]
    #expect(results[0].exit == .exited(0))
    #expect(results[0].lastLine == results[1].lastLine)
  }

  @Test("the deciders alone plan each job as a whole cluster does")
  func plans() async throws {
    let result = try await simulate.run("--job", "scenario-plans", "--seeds", "0..<38")
    #expect(result.exit == .exited(0), "\(result.lines.filter { $0.contains("FAILED") })")
    let probes = try #require(result.lines.first { $0.hasPrefix("probes: ") })
    #expect(probes.contains(" plan.compared=20 "))
  }

  @Test("what does not run somewhere is named with its reason, and the three worlds are counted")
  func worlds() async throws {
    let result = try await simulate.run("--worlds")
    #expect(result.exit == .exited(0))
    let count = try #require(
      result.lastLine.firstMatch(
        of: /^(\d+) scenarios: (\d+) on the machines alone, (\d+) in simulation, (\d+) in real processes$/))
    let (all, machines, simulated, processes) = (Int(count.1), Int(count.2), Int(count.3), Int(count.4))
    let lines = result.lines.dropLast()
    #expect(lines.count == all)
    #expect(lines.count { !$0.contains("not on machines: ") } == machines)
    #expect(lines.count { !$0.contains("not in processes: ") } == processes)
    #expect(simulated == all)
    #expect(!result.contains("nobody says why"))
    // Most of them run in all three.
    #expect(lines.count { $0.hasSuffix(": everywhere") } >= 70)
  }

  @Test(
    "a bug in the deciders is found within so many seeds, and its seed is sound without it",
    arguments: [
      ("cancelled-tasks-kept", 100), ("denied-commit-counted", 1000), ("epoch-dropped", 5000), ("fence-missing", 200),
      ("late-result-accepted", 200), ("leaked-slot", 1000), ("loss-handled-twice", 100),
      ("speculation-commits-twice", 1000), ("stale-map-output", 100), ("two-live-attempts", 100),
    ])
  func plantedBug(name: String, seedCount: Int) async throws {
    let sweep = try await simulate.run(
      "--job", "scenario-machines", "--bug", name, "--first", "--seeds", "0..<\(seedCount)")
    #expect(sweep.exit == .exited(1))
    let told = try #require(sweep.lines.first { $0.contains(" FAILED: ") }, "not found in \(seedCount) seeds")
    let seed = try #require(told.split(separator: " ").dropFirst().first.flatMap { Int($0) })
    #expect(!sweep.contains("does not replay"))
    let alone = try await simulate.run("--job", "scenario-machines", "--seed", "\(seed)")
    #expect(alone.exit == .exited(0), "the correct deciders fail as well: \(alone.lastLine)")
  }

  /// The scenarios, and whether each runs only elsewhere.
  private func names() async throws -> [(scenario: Substring, isElsewhere: Bool)] {
    try await simulate.run("--worlds").lines.dropLast().map { line in
      (line.prefix { $0 != ":" }, line.contains("not on machines: "))
    }
  }
}
