import BuiltPrograms
import FlintCore
import FlintSystem
import Testing

/// More data than memory: jobs end, spilling, and every process stays within its budget.
@Suite("Little memory", .serialized)
struct MemoryTests {
  /// Ten times as much data as one executor has memory.
  private static let megabytes = TestSize.isFull ? 1000 : 100
  private static let memory: ByteCount = TestSize.isFull ? .mebibytes(128) : .mebibytes(32)
  private static let master = "local-cluster[2,1,\(memory.exactText)]"

  @Test("TeraSort of far more than the executors' memory spills, and stays within it")
  func teraSort() async throws {
    try await Workplace.use { place in
      _ = try await Shell.run(
        "python3 -B \"$1\" input --records \"$2\"", [Job.teraSort.generator.string, "\(Self.megabytes * 10_000)"],
        in: place.folder)
      let run = try await MemoryPeaks.run(
        BuiltProgram(Job.teraSort.program, TestSize.isFull ? .release : .debug),
        ["--input", "input", "--output", "output", "--partitions", "4"], on: Self.master, in: place)
      _ = try await Shell.run("cmp <(cat output/part-*) <(cat input/* | sort)", [], in: place.folder)
      #expect(run.summary.spilledBytes > 0)
      run.expectWithin(Self.memory)
    }
  }

  @Test("a key that has 60 of 100 rows is sorted, counted and joined within the memory")
  func hotKey() async throws {
    try await Workplace.use { place in
      let rows = TestSize.isFull ? 5_000_000 : 400_000
      let run = try await MemoryPeaks.run(
        BuiltProgram("job-probe"), ["--scenario", "hotKey", "--rows", "\(rows)", "--partitions", "4"], on: Self.master,
        in: place)
      // Of 100 numbers 60 are hot, and one has the key 7.
      #expect(run.printed == "\(rows) \(rows * 6 / 10)\n\(rows * 61 / 100)\n")
      #expect(run.summary.spilledBytes > 0)
      run.expectWithin(Self.memory)
    }
  }

  @Test("user code that holds too much fails with its numbers, and its executor lives")
  func hoarding() async throws {
    try await Workplace.use { place in
      let job = try await JobRun.start(
        BuiltProgram("job-probe"), ["--scenario", "hoarding", "--rows", "600", "--partitions", "1"],
        on: "local-cluster[1,1,64m]", in: place)
      let said = try await job.expectFailure()
      #expect(said.contains("memory-budget-exceeded") && said.contains("its budget is 64 MiB"))
      #expect(try await JobSummary(place).executorsLost.isEmpty)
      try await place.expectNothingLeft(of: job)
    }
  }

  private static let rows = 4_000_000
  private static let sum = "\(rows) \(rows * (rows - 1) / 2)\n"

  /// Starts a job that reads rows one by one, and waits at a gate when it has the first.
  private func reading(on master: Master, in place: Workplace) async throws -> (JobRun, Gate) {
    let gate = try Gate(in: place)
    let job = try await JobRun.start(
      BuiltProgram("job-probe"),
      [
        "--scenario", "reading", "--rows", "\(Self.rows)", "--partitions", "1", "--driver-gate", gate.path.string,
      ], on: master.rawValue, in: place)
    return (job, gate)
  }

  @Test("rows that are read slowly wait with their executor, not in the driver", arguments: Master.allCases)
  func slowReader(master: Master) async throws {
    try await Workplace.use { place in
      let (job, gate) = try await reading(on: master, in: place)
      // The reader has its first row when the job that makes all of them is over.
      _ = try await EventLog(place: place).first(1, .jobEnded)
      let held = try #require(Processes.resident(job.identifier))
      if master == .cluster { #expect(held < 100 << 20, "the driver holds \(held) bytes") }
      _ = try await gate.opened { try await job.expectSuccess() }
      #expect(try await job.printed() == Self.sum)
      try await place.expectNothingLeft(of: job)
    }
  }

  @Test("an executor that dies while its rows are read costs one computation more, and no row")
  func readerLosesExecutor() async throws {
    try await Workplace.use { place in
      let (job, gate) = try await reading(on: .cluster, in: place)
      let log = EventLog(place: place)
      let ended = try await log.first(1, .taskEnded)
      _ = try await log.first(1, .jobEnded)
      let victim = try await log.executor(of: ended[0])
      victim.kill()
      try await log.expectLost(victim)
      let summary = try await gate.opened { try await job.expectSuccess() }
      #expect(summary.jobs == 2 && summary.lost == [victim.id])
      #expect(try await job.printed() == Self.sum)
      try await place.expectNothingLeft(of: job)
    }
  }
}
