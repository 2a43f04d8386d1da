import DirectRuntime
import FlintCore
@testable import FlintDatasets
import FlintSystem
import FlintTasks
import TestFolders
import Testing

@testable import FlintSQL

/// Frames become files, which DuckDB reads.
@Suite("Writers of frames")
struct WriterTests {
  struct Trip: Sendable {
    var zone: Int32
    var day: String?
    var fare: Double
  }

  private static let trips = [
    Trip(zone: 1, day: "mon", fare: 10), Trip(zone: 1, day: "tue/2", fare: 2.5), Trip(zone: 2, day: "mon", fare: 4),
    Trip(zone: 2, day: nil, fare: 8), Trip(zone: 3, day: "tue/2", fare: 16),
  ]

  private func withTrips(_ body: (DataFrame, Session, DirectRuntime, FilePath) async throws -> Void) async throws {
    try await TemporaryFolder.use { folder in
      try await DirectRuntime.use { (session, runtime) async throws in
        try await body(session.parallelize(Self.trips, partitions: 2).toDF(), session, runtime, folder)
        #expect(try await runtime.context.files.list(folder).allSatisfy { !$0.hasPrefix(".flint") })
      }
    }
  }

  /// What DuckDB answers, as texts.
  private func duck(_ queries: String...) async throws -> [[[String]]] {
    try await DuckDB.answers([], queries).map { answer in
      switch answer {
      case .rows(let rows): rows.map { $0.map(\.description) }
      case .failure(let reason): throw FlintError(.invalidArgument, reason)
      }
    }
  }

