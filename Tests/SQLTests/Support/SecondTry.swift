import FlintCore
import FlintDatasets
import FlintTasks

/// Writes a part of an output twice, as if the executor of the first try had been lost after its commit.
final class SecondTry: ResultMaker {
  private let staged: StagedOutput

  init(_ staged: StagedOutput) {
    self.staged = staged
  }

  func result(of rows: any RowStream, partition: PartitionID, context: any TaskContext) async throws -> [UInt8] {
    var count = 0
    while let batch = try await rows.next() { count += batch.count }
    _ = try await write("the first try", count, partition, context)
    return try await write("second", count, partition, context)
  }

  private func write(
    _ text: String, _ count: Int, _ partition: PartitionID, _ context: any TaskContext
  ) async throws -> [UInt8] {
    try await FolderWriter.write(staged, partition: partition, context: context) { folder, name in
      try await context.files.createDirectory(folder / "a=1")
      let file = try await context.files.open(folder / "a=1" / name, .createNew)
      try await file.write(Array(text.utf8), at: 0)
      try await file.close()
      return [FolderWriter.File("a=1/" + name, size: ByteCount(Int64(text.utf8.count)), rowCount: count)]
    }
  }
}
