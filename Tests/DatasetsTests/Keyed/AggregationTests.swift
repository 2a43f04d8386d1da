import DirectRuntime
import FlintCore
import FlintDatasets
import Testing

/// Aggregations by key, against a dictionary over the same rows.
@Suite(.bothForms)
struct AggregationTests {
  @Test("values of each key are summed, whatever the numbers of partitions")
  func reducing() async throws {
    let rows = (0..<10_000).map { ("key \($0 * $0 % 97)", $0) }
    let expected = Dictionary(rows, uniquingKeysWith: +)
    for partitions in [1, 3, 17] {
      let found = try await DirectRuntime.use { flint, _ in
        try await flint.parallelize(rows, partitions: 5).reduceByKey(partitions: partitions, +).collect()
      }
      #expect(found.count == expected.count)
      #expect(Dictionary(uniqueKeysWithValues: found) == expected)
    }
  }

  @Test("a table that is larger than the task's memory spills, and the sums are the same", arguments: [3, 40])
  func spilling(mebibytes: Int64) async throws {
    let limit = ByteCount.mebibytes(mebibytes)
    let count = 60_000
    let (found, record) = try await DirectRuntime.use(taskMemory: limit) { flint, runtime in
      let sums = flint.range(0..<(2 * count), partitions: 2)
        .map { ("a key of some length \($0 % count)", $0) }
        .reduceByKey(partitions: 1, +)
      return (try await sums.collect(), runtime.record)
    }
    #expect((record.spillFiles > 0) == (mebibytes == 3))
    #expect((record.metrics.spilledBytes > 0) == (mebibytes == 3))
    #expect(found.count == count)
    #expect(
      found.allSatisfy { key, sum in Int(key.split(separator: " ").last ?? "").map { 2 * $0 + count == sum } ?? false })
  }

  @Test("aggregateByKey and combineByKey give values of another type")
  func otherTypes() async throws {
    let words = ["to", "be", "or", "not", "to", "be", "that", "is", "the", "question"]
    let expected = Dictionary(grouping: words, by: \.utf8.count).mapValues(Set.init)
    let (aggregated, combined) = try await DirectRuntime.use { flint, _ in
      let pairs = flint.parallelize(words, partitions: 4).keyBy { $0.utf8.count }
      let aggregated = pairs.aggregateByKey(Set<String>(), add: { $0.insert($1) }, merge: { $0.formUnion($1) })
      let combined = pairs.combineByKey(
        create: { Set([$0]) }, add: { $0.insert($1) }, merge: { $0.formUnion($1) })
      return (try await aggregated.collect(), try await combined.collect())
    }
    #expect(Dictionary(uniqueKeysWithValues: aggregated) == expected)
    #expect(Dictionary(uniqueKeysWithValues: combined) == expected)
  }

  @Test("distinct rows, counts by key, keys and values")
  func smallOnes() async throws {
    try await DirectRuntime.use { flint, _ in
      let rows = flint.parallelize([3, 1, 3, 2, 1, 3], partitions: 3)
      let distinct = try await rows.distinct().collect()
      #expect(distinct.sorted() == [1, 2, 3])
      let pairs = rows.map { ("n\($0)", $0) }
      let counts = try await pairs.countByKey()
      #expect(counts == ["n1": 2, "n2": 1, "n3": 3])
      let keys = try await pairs.keys().collect()
      #expect(keys == ["n3", "n1", "n3", "n2", "n1", "n3"])
      let values = try await pairs.mapValues { $0 * 10 }.values().collect()
      #expect(values == [30, 10, 30, 20, 10, 30])
    }
  }

  @Test("a hot key that groupByKey cannot hold fails with the alternative, and reduceByKey ends")
  func hotKey() async throws {
    try await DirectRuntime.use(taskMemory: .mebibytes(2)) { flint, _ in
      let rows = flint.range(0..<400_000, partitions: 2).map { ($0 % 5 < 3 ? -1 : $0, $0) }
      let error = await #expect(throws: FlintError.self) { try await rows.groupByKey(partitions: 2).count() }
      #expect(error?.code == .memoryBudgetExceeded)
      #expect(error?.remedy?.contains("reduceByKey") == true)
      let sums = try await rows.map { ($0.0 < 0 ? 0 : 1, 1) }.reduceByKey(+).collect()
      #expect(Dictionary(uniqueKeysWithValues: sums) == [0: 240_000, 1: 160_000])
    }
  }

  @Test("groups that fit part by part are whole")
  func grouping() async throws {
    let groups = try await DirectRuntime.use(taskMemory: .mebibytes(1)) { flint, runtime in
      let groups = try await flint.range(0..<100_000, partitions: 3).map { ($0 % 1_000, $0) }
        .groupByKey(partitions: 2).collect()
      #expect(runtime.record.spillFiles > 0)
      return groups
    }
    #expect(groups.count == 1_000)
    #expect(groups.allSatisfy { key, values in values.sorted() == Array(stride(from: key, to: 100_000, by: 1_000)) })
  }

  @Test("what a function of the user's throws names the operation")
  func failing() async throws {
    struct Odd: Error {}
    try await DirectRuntime.use { flint, _ in
      let sums = flint.range(0..<10).map { (0, $0) }.reduceByKey { _, _ in throw Odd() }
      let error = await #expect(throws: FlintError.self) { try await sums.collect() }
      #expect(error?.code == .userCode)
      #expect(error?.what.contains("reduceByKey") == true)
    }
  }
}
