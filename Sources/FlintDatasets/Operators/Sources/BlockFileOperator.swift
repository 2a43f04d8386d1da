internal import FlintCore
internal import FlintFiles
internal import FlintTasks

/// Reads what ``BlockSink`` wrote.
final class BlockFileOperator<Row: Sendable>: NodeOperator {
  private let dataset: DatasetID

  init(_ dataset: DatasetID) {
    self.dataset = dataset
  }

  var codec: (any BatchCodec)? { try? RowCodec<Row>() }

  func open(
    _ partition: PartitionID, inputs: [[any RowInput]], context: any TaskContext
  ) async throws -> any RowStream {
    let split = try context.split(of: dataset, partition)
    return BlockFileStream<Row>(try await split.open(in: context.files), split, context)
  }
}
