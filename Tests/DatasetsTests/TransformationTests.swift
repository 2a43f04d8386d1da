import DirectRuntime
import FlintCore
import FlintDatasets
import Testing

/// What transformations make of rows, by the form in which they travel.
struct TransformationTests {
  @Test("a collection is mapped, filtered, flattened and collected in its order")
  func narrowChain() async throws {
    try await DirectRuntime.use { flint, _ in
      let factor = 3
      let rows = try await flint.parallelize(1...10, partitions: 4)
        .map { $0 * factor }
        .filter { $0 % 2 == 0 }
        .flatMap { [$0, -$0] }
        .collect()
      #expect(rows == [6, -6, 12, -12, 18, -18, 24, -24, 30, -30])
    }
  }
}
