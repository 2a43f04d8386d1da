import BuiltPrograms
import FlintCore
import Foundation
import Testing

/// What a person sees of a job while it runs.
@Suite("Progress", .serialized)
struct ProgressTests {
  private struct Seen: Decodable {
    var exit: Int
    var screens: [[String]]
  }

  private static let script = Repository.root / "Tests" / "Support" / "TerminalCheck" / "terminal.py"

  @Test("at a terminal: a line for each active stage, never full, written over, and gone at the end")
  func terminal() async throws {
    try await Workplace.use { place in
      let gate = try Gate(in: place)
      let program = try BuiltProgram("job-probe").path()
      let text = try await Shell.run(
        """
        export FLINT_MASTER='local-cluster[2,1,1g]' FLINT_CONF="$1;flint.log.level=debug"
        python3 -B "$2" "$3" 400 "$4" --scenario sums --partitions 5 --map-gate "$3" --output output
        """, [place.settings(), Self.script.string, gate.path.string, program.string], in: place.folder)
      let seen = try JSONDecoder().decode(Seen.self, from: Data(text.utf8))
      #expect(seen.exit == 0)
      let first = "stage 0 map [                        ] 0/5, 2 running"
      #expect(seen.screens.contains { $0.contains(first) }, "\(seen.screens.suffix(5))")
      for screen in seen.screens {
        let lines = screen.filter { $0.hasPrefix("stage ") }
        #expect(Set(lines.map { $0.split(separator: " ")[1] }).count == lines.count, "\(lines)")
        #expect(lines.allSatisfy { !$0.contains(" 5/5,") }, "\(lines)")
      }
      let last = try #require(seen.screens.last)
      #expect(last.allSatisfy { !$0.hasPrefix("stage ") }, "\(last)")
      #expect(last.contains { $0.hasPrefix("job-probe: succeeded in") }, "\(last)")
      // What was logged meanwhile was not written over: each executor says that it ends.
      #expect(last.filter { $0.contains("ends: the driver needs it no longer") }.count == 2, "\(last)")
    }
  }

  @Test("elsewhere: plain lines, now and then, without any escape")
  func lines() async throws {
    try await Workplace.use { place in
      let gate = try Gate(in: place)
      let job = try await JobRun.start(
        BuiltProgram("job-probe"), ["--scenario", "sums", "--map-gate", gate.path.string], on: Master.cluster.rawValue,
        in: place)
      let isShown = await job.hasSaid("stage 0 map [                        ] 0/4, 2 running\n")
      #expect(isShown)
      _ = try await gate.opened { try await job.expectSuccess() }
      #expect(try await !job.said().contains("\u{1B}"))
    }
  }
}
