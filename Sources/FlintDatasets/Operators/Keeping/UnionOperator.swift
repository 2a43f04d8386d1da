internal import FlintCore
internal import FlintTasks

/// Gives out the rows of the one parent that has the partition.
final class UnionOperator<Row: Sendable>: NodeOperator {
  var codec: (any BatchCodec)? { try? RowCodec<Row>() }

  func open(
    _ partition: PartitionID, inputs: [[any RowInput]], context: any TaskContext
  ) async throws -> any RowStream {
    guard let input = inputs.joined().first else { preconditionFailure("\(partition) of a union has no parent") }
    return try await input.open()
  }
}
