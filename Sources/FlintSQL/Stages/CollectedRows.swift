internal import FlintColumns
internal import FlintCore
internal import FlintTasks

/// The rows of a partition as blocks, for the driver.
final class CollectedRows: ResultMaker {
  func result(of rows: any RowStream, partition: PartitionID, context: any TaskContext) async throws -> [UInt8] {
    let kernels = Kernels(StageMemory(context).columns)
    var bytes: [UInt8] = []
    while let batch = try await rows.next() {
      guard batch.count > 0 else { continue }
      try BlockList.append(try BatchBlock.encode(batch.columns, kernels), to: &bytes)
    }
    return bytes
  }
}
