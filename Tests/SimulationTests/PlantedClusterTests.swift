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
    let hunt = try await SimulationProgram(Self.planted).run("--hunt")
    let rows = hunt.lines.filter { $0.hasPrefix("| `") }
    print(rows.joined(separator: "\n"))
    #expect(hunt.exit == .exited(0), "\(hunt.lines.suffix(50).joined(separator: "\n"))")
    #expect(hunt.lastLine.hasSuffix(" bugs, 0 not found"))
    #expect(rows.count { $0.contains("scenarios: ") } >= 18)
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
