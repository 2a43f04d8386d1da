import DirectRuntime
import FlintCore
import FlintDatasets
import Testing

/// Rows in other partitions, numbered, chosen.
struct RedistributionTests {
  @Test("repartition deals rows evenly and loses none, whether their order is sure or not", arguments: [false, true])
  func dealing(isUnordered: Bool) async throws {
    try await DirectRuntime.use { flint, _ in
      let rows = flint.range(0..<9_000, partitions: 2).map { "row \($0 % 100)" }
      let source = isUnordered ? rows.map { ($0, 1) }.partitionBy(3).keys() : rows
      let parts = try await source.repartition(7).mapPartitions { [$0] }.collect()
      #expect(parts.count == 7)
      #expect(parts.allSatisfy { (1_200...1_400).contains($0.count) })
      #expect(parts.joined().sorted() == (0..<9_000).map { "row \($0 % 100)" }.sorted())
    }
  }

  @Test("a task that reads its rows in another order deals the same ones to each partition")
  func dealingAgain() async throws {
    let numbers = Array(0..<2_000)
    // Two exchanges before, of which the runtime gives blocks in the order of the map partitions.
    func deal(_ flint: Session, _ rows: [Int]) async throws -> [[Int]] {
      try await flint.parallelize(rows, partitions: 4).map { ($0, $0) }.partitionBy(1).values()
        .repartition(3).mapPartitions { [$0.sorted()] }.collect()
    }
    try await DirectRuntime.use { flint, _ in
      let first = try await deal(flint, numbers)
      let second = try await deal(flint, numbers.reversed())
      #expect(first == second)
      #expect(first.allSatisfy { $0.count > 600 })
    }
  }

  @Test("coalesce puts partitions behind one another without an exchange, also behind a shuffle")
  func coalescing() async throws {
    try await DirectRuntime.use { flint, runtime in
      let rows = flint.range(0..<100, partitions: 10).coalesce(3)
      #expect(rows.partitionCount == 3)
      let found = try await rows.collect()
      #expect(found == Array(0..<100) && runtime.record.tasks == 3)
      let sums = try await flint.range(0..<100, partitions: 4).map { ($0 % 30, 1) }.reduceByKey(partitions: 8, +)
        .coalesce(2).collect()
      #expect(Dictionary(uniqueKeysWithValues: sums).count == 30)
      #expect(sums.reduce(0) { $0 + $1.1 } == 100)
    }
  }

  @Test("rows are numbered over all partitions, empty ones included")
  func numbering() async throws {
    try await DirectRuntime.use { flint, _ in
      let rows = try await flint.range(0..<50, partitions: 7).filter { $0 >= 20 }.zipWithIndex().collect()
      #expect(rows.map(\.0) == Array(20..<50))
      #expect(rows.map(\.1) == Array(0..<30))
    }
  }

  @Test("a sample is about as large as it should be, and the same each time")
  func sampling() async throws {
    try await DirectRuntime.use { flint, _ in
      let rows = flint.range(0..<20_000, partitions: 3)
      let first = try await rows.sample(0.1, seed: 5).collect()
      let second = try await rows.sample(0.1, seed: 5).collect()
      let other = try await rows.sample(0.1, seed: 6).collect()
      #expect((1_800...2_200).contains(first.count))
      #expect(first == second && first != other)
      let all = try await rows.sample(1).count()
      let none = try await rows.sample(0).count()
      #expect(all == 20_000 && none == 0)
    }
  }
}
