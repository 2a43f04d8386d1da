internal import FlintColumns
internal import FlintCore
internal import FlintDatasets
internal import FlintFormats
internal import FlintTasks

/// Writes the rows of a partition as a file, a part of an output.
final class TableSink: ResultMaker {
  private let staged: StagedOutput
  private let schema: Schema
  private let format: WriteFormat
  private let settings: ComputingSettings

  init(_ staged: StagedOutput, _ fields: [Field], _ format: WriteFormat, _ settings: ComputingSettings) {
    self.staged = staged
    self.format = format
    self.settings = settings
    schema = Schema(fields)
  }

  func result(of rows: any RowStream, partition: PartitionID, context: any TaskContext) async throws -> [UInt8] {
    let (kernels, _) = try await settings.load(StageOperator.memory(), context.files)
    let make = try format.make(kernels)
    return try await PartWriter.write(staged, partition: partition, context: context) { part in
      try await part.fill { file in
        let writer = try make(file, schema)
        var count = 0
        while let batch = try await rows.next() {
          try await writer.write(batch.columns.relabelled(schema))
          count += batch.count
        }
        return (try await writer.finish(), count)
      }
    }
  }
}
