import DirectRuntime
import FlintCore
import FlintDatasets
import Testing

/// Sorted datasets, against Swift's own sort of the same rows.
struct SortingTests {
  /// Numbers without an order.
  private static func scrambled(_ count: Int) -> [Int] {
    (0..<count).map { Int(truncatingIfNeeded: (UInt64($0) &+ 7) &* 0x9E37_79B9_7F4A_7C15 >> 20) - 1 << 42 }
  }

  @Test(
    "numbers, texts and fractions come out in order, up and down, in any number of partitions", arguments: [1, 2, 7])
  func orders(partitions: Int) async throws {
    let numbers = Self.scrambled(5_000)
    let texts = numbers.map { String($0, radix: 36) } + ["", "é", "e\u{301}", "K", "\u{212A}", "zz", "日本"]
    try await DirectRuntime.use { flint, _ in
      let rows = flint.parallelize(numbers, partitions: 3)
      let up = try await rows.sortBy(partitions: partitions) { $0 }.collect()
      #expect(up == numbers.sorted())
      let down = try await rows.sorted(by: { Double($0) / 3 }, descending: true, partitions: partitions).collect()
      #expect(down == numbers.sorted(by: >))
      let words = try await flint.parallelize(texts, partitions: 3).sortBy(partitions: partitions) { $0 }.collect()
      #expect(words == texts.sorted())
      let ascii = texts.filter { $0.utf8.allSatisfy { $0 < 128 } }
      let pairs = try await flint.parallelize(ascii, partitions: 2).map { ($0, 1) }
        .sortByKey(descending: true, partitions: partitions).keys().collect()
      #expect(pairs == ascii.sorted(by: >))
    }
  }

  @Test("partitions are ranges of about equal size, and a key that fills half of them stays in one")
  func ranges() async throws {
    try await DirectRuntime.use { flint, _ in
      let sorted = flint.parallelize(Self.scrambled(20_000), partitions: 4).sortBy(partitions: 5) { $0 }
      let sizes = try await sorted.mapPartitions { [$0.count] }.collect()
      #expect(sizes.reduce(0, +) == 20_000)
      #expect(sizes.allSatisfy { (2_500...5_500).contains($0) })
      let skewed = flint.range(0..<10_000, partitions: 3).map { $0 % 2 == 0 ? 5 : $0 }.sortBy(partitions: 4) { $0 }
      let places = try await skewed.mapPartitions { [$0.count { $0 == 5 }] }.collect()
      #expect(places.filter { $0 > 0 } == [5_001])
    }
  }

  @Test("more rows than fit into memory are merged from sorted runs, with their values")
  func external() async throws {
    let numbers = Self.scrambled(120_000)
    let (rows, record) = try await DirectRuntime.use(taskMemory: .mebibytes(1)) { flint, runtime in
      let rows = try await flint.parallelize(numbers, partitions: 2).map { ($0, "value of \($0)") }
        .sortByKey(partitions: 1).collect()
      return (rows, runtime.record)
    }
    #expect(record.metrics.spilledBytes > 2_000_000)
    #expect(rows.map(\.0) == numbers.sorted())
    #expect(rows.allSatisfy { $0.1 == "value of \($0.0)" })
  }

  @Test("the first action takes the sample, later ones use it")
  func sampledOnce() async throws {
    try await DirectRuntime.use { flint, runtime in
      let sorted = flint.parallelize(Self.scrambled(100), partitions: 2).sortBy { $0 }
      #expect(runtime.record.jobs == 0)
      let count = try await sorted.count()
      #expect(count == 100 && runtime.record.jobs == 2)
      let first = try await sorted.collect()
      #expect(first == Self.scrambled(100).sorted() && runtime.record.jobs == 3)
    }
  }
}
