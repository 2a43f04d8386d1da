internal import FlintCore
internal import FlintTasks

/// Some partitions of the parent, one behind another.
final class ChainOperator<Row>: NodeOperator {
  var codec: (any BatchCodec)? { try? RowCodec<Row>() }

  func open(
    _ partition: PartitionID, inputs: [[any RowInput]], context: any TaskContext
  ) async throws -> any RowStream { ChainStream(inputs[0]) }
}