  @Test("files of all formats, compressed and with options")
  func formats() async throws {
    try await withTrips { (trips, session, runtime, folder) async throws in
      try await trips.write.parquet("\(folder)/parquet")
      try await trips.write.option("compression", "zstd").parquet("\(folder)/zstd")
      try await trips.write.option("header", "true").option("sep", ";").option("compression", "gzip")
        .csv("\(folder)/csv")
      try await trips.write.json("\(folder)/json")
      try await trips.select("day").write.text("\(folder)/text")
      let all = try await duck(
        "select count(*), sum(fare), count(day) from read_parquet('\(folder)/parquet/*.parquet')",
        "select count(*), sum(fare), count(day) from read_parquet('\(folder)/zstd/*.zstd.parquet')",
        "select count(*), sum(fare), count(day) from read_csv('\(folder)/csv/*.csv.gz', delim=';', header=true)",
        "select count(*), sum(fare), count(day) from read_json('\(folder)/json/*.json')",
        "select count(*) from read_csv('\(folder)/text/*.txt', header=false, columns={'a': 'varchar'})")
      for answer in all[..<4] { #expect(answer == [["i5", "40.5", "i4"]]) }
      #expect(try await session.read.text("\(folder)/text").count() == 5)
      #expect(try await session.read.option("header", "true").option("sep", ";").csv("\(folder)/csv").count() == 5)
      #expect(runtime.record.metrics.rowsWritten >= 25)
      #expect(runtime.record.metrics.bytesWritten > 0)
      let codec = await #expect(throws: FlintError.self) {
        try await trips.write.option("compression", "zip").csv("\(folder)/x")
      }
      #expect(codec?.code == .invalidArgument && codec?.location != nil)
      let option = await #expect(throws: FlintError.self) {
        try await trips.write.option("heading", "true").csv("\(folder)/x")
      }
      #expect(option?.code == .invalidArgument)
      let text = await #expect(throws: FlintError.self) { try await trips.write.text("\(folder)/x") }
      #expect(text?.code == .invalidArgument)
      #expect(try await runtime.context.files.status(of: folder / "x") == nil)
    }
  }

  @Test("what is there already decides by the mode")
  func modes() async throws {
    try await withTrips { (trips, session, runtime, folder) async throws in
      let path = "\(folder)/out"
      func rows() async throws -> [[Literal]] {
        try await session.read.parquet(path).agg("count(*)", "sum(fare)").collect().map(\.values)
      }
      try await trips.write.mode(.append).parquet(path)
      let there = await #expect(throws: FlintError.self) { try await trips.write.parquet(path) }
      #expect(there?.code == .fileExists && there?.location != nil)
      try await trips.write.mode(.ignore).parquet(path)
      #expect(try await rows() == [[.int64(5), .double(40.5)]])
      let before = try await runtime.context.files.list(folder / "out")
      try await trips.limit(1).write.mode(.append).parquet(path)
      #expect(try await rows() == [[.int64(6), .double(50.5)]])
      #expect(try await Set(runtime.context.files.list(folder / "out")).isSuperset(of: before))
      let lines = try await OutputManifest.lines(of: folder / "out" / "_SUCCESS", files: runtime.context.files) ?? []
      #expect(
        try await lines.map(\.name).sorted()
          == runtime.context.files.list(folder / "out").filter { $0.hasPrefix("part") }.sorted())
      try await trips.filter("zone = 3").write.mode(.overwrite).parquet(path)
      #expect(try await rows() == [[.int64(1), .double(16)]])
      // A frame may even be written over what it reads.
      try await session.read.parquet(path).union(trips).write.mode(.overwrite).parquet(path)
      #expect(try await rows() == [[.int64(6), .double(56.5)]])
      let failing = udf { (fare: Double) throws -> Double in
        if fare > 9 { throw FlintError(.invalidArgument, "too dear") } else { fare }
      }
      for mode in [SaveMode.append, .overwrite] {
        await #expect(throws: FlintError.self) {
          try await trips.withColumn("fare", failing(col("fare"))).write.mode(mode).parquet(path)
        }
      }
      #expect(try await rows() == [[.int64(6), .double(56.5)]])
    }
  }

  @Test("folders are named after values, and only those with new rows go")
  func folders() async throws {
    try await withTrips { (trips, session, runtime, folder) async throws in
      let path = "\(folder)/out"
      func sums() async throws -> [[Literal]] {
        try await session.read.parquet(path).groupBy("zone").agg("sum(fare)").orderBy("zone").collect().map(\.values)
      }
      try await trips.write.partitionBy("zone", "DAY").parquet(path)
      #expect(try await runtime.context.files.list(folder / "out") == ["_SUCCESS", "zone=1", "zone=2", "zone=3"])
      let read = try await duck(
        "select zone, day, sum(fare) from read_parquet('\(path)/*/*/*.parquet', hive_partitioning=true) group by all order by 1, 3"
      )
      #expect(
        read[0].map { [$0[0], $0[2]] } == [
          ["i1", "2.5"], ["i1", "10.0"], ["i2", "4.0"], ["i2", "8.0"], ["i3", "16.0"],
        ])
      #expect(try await session.read.parquet(path).filter("day is null").count() == 1)
      #expect(try await session.read.parquet(path).filter("day = 'tue/2'").count() == 2)
      // Beside what is there.
      try await trips.filter("zone = 3").write.mode(.append).partitionBy("zone", "day").parquet(path)
      #expect(try await sums().map { $0[1] } == [.double(12.5), .double(12), .double(32)])
      // In the place of some folders.
      _ = try await session.sql("SET flint.sql.sources.partitionOverwriteMode = dynamic")
      let changed = trips.filter("zone >= 2 and day is not null").withColumn("zone", "zone + 1").withColumn(
        "fare", "1.0D")
      try await changed.write.mode(.overwrite).partitionBy("zone", "day").parquet(path)
      let names = try await OutputManifest.lines(of: folder / "out" / "_SUCCESS", files: runtime.context.files) ?? []
      #expect(Set(names.map { $0.name.prefix(6) }) == ["zone=1", "zone=2", "zone=3", "zone=4"])
      #expect(
        try await sums() == [
          [.int32(1), .double(12.5)], [.int32(2), .double(12)], [.int32(3), .double(33)], [.int32(4), .double(1)],
        ])
      _ = try await session.sql("SET flint.sql.sources.partitionOverwriteMode = static")
      try await changed.write.mode(.overwrite).partitionBy("zone", "day").parquet(path)
      #expect(try await sums() == [[.int32(3), .double(1)], [.int32(4), .double(1)]])
      try await trips.write.partitionBy("zone").option("header", "true").csv("\(folder)/csv")
      #expect(
        try await duck("select sum(zone) from read_csv('\(folder)/csv/*/*.csv', header=true, hive_partitioning=true)")[
          0]
          == [["i9"]])
    }
  }

  @Test("an output that cannot get its place takes its first files back")
  func rollback() async throws {
    try await withTrips { (trips, session, runtime, folder) async throws in
      let files = runtime.context.files
      let path = "\(folder)/out"
      try await trips.filter("zone = 1").write.partitionBy("zone").parquet(path)
      // A file where a folder should be.
      let obstacle = try await files.open(folder / "out" / "zone=3", .createNew)
      try await obstacle.close()
      let before = try await files.list(folder / "out" / "zone=1")
      await #expect(throws: FlintError.self) {
        try await trips.write.mode(.append).partitionBy("zone").parquet(path)
      }
      #expect(try await files.list(folder / "out" / "zone=1") == before)
      #expect(try await files.list(folder / "out") == ["_SUCCESS", "zone=1", "zone=3"])
      try await files.remove(folder / "out" / "zone=3")
      #expect(try await session.read.parquet(path).count() == 2)
    }
  }

  @Test("a second try at a task takes the place of the first, and doubles nothing")
  func tries() async throws {
    try await withTrips { (_, session, runtime, folder) async throws in
      let files = runtime.context.files
      let path = "\(folder)/out"
      for (mode, count) in [(OutputMode.new, 2), (.adding, 4), (.replacingFolders, 2)] {
        let site = OperatorSite("write", #fileID, #line)
        let rows = session.range(0..<4, partitions: 2)
        let job = try OutputJob(
          path, suffix: ".txt", partitionCount: 2, mode: mode, hasFolders: true, site, context: runtime.context)
        let parts = try await job.run(session, rows.lineage) { staged in ResultFactory { SecondTry(staged) } }
        #expect(parts.map(\.rows) == [2, 2])
        let names = try await files.list(folder / "out" / "a=1").filter { !$0.hasPrefix("_") }
        #expect(names.count == count)
        for name in names {
          let file = try await files.open(folder / "out" / "a=1" / name, .read)
          #expect(try await file.read(count: 100, at: 0) == Array("second".utf8))
          try await file.close()
        }
        #expect(try await OutputManifest.lines(of: folder / "out" / "_SUCCESS", files: files)?.count == count)
      }
    }
  }

  @Test("what cannot name folders is refused before anything runs")
  func refused() async throws {
    try await withTrips { (trips, _, runtime, folder) async throws in
      let wrong: [(DataFrameWriter, FlintError.Code)] = [
        (trips.write.partitionBy("zon"), .unknownName), (trips.write.partitionBy("fare"), .invalidArgument),
        (trips.write.partitionBy("zone", "day", "zone", "fare"), .invalidArgument),
        (trips.select("fair").write, .unknownName),
      ]
      for (writer, code) in wrong {
        let error = await #expect(throws: FlintError.self) { try await writer.parquet("\(folder)/out") }
        #expect(error?.code == code && error?.location != nil)
      }
      #expect(runtime.record.jobs == 0)
    }
  }
}
