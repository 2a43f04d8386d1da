import DirectRuntime
import FlintCore
import FlintDatasets
import TestFolders
import Testing

@testable import FlintSQL

/// Bad input ends in an error that says what, and where in the query or in the user's program: never in a null that nobody
/// asked for, or in an empty result.
@Suite("Bad input")
struct BadInputTests {
  struct Trip: Sendable {
    var zone: Int32
    var fare: Double
    var text: String
  }

  private func withTrips(_ body: (DataFrame, Session, FilePath) async throws -> Void) async throws {
    try await TemporaryFolder.use { folder in
      try await DirectRuntime.use { (session, _) async throws in
        let rows = [Trip(zone: 1, fare: 2, text: "12"), Trip(zone: Int32.max, fare: 0, text: "x1")]
        let trips = session.parallelize(rows, partitions: 2).toDF()
        trips.createOrReplaceTempView("trips")
        try await body(trips, session, folder)
      }
    }
  }

  @Test("names that are not there, or there twice")
  func names() async throws {
    try await withTrips { (trips, session, _) async throws in
      let line = #line + 1
      let unknown = trips.select(col("zone"), col("fair")).limit(5)
      let column = await #expect(throws: FlintError.self) { try await unknown.collect() }
      #expect(column?.code == .unknownName && column?.remedy == "did you mean fare?" && column?.location?.line == line)
      let inText = await #expect(throws: FlintError.self) { try await session.sql("select zone,\n  fair from trips") }
      #expect(inText?.why?.contains("line 2, column 3 of the query\n  fair from trips\n  ^^^^") == true)
      let twice = trips.alias("a").join(trips.alias("b"), on: "a.zone = b.zone").select("zone")
      let ambiguous = await #expect(throws: FlintError.self) { try await twice.count() }
      #expect(ambiguous?.code == .ambiguousName && ambiguous?.location != nil)
      #expect(ambiguous?.remedy == "write a.zone")
      let table = await #expect(throws: FlintError.self) { try await session.table("trip").count() }
      #expect(table?.code == .unknownName && table?.remedy == "did you mean trips?")
      let function = await #expect(throws: FlintError.self) { try await trips.select("summ(fare)").validate() }
      #expect(function?.remedy == "did you mean sum?")
    }
  }

  @Test("types that do not fit")
  func types() async throws {
    try await withTrips { (trips, session, _) async throws in
      for text in ["zone + date '2020-01-01' + fare", "array(1) > 1", "zone and true", "sum(array(zone))"] {
        let line = #line + 1
        let wrong = trips.agg(text)
        let error = await #expect(throws: FlintError.self) { try await wrong.collect() }
        #expect(error?.code == .typeMismatch && error?.location?.line == line, "\(text) \(String(describing: error))")
        #expect(error?.why?.contains("of the query\n") == true)
      }
      await #expect(throws: FlintError.self) { try await trips.union(trips.drop("text")).validate() }
    }
  }

  @Test(
    "values that have no result",
    arguments: [
      ("zone + 1", FlintError.Code.arithmeticOverflow), ("1 / fare", .divisionByZero),
      ("zone % cast(fare as int)", .divisionByZero),
      ("cast(text as int)", .invalidCast), ("cast(zone as smallint)", .arithmeticOverflow),
      ("to_date(text, 'yyyy-MM-dd')", .invalidCast),
    ])
  func values(text: String, code: FlintError.Code) async throws {
    try await withTrips { (trips, session, _) async throws in
      let written = await #expect(throws: FlintError.self) { try await trips.select("\(text) AS x").collect() }
      #expect(written?.code == code && written?.why?.contains("line 1, column 1 of the query\n\(text)") == true)
      #expect(written?.location != nil)
      let sql = await #expect(throws: FlintError.self) {
        try await session.sql("select \(text) as x from trips").collect()
      }
      #expect(sql?.code == code && sql?.why?.contains("line 1, column 8 of the query") == true)
      // Rows that do not count may hold anything.
      #expect(try await trips.where("zone = 1 and \(text) is not null or true").count() == 2)
      #expect(try await trips.where("zone < 1").select("\(text) AS x").collect().isEmpty)
    }
  }

  @Test("files that are not there, or do not agree")
  func files() async throws {
    try await withTrips { (trips, session, folder) async throws in
      try await trips.write.parquet("\(folder)/same/a")
      try await trips.select("zone", "text AS fare", "text").write.parquet("\(folder)/same/b")
      try await trips.write.option("header", "true").csv("\(folder)/csv")
      let line = #line + 2
      let wrong: [(DataFrame, FlintError.Code)] = [
        (session.read.parquet("\(folder)/missing"), .fileNotFound),
        (session.read.parquet("\(folder)/none*/*.parquet"), .fileNotFound),
        (session.read.csv("\(folder)/same/a", "\(folder)/missing"), .fileNotFound),
        (session.read.parquet("\(folder)/csv"), .corruptData),
        (session.read.option("header", "perhaps").csv("\(folder)/csv"), .invalidArgument),
        (session.read.option("head", "true").csv("\(folder)/csv"), .invalidArgument),
        (session.read.schema("zone number").csv("\(folder)/csv"), .invalidArgument),
        (
          session.read.option("header", "true").option("mode", "failfast").schema("zone int, fare int, text int")
            .csv("\(folder)/csv"), .corruptData
        ),
      ]
      for (index, (frame, code)) in wrong.enumerated() {
        let error = await #expect(throws: FlintError.self) { try await frame.collect() }
        #expect(error?.code == code, "\(index): \(String(describing: error))")
        #expect((error?.location?.line ?? 0) >= line, "\(index)")
      }
      let conflict = await #expect(throws: FlintError.self) {
        try await session.read.option("mergeSchema", "true").parquet("\(folder)/same").collect()
      }
      #expect(
        conflict.map { "\($0)".contains("fare") } == true && conflict?.location != nil,
        "\(String(describing: conflict))")
      await #expect(throws: FlintError.self) {
        try await session.read.parquet("\(folder)/same").agg("sum(fare)").collect()
      }
      let empty = trips.filter("zone < 0")
      try await empty.write.parquet("\(folder)/empty")
      #expect(try await session.read.parquet("\(folder)/empty").columns() == ["zone", "fare", "text"])
    }
  }
}
