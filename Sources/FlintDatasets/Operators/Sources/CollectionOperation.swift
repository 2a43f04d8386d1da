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
