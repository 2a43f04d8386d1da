import DirectRuntime
import FlintCore
import FlintDatasets
import FlintLineage
import Glibc
import Testing

/// What transformations make of rows, by the form in which they travel.
@Suite("Transformations", .timeLimit(.minutes(1)), .bothForms)
struct TransformationTests {
  private struct Trip: Equatable {
    var zone: String
    var fare: Double
  }

  private struct OddNumber: Error { let number: Int }

  @Test("a collection is mapped, filtered, flattened and collected in its order")
  func narrowChain() async throws {
    try await DirectRuntime.use { flint, _ async throws in
      let factor = 3
      let rows = try await flint.parallelize(1...10, partitions: 4)
        .map { $0 * factor }
        .filter { $0 % 2 == 0 }
        .flatMap { [$0, -$0] }
        .collect()
      #expect(rows == [6, -6, 12, -12, 18, -18, 24, -24, 30, -30])
    }
  }

  @Test("one row that becomes many comes out in bounded batches, none lost", arguments: [1, 3, 7, 64])
  func expansion(rowsPerBatch: Int) async throws {
    var limits = Limits()
    limits.rowsPerBatch = rowsPerBatch
    try await DirectRuntime.use(limits: limits) { flint, _ async throws in
      let rows = flint.range(0..<20, partitions: 2).flatMap { 0..<$0 }.flatMap { [Int](repeating: $0, count: $0 % 3) }
      let expected = (0..<20).flatMap { 0..<$0 }.flatMap { [Int](repeating: $0, count: $0 % 3) }
      let collected = try await rows.map { $0 + 1 }.collect()
      #expect(collected == expected.map { $0 + 1 })
      let largest = try await rows.mapPartitions { (rows: PartitionRows<Int>) in rows }.count()
      #expect(largest == expected.count)
    }
  }

  @Test("rows of the user's private types travel")
  func privateRows() async throws {
    try await DirectRuntime.use { flint, _ async throws in
      let trips = [Trip(zone: "north", fare: 2.5), Trip(zone: "south", fare: 4)]
      let doubled = try await flint.parallelize(trips).map { Trip(zone: $0.zone, fare: $0.fare * 2) }.collect()
      #expect(doubled == [Trip(zone: "north", fare: 5), Trip(zone: "south", fare: 8)])
    }
  }

  /// Shipping a step takes a millisecond without optimisation.
  private static let stepCount = getenv("TEST_SIZE").map { String(cString: $0) } == "full" ? 10_000 : 2_000

  @Test("thousands of steps are one loop")
  func longLineage() async throws {
    try await DirectRuntime.use { flint, _ async throws in
      var rows = flint.range(0..<100, partitions: 2)
      for _ in 0..<Self.stepCount { rows = rows.map { $0 + 1 } }
      let sum = try await rows.reduce { $0 + $1 }
      #expect(sum == 4950 + 100 * Self.stepCount)
    }
  }

  @Test("a union has the partitions of all, in order")
  func union() async throws {
    try await DirectRuntime.use { flint, _ async throws in
      let (first, second) = (flint.parallelize([1, 2], partitions: 2), flint.parallelize([3], partitions: 1))
      let all = first.union(second, first.map { $0 * 10 })
      #expect(all.partitionCount == 5)
      let rows = try await all.collect()
      #expect(rows == [1, 2, 3, 10, 20])
    }
  }

  @Test("a range counts in steps, over any partitions")
  func range() async throws {
    try await DirectRuntime.use { flint, _ async throws in
      for partitions in [1, 2, 7] {
        let rows = try await flint.range(-5..<20, by: 4, partitions: partitions).collect()
        #expect(rows == Array(stride(from: -5, to: 20, by: 4)))
      }
      let none = try await flint.range(3..<3).collect()
      #expect(none.isEmpty)
    }
  }

