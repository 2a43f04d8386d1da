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
    let planted = SimulationProgram(Self.planted)
    let list = try await planted.run("--list")
    let bugs = list.lines.drop { !$0.hasPrefix("swarm:") }.dropFirst().prefix { $0.hasPrefix("  --bug ") }
      .compactMap { $0.split(separator: ":").first?.split(separator: " ").last.map(String.init) }
    #expect(bugs.count >= 18)
    for bug in bugs {
      var told: String?
      for (job, seeds) in [("scenarios", "0..<400"), ("swarm", "0..<1000")] where told == nil {
        let sweep = try await planted.run("--job", job, "--bug", bug, "--seeds", seeds, "--first")
        guard let line = sweep.lines.first(where: { $0.contains(" FAILED: ") }) else { continue }
        told = line
        print("\(bug): \(job), \(line)")
        let seed = try #require(line.split(separator: " ").dropFirst().first.flatMap { Int($0) })
        let sound = try await planted.run("--job", job, "--seeds", "\(seed)..<\(seed + 1)")
        #expect(sound.exit == .exited(0), "\(job) \(seed) fails without \(bug) as well: \(sound.lastLine)")
      }
      #expect(told != nil, "nobody has found \(bug)")
    }
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
