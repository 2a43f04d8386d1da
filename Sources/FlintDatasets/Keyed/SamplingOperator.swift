internal import FlintCore
internal import FlintShuffle
internal import FlintTasks

/// Chooses rows by chance.
final class SamplingOperator<Row: Sendable>: NodeOperator {
  private let fraction: Double
  private let seed: UInt64

  init(fraction: Double, seed: UInt64) {
    self.fraction = fraction
    self.seed = seed
  }

  var codec: (any BatchCodec)? { try? RowCodec<Row>() }

  func open(
    _ partition: PartitionID, inputs: [[any RowInput]], context: any TaskContext
  ) async throws -> any RowStream {
    SamplingStream<Row>(
      try await inputs[0][0].open(), fraction, seed: KeyHash.joined(KeyHash.mix(seed), partition.rawValue))
  }
}