  @Test("partitions are mapped whole, by number, and row after row with waits")
  func partitions() async throws {
    try await DirectRuntime.use { flint, _ async throws in
      let rows = flint.range(0..<10, partitions: 3)
      #expect(try await rows.mapPartitions { [$0.count] }.collect() == [3, 3, 4])
      #expect(
        try await rows.mapPartitionsWithIndex { index, rows in [(index, rows.count)] }.collect().map(\.0) == [0, 1, 2])
      let waited = rows.mapPartitions { (rows: PartitionRows<Int>) in
        await Task.yield()
        return rows.filter { $0 % 2 == 1 }
      }
      #expect(try await waited.collect() == [1, 3, 5, 7, 9])
      let numbered = rows.mapPartitionsWithIndex { (index: Int, rows: PartitionRows<Int>) in
        rows.map { index * 100 + $0 }
      }
      #expect(try await numbered.collect().suffix(4) == [206, 207, 208, 209])
    }
  }

  @Test("partitions are mapped a batch at a time, into none, few and many rows", arguments: [1, 3, 7, 64])
  func partitionBatches(rowsPerBatch: Int) async throws {
    var limits = Limits()
    limits.rowsPerBatch = rowsPerBatch
    try await DirectRuntime.use(limits: limits) { flint, _ async throws in
      let rows = flint.range(0..<40, partitions: 3)
      // Odd batches vanish, and what is left becomes more than a batch.
      let batches = rows.mapPartitions { rows in
        await Task.yield()
        var number = 0
        return rows.batches.map { batch in
          number += 1
          return number % 2 == 0 ? [] : batch.flatMap { [Int](repeating: $0, count: 5) }
        }
      }
      var expected: [Int] = []
      for part in [0..<13, 13..<26, 26..<40] {
        for row in part where (row - part.lowerBound) / rowsPerBatch % 2 == 0 {
          expected += [Int](repeating: row, count: 5)
        }
      }
      #expect(try await batches.collect() == expected)
      #expect(
        try await batches.map { $0 + 1 }.filter { $0 > 20 }.collect() == expected.map { $0 + 1 }.filter { $0 > 20 })
      let sizes: [Int] = try await batches.mapPartitions { rows in rows.batches.map { [$0.count] } }.collect()
      #expect(sizes.reduce(0, +) == expected.count)
      #expect(sizes.allSatisfy { $0 <= rowsPerBatch })
      let numbered = rows.mapPartitionsWithIndex { index, rows in
        rows.batches.map { batch in batch.map { 100 * index + $0 } }
      }
      #expect(try await numbered.collect() == Array(0..<13) + Array(113..<126) + Array(226..<240))
    }
  }

  @Test("what a function of batches throws names the operation and its line, at its beginning and later")
  func thrownOfBatches() async throws {
    try await DirectRuntime.use { flint, _ async throws in
      for isLater in [false, true] {
        let line = #line + 1
        let rows = flint.range(0..<10).mapPartitions { rows in
          if !isLater { throw OddNumber(number: 1) }
          return rows.batches.map { batch in
            if batch.contains(7) { throw OddNumber(number: 7) }
            return batch
          }
        }
        let error = await expectError(.userCode) { _ = try await rows.collect() }
        #expect(error?.what == "the function of mapPartitions threw OddNumber")
        #expect(error?.why == "OddNumber(number: \(isLater ? 7 : 1))")
        #expect(error?.location == SourceLocation(file: "DatasetsTests/TransformationTests.swift", line: line))
      }
    }
  }

  @Test("what a user's function throws names the operation and its line")
  func thrown() async throws {
    try await DirectRuntime.use { flint, _ async throws in
      let line = #line + 1
      let rows = flint.range(0..<10).map { number in
        if number == 7 { throw OddNumber(number: number) }
        return number
      }
      let error = await expectError(.userCode) { _ = try await rows.filter { $0 > 3 }.collect() }
      #expect(error?.what == "the function of map threw OddNumber")
      #expect(error?.why == "OddNumber(number: 7)")
      #expect(error?.location == SourceLocation(file: "DatasetsTests/TransformationTests.swift", line: line))
    }
  }

  @Test("the graph says what it is computed from, and how surely")
  func lineage() async throws {
    try await DirectRuntime.use { flint, _ async throws in
      let rows = flint.range(0..<10, partitions: 2).map { $0 }.persist(.diskOnly)
      let text = rows.lineageText.split(separator: "\n").map { $0.split(separator: " at ")[0] }
      #expect(text == ["(2) persist[2]", " |  map[1]", " |  range[0]"])
      #expect(rows.lineageText.contains("TransformationTests.swift"))
      #expect(rows.determinacy == .determinate)
    }
  }
}
