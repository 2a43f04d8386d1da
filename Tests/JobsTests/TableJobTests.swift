import BuiltPrograms
import FlintCore
import Testing

/// Jobs over tables whose executors have far less memory than the rows take.
@Suite("Queries with little memory", .serialized)
struct TableJobTests {
  private static let memory: ByteCount = TestSize.isFull ? .mebibytes(256) : .mebibytes(24)
  /// Partitions so large that they do not fit.
  private static let partitions = ["flint.sql.shuffle.partitions=2"]
  private static let master = "local-cluster[2,1,\(memory.exactText)]"

  /// Makes the input of a job by DuckDB, or compares what the job has made of it.
  @discardableResult
  private func tables(_ arguments: [String], _ place: Workplace) async throws -> String {
    let python = Repository.root / ".build" / "test-venv" / "bin" / "python"
    return try await Shell.run(
      "\"$1\" -B \"$2\" \"${@:3}\"", [python.string, (Repository.tests / "Python" / "tables.py").string] + arguments,
      in: place.folder)
  }

  @Test("AccountStatistics spills, and its answer is DuckDB's")
  func accounting() async throws {
    try await Workplace.use { place in
      try await tables(["make", "ledger", TestSize.isFull ? "17600000" : "600000"], place)
      let run = try await MemoryPeaks.run(
        BuiltProgram(Job.accounting.program, TestSize.isFull ? .release : .debug),
        ["--input", "input", "--output", "output"], on: Self.master, settings: Self.partitions, in: place)
      try await tables(["check", "accounting", "output"], place)
      #expect(run.summary.spilledBytes > 0)
      #expect(run.summary.rowsRead == (TestSize.isFull ? 17_600_000 : 600_000))
      #expect(run.summary.bytesRead > 0)
      run.expectWithin(Self.memory)
    }
  }

  @Test("TaxiHourly's four outputs are DuckDB's", arguments: Master.allCases)
  func hourly(master: Master) async throws {
    try await Workplace.use { place in
      let python = Repository.root / ".build" / "test-venv" / "bin" / "python"
      let sizes = TestSize.isFull ? "20000000 2000000" : "20000 4000"
      _ = try await Shell.run(
        "\"$1\" -B \"$2\" make \(sizes)", [python.string, (Repository.tests / "Python" / "trips.py").string],
        in: place.folder)
      try await tables(["make", "zones"], place)
      let job = try await JobRun.start(
        BuiltProgram(Job.hourly.program, TestSize.isFull ? .release : .debug),
        [
          "--input_green", "input/green/2020/*/", "--input_yellow", "input/yellow/2020/*/", "--zones",
          "input/zones/zones.parquet", "--output", "output",
        ], on: master.rawValue, in: place)
      _ = try await job.expectSuccess()
      try await tables(["check", "hourly", "output"], place)
      try await place.expectNothingLeft(of: job)
    }
  }

  @Test("JoinAggregate spills, and its answer is DuckDB's")
  func join() async throws {
    try await Workplace.use { place in
      try await tables(
        ["make", "join"] + (TestSize.isFull ? ["20000000", "6000000"] : ["1600000", "1500000"]), place)
      let run = try await MemoryPeaks.run(
        BuiltProgram(Job.join.program, TestSize.isFull ? .release : .debug),
        ["--input", "input", "--output", "output"], on: Self.master, settings: Self.partitions, in: place)
      try await tables(["check", "join", "output"], place)
      #expect(run.summary.spilledBytes > 0)
      run.expectWithin(Self.memory)
    }
  }
}
