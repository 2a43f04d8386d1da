import FlintColumns
import FlintCore
import FlintFormats
import FlintSystem
import TestFolders
import Testing

@testable import FlintSQL

/// Data frames and statements over files of Parquet.
@Suite("Data frames")
struct DataFrameTests {
  private let memory = ColumnMemory(budget: MemoryBudget(limit: .mebibytes(64)))

  /// A context, and a folder with two files of trips.
  private func withTrips(_ body: (SQLContext, FilePath) async throws -> Void) async throws {
    try await TemporaryFolder.use { folder in
      let files = SystemFileSystem(threads: try FileThreads(count: 1))
      let schema = Schema([
        Field("zone", .int32), Field("fare", .double), Field("kind", .string), Field("at", .timestamp),
      ])
      for part in 0..<2 as Range<Int32> {
        let zones = try ValueBuilder<Int32>(.int32, capacity: 4, memory)
        let fares = try ValueBuilder<Double>(.double, capacity: 4, memory)
        let kinds = try TextBuilder(.string, capacity: 4, memory)
        let times = try ValueBuilder<Int64>(.timestamp, capacity: 4, memory)
        for row in 0..<4 as Range<Int32> {
          try zones.append(row % 3 + 1)
          if row == 3 { try fares.appendNull() } else { try fares.append(Double(row + part) + 0.5) }
          try kinds.append(part == 0 ? "green" : "yellow")
          try times.append(1_577_836_800_000_000 + Int64(row) * 86_400_000_000)
        }
        let columns = [try zones.finish(), try fares.finish(), try kinds.finish(), try times.finish()]
        let file = try await files.open(folder / "part-\(part).parquet", .createNew)
        let writer = try ParquetWriter(file, schema, memory: memory)
        try await writer.write(Batch(schema, columns, length: 4))
        _ = try await writer.finish()
        try await file.close()
      }
      try await body(SQLContext(files: files, memory: memory), folder)
    }
  }

  @Test("frames are read, transformed, joined and shown")
  func frames() async throws {
    try await withTrips { context, folder in
      let trips = context.read.parquet("\(folder)/part-*.parquet")
      #expect(try await trips.count() == 8)
      #expect(try await trips.schema().fields.map(\.name) == ["zone", "fare", "kind", "at"])
      let report = trips.where("fare > 0").groupBy("zone").agg("sum(fare) AS revenue", "count(*) AS n")
        .orderBy("revenue DESC")
      #expect(
        try await report.collect().map(\.values) == [
          [.int32(3), .double(6), .int64(2)], [.int32(2), .double(4), .int64(2)], [.int32(1), .double(2), .int64(2)],
        ])
      let named = trips.withColumnRenamed("fare", "amount").withColumn("double", "amount * 2").drop(
        "at", "kind")
      #expect(try await named.schema().fields.map(\.name) == ["zone", "amount", "double"])
      let joined = report.join(trips.select("zone", "kind").distinct(), using: ["zone"]).where("zone = 1")
      #expect(try await joined.count() == 2)
      #expect(try await trips.union(trips).unionByName(trips).count() == 24)
      #expect(try await trips.alias("a").join(trips.alias("b"), on: "a.zone = b.zone AND a.fare < b.fare").count() == 3)
      let shown = try await report.limit(2).shown(1)
      #expect(
        shown == """
          +----+-------+---+
          |zone|revenue|  n|
          +----+-------+---+
          |   3|    6.0|  2|
          +----+-------+---+
          only showing top 1 row

          """)
      #expect(try await report.schemaTree().hasPrefix("root\n |-- zone: integer (nullable = true)\n"))
    }
  }

  @Test("statements name views, change settings and explain")
  func statements() async throws {
    try await withTrips { context, folder in
      context.read.parquet("\(folder)").createOrReplaceTempView("trips")
      _ = try await context.sql("create temp view green as select zone, fare from Trips where kind = 'green'")
      let rows = try await context.sql("select max(fare) as m from green g where g.zone < 3").collect()
      #expect(rows.map { $0["M"] } == [.double(1.5)])
      let files = try await context.sql("select count(*) from parquet.`\(folder)/part-1.parquet`").collect()
      #expect(files[0][0] == .int64(4))
      let text = try await context.sql("explain select zone from trips where fare > 1").collect()
      guard case .string(let plan) = text[0][0] else {
        Issue.record("no plan")
        return
      }
      #expect(plan.contains("where fare > 1.0"))
      _ = try await context.sql("set flint.sql.ansi.enabled = false")
      #expect(try await context.sql("select 1 / 0 is null").collect()[0][0] == .boolean(true))
      _ = try await context.sql("set time zone 'America/New_York'")
      #expect(try await context.sql("select hour(timestamp '2020-01-01 12:00:00')").collect()[0][0] == .int32(12))
      #expect(
        try await context.sql("select hour(from_utc_timestamp(timestamp '2020-01-01 12:00:00', 'Europe/Berlin'))")
          .collect()[0][0] == .int32(13))
      _ = try await context.sql("reset")
      #expect(try await context.sql("set flint.sql.session.timeZone").collect()[0][1] == .string("UTC"))
      _ = try await context.sql("drop view green")
      await #expect(throws: FlintError.self) { try await context.sql("select * from green") }
    }
  }

  @Test("what does not fit is told with its place")
  func errors() async throws {
    try await withTrips { context, folder in
      let trips = context.read.parquet("\(folder)")
      let line = #line + 1
      let wrong = trips.select("fair")
      let column = await #expect(throws: FlintError.self) { try await wrong.collect() }
      #expect(column?.code == .unknownName && column?.remedy == "did you mean fare?")
      #expect(column?.why?.contains("line 1, column 1 of the query\nfair\n^^^^") == true)
      #expect(column?.location?.line == line)
      let unread = trips.where("fare >").select("zone")
      let syntax = await #expect(throws: FlintError.self) { try await unread.validate() }
      #expect(syntax?.code == .invalidQuery && syntax?.location?.file.hasSuffix("DataFrameTests.swift") == true)
      let missing = context.read.parquet("\(folder)/nothing/*.parquet")
      let path = await #expect(throws: FlintError.self) { try await missing.count() }
      #expect(path?.code == .fileNotFound && path?.location?.line ?? 0 > line)
      let setting = await #expect(throws: FlintError.self) { try await context.sql("set flint.sql.ansi.enable = true") }
      #expect(setting?.code == .unknownSetting && setting?.remedy == "did you mean flint.sql.ansi.enabled?")
      let value = await #expect(throws: FlintError.self) { try await context.sql("set flint.sql.ansi.enabled = maybe") }
      #expect(value?.code == .invalidSetting)
      let view = await #expect(throws: FlintError.self) { try await context.sql("select * from trip") }
      #expect(view?.code == .unknownName)
    }
  }
}
