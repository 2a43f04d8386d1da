internal import FlintColumns
internal import FlintCore
internal import FlintDatasets
internal import FlintFormats
internal import FlintTasks

/// Writes the rows of a partition as a Parquet file, a part of an output.
final class ParquetSink: ResultMaker {
  private let staged: StagedOutput
  private let schema: Schema
  private let kernels = Kernels(StageOperator.memory())

  init(_ staged: StagedOutput, _ fields: [Field]) {
    self.staged = staged
    schema = Schema(fields)
  }

  func result(of rows: any RowStream, partition: PartitionID, context: any TaskContext) async throws -> [UInt8] {
    try await PartWriter.write(staged, partition: partition, context: context) { writer in
      try await writer.fill { file in
        let parquet = try ParquetWriter(file, schema, memory: kernels.memory)
        var count = 0
        while let batch = try await rows.next() {
          try await parquet.write(batch.columns)
          count += batch.count
        }
        return (try await parquet.finish(), count)
      }
    }
  }
}
