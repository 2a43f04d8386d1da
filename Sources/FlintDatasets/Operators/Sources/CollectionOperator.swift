internal import FlintCore
internal import FlintLayout
internal import FlintTasks

/// Gives out the rows that came with the task.
final class CollectionOperator<Row: Sendable>: NodeOperator {
  private let dataset: DatasetID

  init(_ dataset: DatasetID) {
    self.dataset = dataset
  }

  var codec: (any BatchCodec)? { try? RowCodec<Row>() }

  func open(
    _ partition: PartitionID, inputs: [[any RowInput]], context: any TaskContext
  ) async throws -> any RowStream {
    let rows: [Row] = try RowBlock.decode(try context.partitionData(of: dataset, partition))
    return SliceStream(rows, context: context)
  }
}
