import FlintCore
import Testing

/// Whether the simulation holds everything with today's toolchain.
@Suite("Canary", .timeLimit(.minutes(5)))
struct CanaryTests {
  @Test("every construct of Swift concurrency is captured", arguments: SimulationProgram.canaries)
  func constructs(canary: SimulationProgram) async throws {
    let result = try await canary.run()
    #expect(result.exit == .exited(0), "\(result.lines.filter { $0.hasPrefix("LEAK") })")
    #expect(result.lines.count { $0.hasPrefix("CAPTURED") } == 27)
    #expect(result.lastLine == "27 of 27 constructs captured")
  }

  @Test("every way out of the simulation ends the process, with its name", arguments: SimulationProgram.canaries)
  func escapes(canary: SimulationProgram) async throws {
    let names = try await canary.run("--list").lines
    for kind in CanaryTests.kinds { #expect(names.contains(kind), "the canary does not try \(kind)") }
    for name in names {
      let result = try await canary.run("--escape", name)
      #expect(result.exit == .exited(86), "\(name): \(result.exit) \(result.lastLine)")
      #expect(
        result.lines.contains { $0.hasPrefix("simulation guard: ") && $0.contains("(job \(name), seed 1)") },
        "\(name): \(result.lines)")
    }
  }

  /// Dispatch and Foundation, and a planted leak of each kind.
  private static let kinds = [
    "dispatch-async", "dispatch-after", "dispatch-actor", "dispatch-timer", "foundation-thread", "foundation-process",
    "thread", "swift-clock", "libc-clock", "file", "foundation-file", "socket", "spawn", "swift-randomness",
  ]
}
