import BuiltPrograms
import FlintCore
import Testing

/// The guinea pig: a replicated register under every fault that the simulation knows.
@Suite("Simulated register", .timeLimit(.minutes(5)))
struct RegisterSweepTests {
  @Test("two processes agree on every trace, and nothing fails", arguments: SimulationProgram.simulators)
  func twoProcesses(simulate: SimulationProgram) async throws {
    let seeds = TestSize.isFull || simulate.program.build == .release ? "0..<2000" : "0..<200"
    async let first = simulate.run("--job", "register", "--seeds", seeds)
    async let second = simulate.run("--job", "register", "--seeds", seeds)
    let results = try await [first, second]
    for result in results {
      #expect(result.exit == .exited(0), "\(result.lines.prefix(3))")
      #expect(result.lastLine.contains(" seeds, 0 failed, trace "))
    }
    #expect(results[0].lastLine == results[1].lastLine)
  }

  @Test(
    "a planted bug is found, told with its seed, and replays in another process",
    arguments: ["acknowledge-before-sync", "skip-write-back", "no-retry"])
  func plantedBug(name: String) async throws {
    let simulate = SimulationProgram("simulate", .release)
    let sweep = try await simulate.run("--job", "register", "--bug", name, "--seeds", "0..<400")
    #expect(sweep.exit == .exited(1))
    let told = try #require(sweep.lines.first { $0.contains(" FAILED: ") })
    let seed = try #require(told.split(separator: " ").dropFirst().first.map(String.init))
    let failure = try #require(told.components(after: " FAILED: "))
    #expect(sweep.contains("replay: Scripts/simulate --job register --bug \(name) --seed \(seed)"))
    #expect(!sweep.contains("does not replay"))

    let replays = [
      try await simulate.run("--job", "register", "--bug", name, "--seed", seed),
      try await simulate.run("--job", "register", "--bug", name, "--seed", seed),
    ]
    #expect(replays[0].contains("seed \(seed): \(failure)"))
    #expect(replays[0].lines == replays[1].lines)
    let alone = try await simulate.run("--job", "register", "--seed", seed)
    #expect(alone.exit == .exited(0), "the correct protocol fails as well: \(alone.lastLine)")
  }

  @Test("a seed has the same trace alone and in a sweep", arguments: SimulationProgram.simulators)
  func alone(simulate: SimulationProgram) async throws {
    let replay = try await simulate.run("--job", "register", "--seed", "17")
    let sweep = try await simulate.run("--job", "register", "--seeds", "17..<18")
    #expect(replay.lastLine.hasPrefix("1 seed, 0 failed, trace "))
    #expect(replay.lastLine == sweep.lastLine)
  }

  @Test("the simulated seams keep the contract of the real ones", arguments: SimulationProgram.simulators)
  func contract(simulate: SimulationProgram) async throws {
    let fullSize = simulate.program.build == .release ? "0..<2000" : "0..<400"
    let seeds = TestSize.isFull ? fullSize : "0..<40"
    let result = try await simulate.run("--job", "seams", "--seeds", seeds)
    #expect(result.exit == .exited(0), "\(result.lines.first { $0.contains("FAILED") } ?? "")")
  }

  @Test("faults break streams without breaking the rules of their events", arguments: SimulationProgram.simulators)
  func streams(simulate: SimulationProgram) async throws {
    let result = try await simulate.run("--job", "streams", "--seeds", "0..<200")
    #expect(result.exit == .exited(0), "\(result.lines.first { $0.contains("FAILED") } ?? "")")
  }
}

extension String {
  /// What follows the first `text`.
  fileprivate func components(after text: String) -> String? {
    split(separator: text, maxSplits: 1, omittingEmptySubsequences: false).dropFirst().first.map(String.init)
  }
}
