import BuiltPrograms
import FlintCore
import Testing

/// Queries on executor processes, of which one is killed at a moment that moves through the job: the answer is DuckDB's every time.
@Suite("Queries whose executors are killed", .serialized, .timeLimit(.minutes(60)))
struct QueryKillTests {
  private static let kills = TestSize.isFull ? 20 : 3
  private static let build = TestSize.isFull ? BuiltProgram.Build.release : .debug

  private func python(_ script: String, _ arguments: [String], _ place: Workplace) async throws {
    let python = Repository.root / ".build" / "test-venv" / "bin" / "python"
    _ = try await Shell.run(
      "\"$1\" -B \"$2\" \"${@:3}\"", [python.string, (Repository.tests / "Python" / script).string] + arguments,
      in: place.folder)
  }

  /// Runs the job once in peace, and then with a kill after each of some of its tasks has begun.
  private func run(
    _ job: Job, _ arguments: [String], on master: String, in place: Workplace, check: () async throws -> Void
  ) async throws {
    let program = BuiltProgram(job.program, Self.build)
    let calm = try await JobRun.start(program, arguments, on: master, in: place)
    let taskCount = try await calm.expectSuccess().tasks.succeeded
    try await check()
    var (struck, missed) = (0, 0)
    while struck < Self.kills {
      _ = try await Shell.run("rm -rf events summary.json", [], in: place.folder)
      // Outputs in memory go with their executor, files stay.
      let outputs = "flint.shuffle.memory.limit=\(struck.isMultiple(of: 2) ? "1g" : "0")"
      let run = try await JobRun.start(program, arguments, on: master, settings: [outputs], in: place)
      let log = EventLog(place: place)
      // The job may be over before its log is read; then the next kill comes earlier.
      let started = try await log.first(1 + struck * taskCount / Self.kills / (missed + 1), .taskStarted)
      let victim = try await log.executor(of: try #require(started.last))
      victim.kill()
      let summary = try await run.expectSuccess()
      try await check()
      try await place.expectNothingLeft(of: run)
      if summary.lost.contains(victim.id) { (struck, missed) = (struck + 1, 0) } else { missed += 1 }
      try #require(missed < 10, "kill \(struck) never strikes")
    }
  }

  @Test("TaxiRevenue")
  func revenue() async throws {
    try await Workplace.use { place in
      try await python("trips.py", ["make"] + (TestSize.isFull ? ["20000000", "2000000"] : ["60000", "6000"]), place)
      try await run(
        .revenue,
        ["--input_green=input/green/2020/*/", "--input_yellow=input/yellow/2020/*/", "--output=output"],
        on: "local-cluster[2,1,1g]", in: place
      ) { try await python("trips.py", ["check", "output"], place) }
    }
  }

  @Test("JoinAggregate, both of whose sides are exchanged")
  func join() async throws {
    try await Workplace.use { place in
      try await python(
        "tables.py", ["make", "join"] + (TestSize.isFull ? ["20000000", "2000000"] : ["300000", "250000"]), place)
      try await run(
        .join, ["--input", "input", "--output", "output"], on: "local-cluster[2,1,64m]", in: place
      ) { try await python("tables.py", ["check", "join", "output"], place) }
    }
  }
}
