import BuiltPrograms
import FlintCore
import Testing

/// A query from files to files on simulated machines.
@Suite("Simulated revenues", .timeLimit(.minutes(20)))
struct TaxiRevenueSweepTests {
  @Test("the answer is right, or an error says why there is none")
  func sweep() async throws {
    let simulate = SimulationProgram("simulate", .release)
    let result = try await simulate.run("--job", "TaxiRevenue", "--seeds", TestSize.isFull ? "0..<300" : "0..<60")
    #expect(result.exit == .exited(0), "\(result.lines.prefix(3))")
    #expect(result.lastLine.contains(" seeds, 0 failed, trace "))
  }
}
