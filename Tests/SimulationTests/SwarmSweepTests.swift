import BuiltPrograms
import FlintCore
import Testing

/// Whole clusters of the product's own actors, under faults.
@Suite("Simulated clusters", .timeLimit(.minutes(60)))
struct SwarmSweepTests {
  private let simulate = SimulationProgram("simulate", .release)

  @Test("random jobs on random clusters give the right answer or a reason, alike in two processes")
  func swarm() async throws {
    let seeds = TestSize.isFull ? "0..<5000" : "0..<200"
    async let first = simulate.run("--job", "swarm", "--seeds", seeds)
    async let second = simulate.run("--job", "swarm", "--seeds", TestSize.isFull ? "0..<1000" : seeds)
    let results = try await [first, second]
    for result in results {
      #expect(result.exit == .exited(0), "\(result.lines.suffix(250).joined(separator: "\n"))")
      #expect(result.lastLine.contains(" seeds, 0 failed, trace "))
    }
    if !TestSize.isFull { #expect(results[0].lastLine == results[1].lastLine) }
  }

  @Test("every named scenario ends as it must, and its faults strike")
  func scenarios() async throws {
    let result = try await simulate.run("--job", "scenarios", "--seeds", TestSize.isFull ? "0..<2000" : "0..<200")
    #expect(result.exit == .exited(0), "\(result.lines.suffix(250).joined(separator: "\n"))")
    #expect(result.lastLine.contains(" seeds, 0 failed, trace "))
  }

  @Test("a seed leaves nothing in memory: hundreds of clusters need no more of it than one")
  func memory() async throws {
    let result = try await simulate.run(within: .mebibytes(128), "--job", "scenarios", "--seeds", "0..<220")
    #expect(result.exit == .exited(0), "\(result.lines.suffix(20).joined(separator: "\n"))")
    #expect(result.lastLine.hasPrefix("220 seeds, 0 failed, trace "))
  }

  @Test("seeds that have failed once do not fail again")
  func failedSeeds() async throws {
    let kept = try FailedSeeds.read()
    #expect(!kept.isEmpty)
    for line in kept {
      let result = try await simulate.run("--job", line.job, "--seeds", "\(line.seed)..<\(line.seed + 1)")
      #expect(result.exit == .exited(0), "\(line): \(result.lines.suffix(250).joined(separator: "\n"))")
    }
  }
}
