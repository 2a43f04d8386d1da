import Flint

/// Every operator of the typed API once, as a user writes it. What each gives is printed, a line each.
extension JobProbe {
  struct Trip: Sendable {
    var zone: Int
    var fare: Double
    var distance: Double
  }

  static func operators(_ flint: Session, _ options: Options) async throws {
    try await sources(flint)
    try await transformations(flint)
    try await keyed(flint)
    try await joins(flint)
    try await orders(flint)
    try await actions(flint)
    try await shared(flint, options.output ?? "output")
  }

  private static func show(_ name: String, _ value: some Any) { print("\(name): \(value)") }

  private static func sources(_ flint: Session) async throws {
    show("parallelize", try await flint.parallelize(["a", "b", "c"], partitions: 2).collect())
    show("range", try await flint.range(0..<10, by: 3).collect())
    show("textFile", try await flint.textFile("input/*.txt").collect())
    show("textFile gz", try await flint.textFile("input/packed/a.gz").collect())
    show("textFile zst", try await flint.textFile("input/packed/b.zst").collect())
    show("textFile slash", try await flint.textFile("input/*/").count())
    show("binaryFiles", try await flint.binaryFiles("input/one.txt").map { $0.1.count }.collect())
    show("words", try await flint.textFile("input/one.txt").words().collect())
    show("fields", try await flint.textFile("input/two.txt").fields(",", columns: [1]).collect())
    show("records", try await flint.records("input/two.txt", length: 4) { $0[0] }.collect())
  }

  private static func transformations(_ flint: Session) async throws {
    let numbers = flint.range(1..<7, partitions: 3)
    show("map", try await numbers.map { $0 * 2 }.collect())
    show("filter", try await numbers.filter { $0 % 2 == 0 }.collect())
    show("flatMap", try await numbers.flatMap { Array(repeating: $0, count: $0 % 3) }.collect())
    show("compactMap", try await numbers.compactMap { $0 > 4 ? "\($0)" : nil }.collect())
    show("mapPartitions", try await numbers.mapPartitions { rows in [rows.reduce(0, +)] }.collect())
    let waiting = numbers.mapPartitions { rows in
      await Task.yield()
      return rows.map { $0 + 1 }
    }
    show("mapPartitions async", try await waiting.collect())
    let sums = numbers.mapPartitions { rows in
      await Task.yield()
      return rows.batches.map { [$0.reduce(0, +)] }
    }
    show("mapPartitions batches", try await sums.collect())
    show("mapPartitionsWithIndex", try await numbers.mapPartitionsWithIndex { [$0 * 100 + $1.count] }.collect())
    show("union", try await numbers.union(flint.range(7..<9)).collect())
    show("distinct", try await numbers.map { $0 % 3 }.distinct().collect().sorted())
    show("sample", try await numbers.sample(1).count())
    show("zipWithIndex", try await numbers.zipWithIndex().map { $0.0 * 10 + $0.1 }.collect())
    show("repartition", try await numbers.repartition(2).collect().sorted())
    show("coalesce", try await numbers.coalesce(1).collect())
  }

