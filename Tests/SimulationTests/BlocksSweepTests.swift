import BuiltPrograms
import FlintCore
import Testing

/// The store of blocks on a disk that does everything wrong that disks do.
@Suite("Simulated blocks", .timeLimit(.minutes(10)))
struct BlocksSweepTests {
  private static let simulate = SimulationProgram("simulate", .release)

  @Test("blocks are read as they were written or not at all, whatever happens to disk and process")
  func sweep() async throws {
    let seeds = TestSize.isFull ? "0..<10000" : "0..<300"
    let result = try await Self.simulate.run("--job", "blocks", "--seeds", seeds)
    #expect(result.exit == .exited(0), "\(result.lines.prefix(3))")
    #expect(result.lastLine.contains(" seeds, 0 failed, trace "))
  }

  @Test("an error at any call of a store leaves the old block, the new one, and nothing else")
  func everyCall() async throws {
    let result = try await Self.simulate.run("--job", "block-faults", "--seeds", TestSize.isFull ? "0..<100" : "0..<3")
    #expect(result.exit == .exited(0), "\(result.lines.prefix(3))")
  }

  @Test("tasks share memory and blocks over a failing disk: right bytes, no standstill, no leak")
  func sharedMemory() async throws {
    let seeds = TestSize.isFull ? "0..<20000" : "0..<300"
    let result = try await Self.simulate.run("--job", "block-store", "--seeds", seeds)
    #expect(result.exit == .exited(0), "\(result.lines.prefix(3))")
    #expect(result.lastLine.contains(" seeds, 0 failed, trace "))
  }

  @Test(
    "a store that is careless is found out",
    arguments: ["skip-sync", "skip-directory-sync", "ignore-write-errors"])
  func plantedBug(name: String) async throws {
    let sweep = try await Self.simulate.run("--job", "blocks", "--bug", name, "--seeds", "0..<40")
    #expect(sweep.exit == .exited(1))
    #expect(sweep.lines.contains { $0.contains(" FAILED: ") })
    #expect(!sweep.contains("does not replay"))
  }
}
