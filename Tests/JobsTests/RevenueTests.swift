import BuiltPrograms
import FlintCore
import Testing

@Suite("TaxiRevenue", .serialized)
struct RevenueTests {
  private static let inputs = ["--input_green=input/green/2020/*/", "--input_yellow=input/yellow/2020/*/"]

  /// The job over a few trips, on executors.
  static func smallJob(_ place: Workplace) async throws -> JobRun {
    try await trips(["make", "20000", "4000"], place)
    return try await JobRun.start(
      BuiltProgram(Job.revenue.program), inputs + ["--output=output"], on: Master.cluster.rawValue, in: place)
  }

  /// Makes trips by DuckDB, or compares what a job has made of them.
  @discardableResult
  private static func trips(_ arguments: [String], _ place: Workplace) async throws -> String {
    let python = Repository.root / ".build" / "test-venv" / "bin" / "python"
    return try await Shell.run(
      "\"$1\" -B \"$2\" \"${@:3}\"", [python.string, (Repository.tests / "Python" / "trips.py").string] + arguments,
      in: place.folder)
  }

  @Test("its report is DuckDB's, in the place of an older one", arguments: Master.allCases, TestSize.builds)
  func answer(master: Master, build: BuiltProgram.Build) async throws {
    try await Workplace.use { place in
      try await Self.trips(["make"] + (TestSize.isFull ? ["20000000", "2000000"] : ["20000", "4000"]), place)
      for _ in 0..<2 {
        let job = try await JobRun.start(
          BuiltProgram(Job.revenue.program, build), Self.inputs + ["--output=output"], on: master.rawValue, in: place)
        let summary = try await job.expectSuccess()
        let rows = Int(try await Self.trips(["check", "output"], place).dropLast())
        #expect(summary.rowsWritten == rows)
        #expect(try await job.printed().contains(TestSize.isFull ? "20000000" : "20000"))
        #expect(try await Shell.run("ls output", [], in: place.folder) == "_SUCCESS\npart-00000.snappy.parquet\n")
        try await place.expectNothingLeft(of: job)
      }
    }
  }

  @Test("a path without files ends it, and nothing is left")
  func missingInput() async throws {
    try await Workplace.use { place in
      let job = try await JobRun.start(
        BuiltProgram(Job.revenue.program),
        ["--input_green=input/green/*/", "--input_yellow=input/yellow/*/", "--output=output"],
        on: Master.local.rawValue, in: place)
      let said = try await job.expectFailure()
      #expect(said.contains("file-not-found"))
      #expect(said.contains("TaxiRevenue.swift"))
      #expect(try await Shell.run("ls", [], in: place.folder).contains("output") == false)
    }
  }
}
