import FlintCore
import Testing

@Suite("Real processes under fault", .serialized)
struct ScenarioTests {
  /// Each kind of fault once: a death, a commit, a pause, a trap, a file, a link, a stranger, a driver; and some of those whose
  /// text the simulation runs as well.
  private static let names = [
    "kill-before-reduce", "short-stop", "trap-always", "flip-data", "many-outputs-gone", "partition-short",
    "over-reaching", "kill-driver", "executor-killed-with-files", "files-misplaced", "partition-heals-late",
  ]

  @Test("a scenario passes, and its fault has fired", arguments: names)
  func passes(name: String) async throws {
    let chaos = try await ChaosProgram([name])
    #expect(chaos.exit == .exited(0), "\(chaos.lines.joined(separator: "\n"))\(chaos.errors)")
    #expect(chaos.lines.last == "1 passed, 0 failed, 0 skipped")
  }

  @Test("every fault has a scenario, or the list of those that have none says why")
  func covered() async throws {
    let chaos = try await ChaosProgram(["--list"])
    var numbers: Set<Int> = []
    var names: Set<Substring> = []
    for line in chaos.lines {
      let words = line.split(separator: " ", omittingEmptySubsequences: true)
      guard words.count > 2 else { continue }
      if words[0] == "fault" { numbers.formUnion([words[1]].compactMap { Int($0) }) }
      numbers.formUnion(words[1].split(separator: ",").compactMap { Int($0) })
      #expect(words[0] == "fault" || names.insert(words[0]).inserted, "two scenarios are called \(words[0])")
    }
    #expect((1...48).filter { !numbers.contains($0) } == [])
  }

  @Test("a scenario that does not exist is refused with the nearest one")
  func unknown() async throws {
    let chaos = try await ChaosProgram(["kill-in-mop"])
    #expect(chaos.exit == .exited(2))
    #expect(chaos.errors.contains("kill-in-map"))
  }
}
