internal import FlintCore
internal import FlintTasks

/// Numbers the rows of a partition from where the driver says.
final class NumberingOperator<Row: Sendable>: NodeOperator {
  private let dataset: DatasetID

  init(_ dataset: DatasetID) {
    self.dataset = dataset
  }

  var codec: (any BatchCodec)? { try? RowCodec<(Row, Int)>() }

  func open(
    _ partition: PartitionID, inputs: [[any RowInput]], context: any TaskContext
  ) async throws -> any RowStream {
    let data = try context.partitionData(of: dataset, partition)
    guard data.count == 8 else {
      throw FlintError(.corruptData, "the first number of \(partition) has \(data.count) bytes")
    }
    let start = data.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return NumberingStream<Row>(try await inputs[0][0].open(), from: Int(start))
  }
}
