import DirectRuntime
import FlintCore
import FlintDatasets
import Testing

@testable import FlintSQL

/// Expressions that Swift builds, and functions of the program.
@Suite("Expressions in Swift")
struct BuilderTests {
  struct Ride: Sendable {
    var base: String?
    var miles: Double
    var seconds: Int32?
  }

  private static let rides = [
    Ride(base: "B02510", miles: 2, seconds: 600), Ride(base: "B1", miles: 12.5, seconds: nil),
    Ride(base: nil, miles: 0, seconds: 30),
  ]

  private func withRides(_ body: (DataFrame, Session) async throws -> Void) async throws {
    try await DirectRuntime.use { session, _ in
      try await body(session.parallelize(Self.rides, partitions: 2).toDF(), session)
    }
  }

  @Test("they say the same as SQL", arguments: Self.pairs.indices)
  func expressions(index: Int) async throws {
    let (built, text) = Self.pairs[index]
    try await withRides { (rides, _) async throws in
      let both = rides.select(built.as("one"), expr(text).as("other")).collect
      for row in try await both(#fileID, #line) { #expect(row[0] == row[1], "\(text)") }
    }
  }

  private static let pairs: [(Column, String)] = [
    (col("miles") > 1 && !(col("seconds") < 100), "miles > 1 and not seconds < 100"),
    (col("miles") * 2 + col("seconds") / 60 - 1, "miles * 2 + seconds / 60 - 1"),
    (-col("miles") % 3, "-miles % 3"),
    (col("base") == "B1" || col("base").isNull(), "base = 'B1' or base is null"),
    (col("base").eqNullSafe(lit("B1")), "base <=> 'B1'"),
    (col("seconds").isIn([30, 600]), "seconds in (30, 600)"),
    (col("miles").between(1, 5.5), "miles between 1 and 5.5"),
    (col("base").like("B_25%"), "base like 'B_25%'"),
    (col("base").startsWith("B0"), "startswith(base, 'B0')"),
    (col("base").substr(2, 3), "substring(base, 2, 3)"),
    (
      when(col("miles") > 10, lit("far")).when(col("miles") > 1, lit("near")).otherwise(lit("none")),
      "case when miles > 10 then 'far' when miles > 1 then 'near' else 'none' end"
    ),
    (col("seconds").cast("string"), "cast(seconds as string)"),
    (coalesce(col("base"), lit("?")), "coalesce(base, '?')"),
    (concat(upper(col("base")), lit("-"), lower(col("base"))), "concat(upper(base), '-', lower(base))"),
    (round(sqrt(col("miles")), 2), "round(sqrt(miles), 2)"),
    (greatest(col("miles"), lit(3.5)), "greatest(miles, 3.5D)"),
    (array(col("miles"), lit(1.0)).getItem(1), "array(miles, 1.0D)[1]"),
    (dateTrunc("month", toTimestamp(lit("2020-02-29 10:00:00"))), "timestamp '2020-02-01 00:00:00'"),
    (datediff(toDate(lit("2020-03-01")), toDate(lit("2020-02-01"))), "29"),
  ]

  @Test("aggregates and orders")
  func aggregates() async throws {
    try await withRides { (rides, _) async throws in
      let all = rides.agg(
        count("*").as("n"), count("seconds").as("known"), sum("miles").as("miles"), avg("seconds").as("mean"),
        min("base").as("least"), max("miles").as("most"), countDistinct("base").as("bases"))
      #expect(
        try await all.collect()[0].values == [
          .int64(3), .int64(2), .double(14.5), .double(315), .string("B02510"), .double(12.5), .int64(2),
        ])
      let groups = rides.groupBy(col("miles") > 1).agg(sum("miles").as("m")).orderBy(col("m").desc())
      #expect(try await groups.collect().map { $0["m"] } == [.double(14.5), .double(0)])
      #expect(
        try await rides.groupBy("base").max("miles").orderBy(col("base").descNullsFirst()).collect()[0][0] == .null)
    }
  }

  @Test("properties of rows are columns of their types")
  func properties() async throws {
    struct Inner: Sendable { var x: Int32 }
    struct Outer: Sendable {
      var inner: Inner
      var twice: Int32 { inner.x * 2 }
    }
    try await withRides { (rides, session) async throws in
      let far = rides.filter(col(\Ride.miles) > 1 && col(\Ride.base) != "B1").select(
        col(\Ride.miles) * 2 + 1, col(\Ride.seconds).as("s"), sqrt(col(\Ride.miles)))
      #expect(try await far.collect().map(\.values) == [[.double(5), .int32(600), .double(2.0.squareRoot())]])
      let outer = session.parallelize([Outer(inner: Inner(x: 3))], partitions: 1).toDF()
      #expect(try await outer.select(col(\Outer.inner.x)).collect()[0][0] == .int32(3))
      let computed = await #expect(throws: FlintError.self) { try await outer.select(col(\Outer.twice)).collect() }
      #expect(computed?.code == .unsupportedType && computed?.location != nil)
    }
  }

  @Test("functions of the program see rows with values only, and capture what they need")
  func functions() async throws {
    try await withRides { (rides, session) async throws in
      let prefix = "B02"
      let isLarge = udf { (base: String) in base.hasPrefix(prefix) }
      let speed = udf("speed") { (miles: Double, seconds: Int32?) -> Double? in
        seconds.map { miles * 3600 / Double($0) }
      }
      let frame = rides.select(isLarge(col("base")).as("large"), speed(col("miles"), col("seconds")).as("speed"))
      #expect(
        try await frame.collect().map(\.values) == [
          [.boolean(true), .double(12)], [.boolean(false), .null], [.null, .double(0)],
        ])
      // In conditions, keys and aggregates of several stages.
      #expect(try await rides.filter(isLarge(col("base"))).count() == 1)
      let groups = rides.groupBy(isLarge(col("base")).as("large")).agg(sum(speed(col("miles"), lit(3600))).as("s"))
      #expect(try await groups.orderBy("large").collect().map { $0["s"] } == [.double(0), .double(12.5), .double(2)])
      #expect(try await rides.repartition(2).dropDuplicates("base").filter(isLarge(col("base"))).count() == 1)
      try session.register("isLarge", isLarge)
      rides.createOrReplaceTempView("rides")
      #expect(try await session.sql("select count(*) from rides where ISLARGE(base)").collect()[0][0] == .int64(1))
      #expect(throws: FlintError.self) { try session.register("upper", isLarge) }
    }
  }

  @Test("what is wrong with functions of the program is told with their line")
  func wrongFunctions() async throws {
    struct TooFar: Error {}
    try await withRides { (rides, _) async throws in
      let line = #line + 1
      let failing = udf("near") { (miles: Double) throws -> Double in if miles > 10 { throw TooFar() } else { miles } }
      let thrown = await #expect(throws: FlintError.self) { try await rides.select(failing(col("miles"))).collect() }
      #expect(thrown?.code == .userCode && thrown?.location?.line == line)
      // Rows that do not count are not seen.
      #expect(try await rides.filter("miles < 10").select(failing(col("miles"))).collect().count == 2)
      #expect(try await rides.select(when(col("miles") < 10, failing(col("miles")))).collect().count == 3)
      let count = await #expect(throws: FlintError.self) { try await rides.select(failing()).validate() }
      #expect(count?.code == .invalidQuery)
      let type = await #expect(throws: FlintError.self) {
        try await rides.select(failing(array(col("miles")))).validate()
      }
      #expect(type?.code == .typeMismatch)
      let unsupported = udf { (value: [String: Int]) in value.count }
      let refused = await #expect(throws: FlintError.self) {
        try await rides.select(unsupported(col("miles"))).validate()
      }
      #expect(refused?.code == .unsupportedType)
    }
  }

  @Test("errors of expressions are kept until they are asked for")
  func wrongExpressions() async throws {
    try await withRides { (rides, _) async throws in
      let wrong: [(Column, FlintError.Code)] = [
        (col("mils"), .unknownName), (expr("1 +"), .invalidQuery), (col("miles").cast("number"), .invalidArgument),
        ((col("miles") + 1).over(Window.partitionBy("base")), .invalidQuery),
        (col("miles").otherwise(lit(1)), .invalidQuery),
        (col("miles") && col("miles"), .typeMismatch),
      ]
      for (column, code) in wrong {
        let line = #line + 1
        let frame = rides.select(column)
        let error = await #expect(throws: FlintError.self) { try await frame.limit(1).select("*").schema() }
        #expect(error?.code == code && error?.location != nil, "\(column)")
        #expect((error?.location?.line ?? 0) <= line)
      }
    }
  }
}
