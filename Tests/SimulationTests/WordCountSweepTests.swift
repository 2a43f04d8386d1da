import BuiltPrograms
import FlintCore
import Testing

/// The whole product on simulated machines.
@Suite("Simulated word counts", .timeLimit(.minutes(10)))
struct WordCountSweepTests {
  @Test("the answer is right, or an error says why there is none")
  func sweep() async throws {
    let simulate = SimulationProgram("simulate", .release)
    let result = try await simulate.run("--job", "WordCount", "--seeds", TestSize.isFull ? "0..<1000" : "0..<100")
    #expect(result.exit == .exited(0), "\(result.lines.prefix(3))")
    #expect(result.lastLine.contains(" seeds, 0 failed, trace "))
  }

  @Test("a seed has the same trace in two processes")
  func replay() async throws {
    let simulate = SimulationProgram("simulate", .release)
    let replay = try await simulate.run("--job", "WordCount", "--seed", "17")
    let sweep = try await simulate.run("--job", "WordCount", "--seeds", "17..<18")
    #expect(replay.lastLine.hasPrefix("1 seed, 0 failed, trace "))
    #expect(replay.lastLine == sweep.lastLine)
  }
}
