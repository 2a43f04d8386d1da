import DirectRuntime
import FlintCore
import FlintDatasets
import Testing

/// What tasks and driver share beside rows.
@Suite("Broadcasts, accumulators and kept rows", .timeLimit(.minutes(1)))
struct SharingTests {
  /// The shortest and the longest.
  private enum Extent: Accumulation {
    static var zero: ClosedRange<Int>? { nil }
    static func add(_ length: Int, to extent: inout ClosedRange<Int>?) { merge(length...length, into: &extent) }
    static func merge(_ other: ClosedRange<Int>?, into extent: inout ClosedRange<Int>?) {
      guard let other else { return }
      guard let mine = extent else { return extent = other }
      extent = min(mine.lowerBound, other.lowerBound)...max(mine.upperBound, other.upperBound)
    }
  }

  @Test("a broadcast value is read by functions, and let go when the last dataset that uses it is gone")
  func broadcast() async throws {
    try await DirectRuntime.use { flint, runtime async throws in
      func use() async throws {
        let names = try await flint.broadcast([1: "one", 2: "two"])
        #expect(names.value[1] == "one")
        let rows = flint.range(1..<4).map { names.value[$0] ?? "many" }
        #expect(try await rows.collect() == ["one", "two", "many"])
        #expect(runtime.record.releasedBroadcasts.isEmpty)
      }
      try await use()
      #expect(runtime.record.releasedBroadcasts.count == 1)
    }
  }

  @Test("a value that cannot travel is no broadcast")
  func untravelling() async throws {
    try await DirectRuntime.use { flint, _ async throws in
      let error = await expectError(.unsupportedType) { _ = try await flint.broadcast({ @Sendable in 1 }) }
      #expect(error?.location?.file == "DatasetsTests/SharingTests.swift")
    }
  }

  @Test("accumulators count what tasks saw, each kind by its own rule")
  func accumulators() async throws {
    try await DirectRuntime.use { flint, _ async throws in
      let (odd, extent) = (try flint.sum(of: Double.self), try flint.accumulator(Extent.self))
      odd.add(0.5)
      let rows = flint.range(3..<12, partitions: 4).filter { number in
        extent.add(number)
        if number % 2 == 1 { odd.add(1) }
        return true
      }
      #expect(try await rows.count() == 9)
      #expect(odd.value == 5.5)
      #expect(extent.value == 3...11)
    }
  }

  @Test("kept rows are computed once, and let go with the last dataset that needs them")
  func kept() async throws {
    try await DirectRuntime.use { flint, runtime async throws in
      func use() async throws {
        let computed = try flint.sum(of: Int.self)
        let rows = flint.range(0..<10, partitions: 2).map { number in
          computed.add(1)
          return number
        }.cache()
        let derived = rows.map { $0 * 2 }
        #expect(try await rows.count() == 10)
        #expect(try await derived.collect() == (0..<10).map { $0 * 2 })
        #expect(computed.value == 10)
        rows.unpersist()
        #expect(runtime.record.releasedDatasets.count == 1)
      }
      try await use()
      #expect(runtime.record.releasedDatasets.count == 2)
    }
  }

  @Test("a checkpoint cuts the lineage and gives the same rows")
  func checkpoint() async throws {
    try await Scratch.use { scratch in
      let rows = scratch.flint.range(0..<10_000, partitions: 3).map { "row \($0)" }
      let written = try await rows.checkpoint(scratch.path("checkpoint"))
      #expect(written.lineageText.split(separator: "\n").count == 1)
      #expect(written.partitionCount == 3)
      let (read, expected) = (try await written.collect(), try await rows.collect())
      #expect(read == expected)
      let names = try await scratch.names("checkpoint")
      #expect(names == ["_SUCCESS", "part-00000", "part-00001", "part-00002"])
    }
  }
}
