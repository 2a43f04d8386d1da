import BuiltPrograms
import FlintCore
import Testing

/// Connections under every fault that the network and the processes know.
@Suite("Simulated connections", .timeLimit(.minutes(10)))
struct TransportSweepTests {
  @Test("no answer is lost and nothing is delivered twice", arguments: SimulationProgram.simulators)
  func sweep(simulate: SimulationProgram) async throws {
    let ciSize = simulate.program.build == .release ? "0..<600" : "0..<60"
    let fullSize = simulate.program.build == .release ? "0..<5000" : "0..<500"
    let result = try await simulate.run("--job", "transport", "--seeds", TestSize.isFull ? fullSize : ciSize)
    #expect(result.exit == .exited(0), "\(result.lines.prefix(3))")
    #expect(result.lastLine.contains(" seeds, 0 failed, trace "))
  }

  @Test(
    "a protection that is taken away is missed",
    arguments: ["ignore-order", "ignore-checksums", "repeat-launches", "forget-repeats", "swallow-answers"])
  func plantedBug(name: String) async throws {
    let simulate = SimulationProgram("simulate", .release)
    let sweep = try await simulate.run("--job", "transport", "--bug", name, "--seeds", "0..<40")
    #expect(sweep.exit == .exited(1))
    #expect(sweep.contains("replay: Scripts/simulate --job transport --bug \(name) --seed "))
    #expect(!sweep.contains("does not replay"))
  }

  @Test("a seed has the same trace in two processes", arguments: SimulationProgram.simulators)
  func replay(simulate: SimulationProgram) async throws {
    let replay = try await simulate.run("--job", "transport", "--seed", "17")
    let sweep = try await simulate.run("--job", "transport", "--seeds", "17..<18")
    #expect(replay.lastLine.hasPrefix("1 seed, 0 failed, trace "))
    #expect(replay.lastLine == sweep.lastLine)
  }
}
