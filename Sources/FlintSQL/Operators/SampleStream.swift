internal import FlintColumns

/// About a share of the rows; with the same seed the same ones.
final class SampleStream: BatchStream {
  private let source: any BatchStream
  private let threshold: UInt64
  private let kernels: Kernels
  private var state: UInt64

  init(_ source: any BatchStream, fraction: Double, seed: UInt64, _ kernels: Kernels) {
    self.source = source
    self.kernels = kernels
    threshold = fraction >= 1 ? .max : UInt64(fraction * 18_446_744_073_709_549_568)
    state = seed
  }

  func next() async throws -> Batch? {
    guard let batch = try await source.next() else { return nil }
    var rows: [Int32] = []
    for index in 0..<batch.rowCount where draw() <= threshold {
      rows.append(batch.selection.map { $0.rows[index] } ?? Int32(index))
    }
    return batch.selecting(try Selection(rows, kernels.memory))
  }

  /// SplitMix64.
  private func draw() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
