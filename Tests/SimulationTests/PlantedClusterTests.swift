import BuiltPrograms
import FlintCore
import FlintSystem
import Testing

/// Bugs that a build of its own has in transport, storage, shuffle, executors and driver: the harness must find each.
@Suite("Bugs in simulated clusters", .timeLimit(.minutes(60)))
struct PlantedClusterTests {
  /// The simulation with the bugs, which `Scripts/test --full` builds.
  private static let planted = BuiltProgram("simulate", .release, variant: "planted")

  @Test("each planted bug is found, and its seed is sound without it", .enabled(if: TestSize.isFull))
  func bugs() async throws {
    let program = SimulationProgram(Self.planted)
    let names = Set(try await program.run("--list").lines.compactMap { $0.firstMatch(of: /^ *--bug ([a-z-]+):/)?.1 })
    var inClusters = 0
    for name in names.sorted() {
      // A process for each: a bug that ends the process is then one bug's failure.
      let hunt = try await program.run("--hunt", "--bug", String(name))
      let row = try #require(hunt.lines.first { $0.hasPrefix("| `") }, "\(hunt.lines.suffix(20))")
      print(row)
      #expect(hunt.exit == .exited(0), "\(row)")
      #expect(hunt.lastLine == "1 bugs, 0 not found")
      if row.contains("scenarios: ") { inClusters += 1 }
    }
    #expect(inClusters >= 18)
  }

  @Test("no program that is not for them has the bugs", arguments: ["simulate", "WordCount"])
  func absence(program: String) async throws {
    let path = try BuiltProgram(program, .release).path()
    let launcher = try SystemProcessLauncher(threads: try FileThreads(count: 1))
    let process = try await launcher.launch(
      ProcessCommand("/usr/bin/nm", [path.string], output: .piped, errorOutput: .discarded))
    var isFlint = false
    var rest: [UInt8] = []
    for try await chunk in process.output {
      let text = String(decoding: rest + chunk, as: UTF8.self)
      #expect(!text.contains("RuntimeBug"), "\(program) has planted bugs")
      isFlint = isFlint || text.contains("FlintCore")
      rest = Array(chunk.suffix(100))
    }
    #expect(try await process.exit() == .exited(0))
    #expect(isFlint, "nm shows no symbols of \(program)")
  }
}
