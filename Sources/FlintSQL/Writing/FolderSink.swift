internal import FlintColumns
internal import FlintCore
internal import FlintDatasets
internal import FlintFormats
internal import FlintTasks

/// Writes the rows of a partition as files of folders that are named after values of some columns.
final class FolderSink: ResultMaker {
  private let staged: StagedOutput
  private let schema: Schema
  private let columns: [String]
  private let format: WriteFormat
  private let settings: ComputingSettings

  init(
    _ staged: StagedOutput, _ fields: [Field], by columns: [String], _ format: WriteFormat,
    _ settings: ComputingSettings
  ) {
    self.staged = staged
    self.columns = columns
    self.format = format
    self.settings = settings
    schema = Schema(fields)
  }

  func result(of rows: any RowStream, partition: PartitionID, context: any TaskContext) async throws -> [UInt8] {
    let (kernels, _) = try await settings.load(StageOperator.memory(), context.files)
    let make = try format.make(kernels)
    return try await FolderWriter.write(staged, partition: partition, context: context) { folder, name in
      let writer = try PartitionedWriter(
        folder, name: name, schema, by: columns, files: context.files, memory: kernels.memory, make)
      do {
        while let batch = try await rows.next() { try await writer.write(batch.columns.relabelled(schema)) }
        return try await writer.finish().map {
          FolderWriter.File($0.path, size: $0.size, rowCount: $0.rowCount)
        }
      } catch {
        await writer.abandon()
        throw error
      }
    }
  }
}
