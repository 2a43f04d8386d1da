import DirectRuntime
import FlintCore
import FlintDatasets
import Testing

@testable import FlintSQL

/// What people write with data frames, computed by jobs.
@Suite("Verbs of data frames")
struct VerbTests {
  struct Trip: Sendable, Equatable {
    var zone: Int32
    var kind: String?
    var fare: Double?
    var tags: [String]
  }

  struct Zone: Sendable {
    var zone: Int32
    var name: String
  }

  private static let trips = [
    Trip(zone: 1, kind: "green", fare: 10, tags: ["a", "b"]),
    Trip(zone: 1, kind: "green", fare: nil, tags: []),
    Trip(zone: 2, kind: "yellow", fare: 7.5, tags: ["c"]),
    Trip(zone: 2, kind: nil, fare: .nan, tags: ["a"]),
    Trip(zone: 3, kind: "yellow", fare: -2, tags: []),
  ]

  private func withTrips(_ body: (DataFrame, Session) async throws -> Void) async throws {
    try await DirectRuntime.use { session, _ in
      try await body(session.parallelize(Self.trips, partitions: 2).toDF(), session)
    }
  }

  private func values(_ frame: DataFrame) async throws -> [[Literal]] { try await frame.collect().map(\.values) }

  @Test("columns are added, changed, renamed, cast and dropped")
  func columns() async throws {
    try await withTrips { (trips, _) async throws in
      let frame = trips.filter("fare = 10").drop("tags", "none").withColumnRenamed("zone", "Place").cast(
        "fare", to: "int"
      )
      .withColumns(["place": "place + 1", "wide": "length(kind)"]).filter("wide > 1")
      #expect(try await frame.columns() == ["place", "kind", "fare", "wide"])
      #expect(try await values(frame) == [[.int32(2), .string("green"), .int32(10), .int32(5)]])
      let named = trips.select("zone", "kind").toDF("a", "b").withColumnsRenamed(["a": "x", "b": "y"])
      #expect(try await named.columns() == ["x", "y"])
      let numbered = trips.withColumn("n", rowNumber().over(Window.partitionBy("zone").orderBy(col("fare").desc())))
      #expect(try await numbered.filter("n = 1 and zone = 1").collect()[0]["fare"] == .double(10))
      await #expect(throws: FlintError.self) { try await trips.drop("zone", "kind", "fare", "tags").validate() }
      await #expect(throws: FlintError.self) { try await trips.toDF("one").validate() }
    }
  }

  @Test("missing values are filled and dropped")
  func missing() async throws {
    try await withTrips { (trips, _) async throws in
      let plain = trips.drop("tags")
      #expect(try await plain.dropna().count() == 3)
      #expect(try await plain.dropna("all", ["kind", "fare"]).count() == 4)
      #expect(try await plain.dropna(threshold: 3).count() == 3)
      #expect(try await plain.fillna(0).filter("fare = 0").count() == 2)
      #expect(try await plain.fillna("none", ["kind"]).filter("kind = 'none'").count() == 1)
      #expect(try await plain.fillna(1, ["kind"]).filter("kind is null").count() == 1)
      await #expect(throws: FlintError.self) { try await plain.fillna(1, ["kin"]).validate() }
      await #expect(throws: FlintError.self) { try await plain.dropna("some").validate() }
    }
  }

