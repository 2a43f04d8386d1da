import BuiltPrograms
import FlintCore
import Testing

/// The jobs over trips, on trips of the project's own generator.
@Suite("Jobs over trips", .serialized)
struct TripJobsTests {
  private static let build = TestSize.isFull ? BuiltProgram.Build.release : .debug

  private func generate(_ form: String, _ place: Workplace) async throws {
    let count = TestSize.isFull ? "22000000" : "6000"
    let job = try await JobRun.start(
      BuiltProgram(Job.trips.program, Self.build), ["--output", "input", "--form", form, "--trips", count],
      on: Master.local.rawValue, in: place)
    _ = try await job.expectSuccess()
  }

  /// Compares the output with DuckDB's answer.
  private func check(_ job: String, _ place: Workplace) async throws {
    let python = Repository.root / ".build" / "test-venv" / "bin" / "python"
    _ = try await Shell.run(
      "\"$1\" -B \"$2\" \"$3\"", [python.string, (Repository.tests / "Python" / "jobs.py").string, job],
      in: place.folder)
  }

  @Test("the typed revenue is DuckDB's", arguments: Master.allCases)
  func typed(master: Master) async throws {
    try await Workplace.use { place in
      try await generate("parquet", place)
      let inputs = ["--input_green=input/green/2020/*/", "--input_yellow=input/yellow/2020/*/", "--output=output"]
      let job = try await JobRun.start(
        BuiltProgram(Job.typed.program, Self.build), inputs, on: master.rawValue, in: place)
      _ = try await job.expectSuccess()
      try await check("typed", place)
      try await place.expectNothingLeft(of: job)
      // The same trips are a report, whose first rows are printed.
      let report = try await JobRun.start(
        BuiltProgram(Job.revenue.program, Self.build), inputs.dropLast() + ["--output=report", "--show", "3"],
        on: master.rawValue, in: place)
      _ = try await report.expectSuccess()
      #expect(try await report.printed().contains("only showing top 3 rows"))
    }
  }

  @Test("predictions are made by a model for each partition", arguments: Master.allCases)
  func duration(master: Master) async throws {
    try await Workplace.use { place in
      try await generate("parquet", place)
      let job = try await JobRun.start(
        BuiltProgram(Job.duration.program, Self.build), ["--input", "input/green/2020/*/", "--output", "output"],
        on: master.rawValue, in: place)
      _ = try await job.expectSuccess()
      #expect(try await job.printed().contains("predicted_duration"))
      try await check("duration", place)
      try await place.expectNothingLeft(of: job)
    }
  }

  @Test("compressed CSV files are taken in with known types", arguments: Master.allCases)
  func ingest(master: Master) async throws {
    try await Workplace.use { place in
      try await generate("csv", place)
      #expect(
        try await Shell.run(
          "zcat input/green/2020/01/*.gz | sed -n 2,50p | cut -d , -f 5 | sort -u | head -n 1", [], in: place.folder
        )
        .hasSuffix(".0\n"))
      let job = try await JobRun.start(
        BuiltProgram(Job.ingest.program, Self.build), ["--input", "input/green/2020/*/", "--output", "output"],
        on: master.rawValue, in: place)
      _ = try await job.expectSuccess()
      let schema = try await job.printed()
      #expect(schema.contains("root\n |-- VendorID: integer (nullable = true)\n |-- lpep_pickup_datetime: timestamp"))
      #expect(try await Shell.run("ls output | grep -c parquet", [], in: place.folder) == "4\n")
      try await check("ingest", place)
      try await place.expectNothingLeft(of: job)
    }
  }

  @Test("hired cars' trips are taken in and counted", arguments: Master.allCases)
  func forHire(master: Master) async throws {
    try await Workplace.use { place in
      try await generate("forHire", place)
      let job = try await JobRun.start(
        BuiltProgram(Job.forHire.program, Self.build),
        ["--trips", "input/trips", "--zones", "input/zones", "--output", "output"], on: master.rawValue, in: place)
      _ = try await job.expectSuccess()
      #expect(try await Shell.run("ls output/trips | grep -c parquet", [], in: place.folder) == "24\n")
      try await check("forHire", place)
      try await place.expectNothingLeft(of: job)
    }
  }
}
