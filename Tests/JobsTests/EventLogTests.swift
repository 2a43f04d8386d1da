import BuiltPrograms
import FlintCore
import Testing

/// What a reader of the event log can rely on, as a program of another language reads it.
@Suite("Event logs", .serialized)
struct EventLogTests {
  /// Holds a whole log against itself and against the summary, and counts its lines.
  private static let script = Repository.root / "Tests" / "Support" / "EventCheck" / "check.py"

  private func check(_ place: Workplace) async throws -> String {
    try await Shell.run(
      "python3 -B \"$1\" events summary.json", [Self.script.string], in: place.folder)
  }

  @Test(
    "every step has its lines, each pair is whole, and the metrics add up to the summary", arguments: Master.allCases)
  func whole(master: Master) async throws {
    try await Workplace.use { place in
      let job = try await JobRun.start(
        BuiltProgram("job-probe"), ["--scenario", "sums", "--partitions", "3", "--output", "output"],
        on: master.rawValue, settings: ["flint.shuffle.memory.limit=1g"], in: place)
      _ = try await job.expectSuccess()
      let executors = master == .cluster ? 2 : 1
      #expect(
        try await check(place) == """
          applicationEnded 1
          applicationStarted 1
          executorAdded \(executors)
          executorStopped \(executors)
          jobCommitted 1
          jobEnded 1
          jobStarted 1
          mapOutputRegistered 3
          shuffleReleased 1
          stageCompleted 2
          stageSubmitted 2
          taskCommitted 3
          taskEnded 6
          taskStarted 6

          """)
      let started = try #require(try await EventLog(place: place).events().first)
      #expect(started.name == .applicationStarted && started.number("process") == Int(job.identifier))
    }
  }

  @Test("kept rows, long results, skipped stages and failed tries have theirs")
  func others() async throws {
    try await Workplace.use { place in
      let job = try await JobRun.start(
        BuiltProgram("job-probe"), ["--scenario", "seen", "--rows", "300000", "--partitions", "2"],
        on: Master.cluster.rawValue, in: place)
      _ = try await job.expectSuccess()
      let counts = try await check(place)
      for line in [
        "blockStored 2", "datasetReleased 1", "jobEnded 4", "stageCompleted 5", "stagesSkipped 1",
        "taskGettingResult 2",
      ] {
        #expect(counts.contains("\(line)\n"), "no `\(line)` in\n\(counts)")
      }
    }
  }

  @Test("a job that fails says so, and which try of which stage was the reason")
  func failed() async throws {
    try await Workplace.use { place in
      let job = try await JobRun.start(
        BuiltProgram("job-probe"), ["--scenario", "throwing", "--failures", "always"], on: Master.cluster.rawValue,
        in: place)
      _ = try await job.expectFailure()
      _ = try await check(place)
      let events = try await EventLog(place: place).events()
      let failures = events.filter { $0.name == .taskEnded && $0.text("status") == "failed" }
      #expect(failures.map { $0.text("failure") } == Array(repeating: "threw", count: 4))
      #expect(failures.allSatisfy { $0.text("error")?.contains("Unlucky") == true })
      let stage = try #require(events.last { $0.name == .stageCompleted })
      #expect(
        stage.text("status") == "failed" && stage.text("failure")?.hasSuffix("attempt 3: threw") == true, "\(stage)")
      let end = try #require(events.last { $0.name == .jobEnded })
      #expect(end.text("status") == "failed" && end.text("error")?.contains("Unlucky") == true)
    }
  }
}