  private static func keyed(_ flint: Session) async throws {
    let pairs = flint.range(1..<7, partitions: 3).keyBy { $0 % 2 }
    show("keyBy", try await pairs.map { "\($0.0):\($0.1)" }.collect())
    show("mapValues", try await pairs.mapValues { $0 * 10 }.values().collect())
    show("keys", try await pairs.keys().collect())
    show("values", try await pairs.values().collect())
    show("reduceByKey", try await sorted(pairs.reduceByKey(+)))
    show(
      "aggregateByKey",
      try await sorted(
        pairs.aggregateByKey(100) {
          $0 += $1
        } merge: {
          $0 += $1 - 100
        }))
    let combined = pairs.combineByKey(create: { $0 }, add: { $0 += $1 }, merge: { $0 += $1 })
    show("combineByKey", try await sorted(combined))
    show("groupByKey", try await sorted(pairs.groupByKey().mapValues { $0.sorted().count }))
    show("countByKey", try await pairs.countByKey().sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" })
    show("partitionBy", try await pairs.partitionBy(2).count())
    let composite = pairs.map { (($0.0, $0.1 > 3), 1) }.reduceByKey(+)
    show("composite keys", try await composite.map { "\($0.0.0)\($0.0.1)\($0.1)" }.collect().sorted())
    let trips = flint.parallelize([
      Trip(zone: 1, fare: 2, distance: 4), Trip(zone: 1, fare: 3, distance: 6), Trip(zone: 2, fare: 5, distance: 1),
    ])
    let figures = trips.grouped { $0.zone }.aggregate(.sum(\.fare), .average(\.distance), .count)
    show("grouped", try await figures.collect().sorted { $0.0 < $1.0 }.map { "\($0.0) \($0.1)" })
    show("sorted", try await trips.sorted(by: \.fare, descending: true).map { $0.fare }.collect())
  }

  private static func sorted(_ pairs: Dataset<(Int, Int)>) async throws -> [String] {
    try await pairs.collect().sorted { $0.0 < $1.0 }.map { "\($0.0):\($0.1)" }
  }

  private static func joins(_ flint: Session) async throws {
    let left = flint.parallelize([(1, "a"), (2, "b")], partitions: 2)
    let right = flint.parallelize([(2, "x"), (3, "y")], partitions: 2)
    show("join", try await left.join(right).map { "\($0.0)\($0.1.0)\($0.1.1)" }.collect().sorted())
    let outer = left.leftOuterJoin(right).map { "\($0.0)\($0.1.0)\($0.1.1 ?? "-")" }
    show("leftOuterJoin", try await outer.collect().sorted())
    let rightOuter = left.rightOuterJoin(right).map { "\($0.0)\($0.1.0 ?? "-")\($0.1.1)" }
    show("rightOuterJoin", try await rightOuter.collect().sorted())
    let full = left.fullOuterJoin(right).map { "\($0.0)\($0.1.0 ?? "-")\($0.1.1 ?? "-")" }
    show("fullOuterJoin", try await full.collect().sorted())
    show("subtractByKey", try await left.subtractByKey(right).keys().collect())
    let groups = left.cogroup(right).map { "\($0.0) \($0.1.0.count) \($0.1.1.count)" }
    show("cogroup", try await groups.collect().sorted())
  }

  private static func orders(_ flint: Session) async throws {
    let numbers = flint.parallelize([5, 3, 9, 1], partitions: 2)
    show("sortBy", try await numbers.sortBy { -$0 }.collect())
    show("sortByKey", try await numbers.keyBy { $0 }.sortByKey().values().collect())
    show("top", try await numbers.top(2))
    show("min", try await numbers.min() ?? 0)
    show("max", try await numbers.max() ?? 0)
  }

  private static func actions(_ flint: Session) async throws {
    let numbers = flint.range(1..<7, partitions: 3)
    show("count", try await numbers.count())
    show("take", try await numbers.take(4))
    show("first", try await numbers.first() ?? 0)
    show("reduce", try await numbers.reduce(+) ?? 0)
    show("fold", try await numbers.fold(0, +))
    show(
      "aggregate",
      try await numbers.aggregate("") {
        $0 += "\($1)"
      } merge: {
        $0 += $1
      })
    let seen = try flint.sum(of: Int.self)
    try await numbers.foreach { seen.add($0) }
    show("foreach", seen.value)
    try await numbers.foreachPartition { rows in
      for try await row in rows { seen.add(row) }
    }
    show("foreachPartition", seen.value)
    var rows: [Int] = []
    for try await row in numbers.rows() { rows.append(row) }
    show("rows", rows)
  }

  private static func shared(_ flint: Session, _ output: String) async throws {
    let names = try await flint.broadcast([1: "one", 2: "two"])
    show("broadcast", try await flint.range(1..<4).map { names.value[$0] ?? "many" }.collect())
    let kept = flint.range(0..<5).persist(.memoryOnly)
    show("persist", [try await kept.count(), try await kept.count()])
    kept.unpersist()
    try kept.validate()
    let written = try await flint.range(0..<5).checkpoint(output + "/checkpoint")
    show("checkpoint", try await written.collect())
    try await written.map { "\($0)" }.saveAsTextFile(output + "/text", compression: .gzip)
    show("saveAsTextFile", try await flint.textFile(output + "/text").collect())
  }
}