  @Test("rows are made unique, sampled, dealt and described")
  func rows() async throws {
    try await withTrips { (trips, session) async throws in
      #expect(try await trips.dropDuplicates("zone").count() == 3)
      #expect(try await trips.dropDuplicates("zone", "kind").columns() == ["zone", "kind", "fare", "tags"])
      #expect(try await trips.select("zone").dropDuplicates().count() == 3)
      #expect(try await trips.repartition(3, "zone").count() == 5)
      #expect(try await trips.repartition(4).coalesce(1).count() == 5)
      let many = session.range(0..<2_000, partitions: 3).toDF()
      let some = many.sample(0.3, seed: 7)
      let count = try await some.count()
      #expect((400...800).contains(count))
      #expect(try await some.count() == count)
      await #expect(throws: FlintError.self) { try await many.sample(1.5).validate() }
      await #expect(throws: FlintError.self) { try await many.repartition(0).validate() }
      let measures = try await trips.filter("fare > 0 or fare < 0").filter("not isnan(fare)").describe().collect()
      #expect(measures.map { $0["summary"] } == ["count", "mean", "stddev", "min", "max"].map { .string($0) })
      #expect(measures.map { $0["kind"] } == [.string("3"), .null, .null, .string("green"), .string("yellow")])
      #expect(measures[3]["fare"] == .string("-2.0") && measures[1]["zone"] == .string("2.0"))
      let tags = trips.select("zone", "explode(tags) AS tag").groupBy("tag").count().orderBy("tag")
      #expect(
        try await values(tags) == [
          [.string("a"), .int64(2)], [.string("b"), .int64(1)], [.string("c"), .int64(1)],
        ])
    }
  }

  @Test("frames are joined in all ways")
  func joins() async throws {
    try await withTrips { (trips, session) async throws in
      let zones = session.parallelize(
        [Zone(zone: 1, name: "Airport"), Zone(zone: 9, name: "Harbour")], partitions: 1
      ).toDF()
      let counts = [
        ("inner", 2), ("left", 5), ("right", 3), ("full", 6), ("semi", 2), ("anti", 3), ("left_outer", 5),
      ]
      for (kind, count) in counts {
        #expect(try await trips.join(zones, using: ["zone"], kind).count() == count, "\(kind)")
        let both = trips.alias("t").join(broadcast(zones).alias("z"), on: col("t.zone") == col("z.zone"), kind)
        #expect(try await both.count() == count, "\(kind)")
        let merged = trips.join(zones.hint("merge"), using: ["zone"], kind)
        #expect(try await merged.count() == count, "\(kind)")
        #expect(try await merged.explained().contains("SortMergeJoin \(kind.prefix(4))"))
      }
      #expect(try await trips.crossJoin(zones).count() == 10)
      let hinted = try await trips.join(zones.hint("broadcast"), using: ["zone"]).plan().plan
      #expect("\(hinted)".lowercased().contains("broadcast"))
      let other = zones.select("name", "zone")
      #expect(try await zones.unionByName(other).count() == 4)
      await #expect(throws: FlintError.self) { try await zones.unionByName(trips).validate() }
      #expect(try await zones.unionByName(trips, allowMissingColumns: true).filter("name is null").count() == 5)
      #expect(try await trips.select("zone").intersect(zones.select("zone")).count() == 1)
      #expect(try await trips.select("zone").except(zones.select("zone")).count() == 2)
      let wrong = await #expect(throws: FlintError.self) {
        try await trips.join(zones, using: ["zone"], "outside").validate()
      }
      #expect(wrong?.code == .invalidArgument && wrong?.location != nil)
      let hints = [
        (zones.hint("SHUFFLE_HASH"), "by hash"), (zones.hint("mergejoin").alias("z"), "SortMergeJoin"),
        (zones.hint("merge").hint("broadcast"), "broadcast right"),
        (zones.hint("mapjoin").hint("merge"), "broadcast right"),
      ]
      for (side, way) in hints {
        let plan = try await trips.join(side, using: ["zone"]).explained()
        #expect(plan.contains(way), "\(plan)")
      }
      for (name, remedy) in [
        ("brodcast", "did you mean broadcast?"), ("mergejon", "did you mean mergejoin?"),
        ("spread", "broadcast, merge and shuffle_hash are known"),
      ] {
        let unknown = await #expect(throws: FlintError.self) { try await zones.hint(name).validate() }
        #expect(unknown?.remedy == remedy)
      }
    }
  }

  @Test("a frame is a dataset of a type, and a dataset a frame")
  func typed() async throws {
    struct Paid: Sendable, Equatable {
      var fare: Double?
      var zone: Int64
    }
    try await withTrips { (trips, session) async throws in
      #expect(try await trips.as(Trip.self).filter { $0.zone == 1 }.collect() == Array(Self.trips[..<2]))
      let paid = try await trips.filter("fare > 5 and not isnan(fare)").as(Paid.self)
      let all = try await paid.map { Paid(fare: $0.fare.map { $0 * 2 }, zone: $0.zone + 1) }.toDF().orderBy("zone")
        .collect()
      #expect(all.map(\.values) == [[.double(20), .int64(2)], [.double(15), .int64(3)]])
      #expect(try await session.range(0..<3).toDF("n").agg("sum(n)").collect()[0][0] == .int64(3))
      let missing = await #expect(throws: FlintError.self) { try await trips.drop("fare").as(Paid.self) }
      #expect(missing?.code == .unknownName && missing?.location != nil)
      struct Named: Sendable { var kind: String }
      let empty = await #expect(throws: FlintError.self) { try await trips.as(Named.self).collect() }
      #expect(empty?.code == .layoutMismatch)
      let mixed = await #expect(throws: FlintError.self) {
        try await trips.select("kind AS fare", "zone").as(Paid.self)
      }
      #expect(mixed?.code == .typeMismatch)
    }
  }

  @Test("rows are kept until they are let go")
  func keeping() async throws {
    try await DirectRuntime.use { (session, runtime) async throws in
      let seen = try session.sum(of: Int.self)
      let kept = session.range(0..<10, partitions: 2).map { number in
        seen.add(1)
        return number
      }.toDF().filter("value > 4").cache()
      #expect(try await kept.count() == 5)
      #expect(try await kept.agg("sum(value)").collect()[0][0] == .int64(35))
      #expect(seen.value == 10)
      kept.unpersist()
      #expect(runtime.record.releasedDatasets.count == 1)
      #expect(try await kept.select("value + 1 AS value").union(kept).count() == 10)
    }
  }

  @Test("rows are shown as a table or one below another")
  func showing() async throws {
    try await withTrips { (trips, _) async throws in
      let frame = trips.select("zone", "kind").orderBy("zone", "kind").limit(2)
      #expect(
        try await frame.shown(1, vertical: true) == """
          -RECORD 0----
           zone | 1
           kind | green
          only showing top 1 row

          """)
      #expect(try await frame.select("'a long text of words' AS text").shown(1, width: 8).contains("|a lon...|"))
      #expect(
        try await frame.select("'a long text of words' AS t").shown(2, width: 0).contains("|a long text of words|"))
      #expect(try await frame.first()?["zone"] == .int32(1))
      #expect(try await frame.head(2).count == 2)
      #expect(try await frame.isEmpty() == false)
      #expect(try await frame.filter("zone > 5").isEmpty())
    }
  }
}
