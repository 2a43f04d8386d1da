internal import FlintCore
internal import FlintLayout
internal import FlintTasks

/// The rows of a local collection, which travel partition by partition.
struct CollectionOperation<Row: Sendable>: NodeOperation, CheckedOperation {
  let rows: [Row]
  let partitionCount: Int
  let factory: NodeFactory

  func partitionData(_ partition: PartitionID) throws -> [UInt8]? {
    let share = evenShare(Int(partition.rawValue), of: partitionCount, count: rows.count)
    return try RowBlock.encode(Array(rows[share]), form: .columns)
  }

  func check(at location: SourceLocation) throws {
    try RowLayout.check(Row.self, "the rows of a local collection cannot travel to the executors", at: location)
  }
}

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
