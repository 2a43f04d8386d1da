import BuiltPrograms
import FlintCore
import FlintSystem
import Testing

@Suite("Executors killed while they commit", .serialized)
struct CommitTests {
  /// The calls on files that a task's commit makes, in their order.
  private static let steps: [(Faults.Moment, Faults.Call)] = [
    (.before, .open), (.after, .open), (.before, .sync), (.after, .sync), (.before, .rename), (.after, .rename),
  ]

  @Test("at each step: every partition is in the output once, and nothing else is", arguments: steps.indices)
  func step(index: Int) async throws {
    let (moment, call) = Self.steps[index]
    try await Workplace.use { place in
      let faults = try await Faults(moment, call, onPath: "part-", in: place)
      let job = try await JobRun.start(
        BuiltProgram("job-probe"), ["--scenario", "sums", "--partitions", "4", "--output", "output"],
        on: "local-cluster[2,1,1g]", in: place, environment: faults.environment)
      let summary = try await job.expectSuccess()
      #expect(try await faults.hasFired)
      #expect(summary.executorsLost.count == 1)
      let log = EventLog(place: place)
      try await log.expectLost(try await log.executor(try #require(summary.lost.first)))
      #expect(try await place.files.list(place.output).sorted() == Self.expectedNames)
      let oracle = "seq 0 999 | awk '{s[$1 % 100] += $1} END {for (k in s) print k \"\\t\" s[k]}' | sort"
      _ = try await Shell.run("diff <(cat output/part-* | sort) <(\(oracle))", [], in: place.folder)
      try await place.expectNothingLeft(of: job)
    }
  }

  private static let expectedNames = ["_SUCCESS", "part-00000", "part-00001", "part-00002", "part-00003"]
}
