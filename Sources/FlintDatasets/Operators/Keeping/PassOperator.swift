internal import FlintCore
internal import FlintTasks

/// Gives out the parent's rows as they are: a place in the graph where they can be kept.
final class PassOperator<Row: Sendable>: NodeOperator {
  var codec: (any BatchCodec)? { try? KeepingCodec<Row>() }

  func open(
    _ partition: PartitionID, inputs: [[any RowInput]], context: any TaskContext
  ) async throws -> any RowStream {
    try await inputs[0][0].open()
  }
}
