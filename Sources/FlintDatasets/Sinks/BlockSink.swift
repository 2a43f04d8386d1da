internal import FlintCore
internal import FlintLayout
internal import FlintTasks

/// Writes a partition's rows as blocks, each after its length.
final class BlockSink<Row: Sendable>: ResultMaker {
  private let staged: StagedOutput

  init(_ staged: StagedOutput) {
    self.staged = staged
  }

  func result(
    of rows: any RowStream, partition: PartitionID, context: any TaskContext
  ) async throws -> [UInt8] {
    try await PartWriter.write(staged, partition: partition, context: context) { writer in
      while let batch = try await rows.next() {
        var blocks = RowBlocks()
        try blocks.append(batch.of(Row.self).rows)
        try await writer.append(blocks.bytes, rows: batch.count)
      }
    }
  }
}
