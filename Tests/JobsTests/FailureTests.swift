import BuiltPrograms
import FlintCore
import FlintSystem
import Testing

/// What goes wrong is told in one error, or is mended; and nothing is left behind.
@Suite("Bad input and bad luck", .serialized)
struct FailureTests {
  private func probe(
    _ arguments: [String], on master: Master, settings: [String] = [], in place: Workplace
  ) async throws -> JobRun {
    try await JobRun.start(BuiltProgram("job-probe"), arguments, on: master.rawValue, settings: settings, in: place)
  }

  /// A budget of `count` failures.
  private func tokens(_ count: Int, in place: Workplace) async throws -> String {
    _ = try await Shell.run(
      "mkdir input && for n in $(seq 0 $(($1 - 1))); do touch input/$n; done", ["\(count)"], in: place.folder)
    return (place.folder / "input").string
  }

  @Test(
    "a closure that captures what cannot travel is refused before anything runs", arguments: Master.allCases,
    [(scenario: "unshippable", type: "OpenThing"), (scenario: "fileHandle", type: "FileHandle")])
  func unshippable(master: Master, capture: (scenario: String, type: String)) async throws {
    try await Workplace.use { place in
      let job = try await probe(["--scenario", capture.scenario], on: master, in: place)
      let said = try await job.expectFailure()
      #expect(said.contains(capture.type) && said.contains("JobProbe.swift"), "\(said)")
      #expect(try await EventLog(place: place).events().allSatisfy { $0.name != .taskStarted })
      try await place.expectNothingLeft(of: job)
    }
  }

  @Test("a task that throws once is tried again", arguments: Master.allCases)
  func throwsOnce(master: Master) async throws {
    try await Workplace.use { place in
      let tokens = try await tokens(1, in: place)
      let job = try await probe(["--scenario", "throwing", "--failures", tokens], on: master, in: place)
      let summary = try await job.expectSuccess()
      #expect(summary.tasks.failed == 1 && summary.executorsLost.isEmpty)
      #expect(try await job.printed() == "1000\n")
      try await place.expectNothingLeft(of: job)
    }
  }

  @Test("a task that always throws ends the job with its error and the place of its code", arguments: Master.allCases)
  func throwsAlways(master: Master) async throws {
    try await Workplace.use { place in
      let job = try await probe(["--scenario", "throwing", "--failures", "always"], on: master, in: place)
      let said = try await job.expectFailure()
      #expect(said.contains("Unlucky") && said.contains("JobProbe.swift"))
      let summary = try await JobSummary(place)
      #expect(summary.status == "failed" && summary.tasks.failed == 4 && summary.error?.contains("Unlucky") == true)
      try await place.expectNothingLeft(of: job)
    }
  }

  @Test("a task that traps once costs its executor, and is tried again on another one")
  func trapsOnce() async throws {
    try await Workplace.use { place in
      let tokens = try await tokens(1, in: place)
      let job = try await probe(["--scenario", "trapping", "--failures", tokens], on: .cluster, in: place)
      let summary = try await job.expectSuccess()
      #expect(summary.executorsLost.count == 1)
      #expect(try await job.printed() == "1000\n")
      try await place.expectNothingLeft(of: job)
    }
  }

  @Test("a task that always traps ends the job, and names signal, last words and place")
  func trapsAlways() async throws {
    try await Workplace.use { place in
      let job = try await probe(["--scenario", "trapping", "--failures", "always"], on: .cluster, in: place)
      let said = try await job.expectFailure()
      #expect(said.contains("the probe traps at 7") && said.contains("JobProbe.swift") && said.contains("signal"))
      #expect(try await JobSummary(place).executorsLost.count == 4)
      try await place.expectNothingLeft(of: job)
    }
  }

  @Test(
    "more rows than a collection may have: the error names the size and the alternative", arguments: Master.allCases)
  func collectsTooMuch(master: Master) async throws {
    try await Workplace.use { place in
      let job = try await probe(
        ["--scenario", "collecting", "--rows", "1000000"], on: master, settings: ["flint.collect.limit=1m"], in: place)
      let said = try await job.expectFailure()
      #expect(said.contains("too-large") && said.contains("7.6 MiB") && said.contains("saveAsTextFile"))
      // One try of each task: another one would bring as much.
      let summary = try await JobSummary(place)
      #expect(summary.tasks.failed == 0 && summary.tasks.succeeded == 2)
      try await place.expectNothingLeft(of: job)
    }
  }

  @Test("an output that exists is refused before anything runs, and stays as it is", arguments: Master.allCases)
  func outputExists(master: Master) async throws {
    try await Workplace.use { place in
      _ = try await Shell.run("mkdir output && echo mine > output/mine", [], in: place.folder)
      let job = try await probe(["--scenario", "sums", "--output", "output"], on: master, in: place)
      let said = try await job.expectFailure()
      #expect(said.contains("output"))
      #expect(try await Shell.run("cat output/*", [], in: place.folder) == "mine\n")
      #expect(try await EventLog(place: place).events().allSatisfy { $0.name != .taskStarted })
      try await place.expectNothingLeft(of: job)
    }
  }

  @Test("an output path that executors do not share: the error says so, and nothing is left")
  func unsharedOutput() async throws {
    try await Workplace.use { place in
      let faults = try await Faults(
        showing: place.folder / "elsewhere" / ".flint-staging", insteadOf: place.folder / ".flint-staging", in: place)
      let job = try await JobRun.start(
        BuiltProgram("job-probe"), ["--scenario", "sums", "--output", place.output.string], on: Master.cluster.rawValue,
        in: place, environment: faults.environment)
      let said = try await job.expectFailure()
      #expect(said.contains("error[file-not-found]") && said.contains(place.output.name), "\(said)")
      #expect(said.contains("write to a path that driver and executors share"), "\(said)")
      #expect(try await place.files.status(of: place.output) == nil)
      try await place.expectNothingLeft(of: job)
    }
  }

  @Test("an input that is not there is an error before anything runs", arguments: Master.allCases)
  func noInput(master: Master) async throws {
    try await Workplace.use { place in
      for input in ["nowhere", "*.txt"] {
        let job = try await JobRun.start(
          BuiltProgram("WordCount"), ["--input", input, "--output", "output"], on: master.rawValue, in: place)
        let said = try await job.expectFailure()
        #expect(said.contains(input))
        try await place.expectNothingLeft(of: job)
      }
      #expect(try await place.files.status(of: place.output) == nil)
    }
  }

  @Test("a driver whose main actor is blocked ends when it is told to, with all its processes")
  func blockedDriver() async throws {
    try await Workplace.use { place in
      let gate = try Gate(in: place)
      let job = try await probe(
        ["--scenario", "blocked", "--driver-gate", gate.path.string], on: .cluster, in: place)
      _ = try await EventLog(place: place).first(1, .jobEnded)
      job.send(.terminate)
      #expect(try await job.exit() == .exited(143))
      #expect(try await JobSummary(place).status == "killed")
      try await place.expectNothingLeft(of: job)
    }
  }

  @Test("a lineage of 10,000 steps", arguments: Master.allCases)
  func deepLineage(master: Master) async throws {
    try await Workplace.use { place in
      let job = try await probe(["--scenario", "deep", "--rows", "10000"], on: master, in: place)
      _ = try await job.expectSuccess()
      let sum = 100 * 99 / 2 + 100 * 10_000
      let printed = try await job.printed()
      #expect(printed == "\(sum)\n")
      try await place.expectNothingLeft(of: job)
    }
  }
}
