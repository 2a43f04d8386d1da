package import FlintCore
internal import FlintLayout
package import FlintTasks

/// Writes the parts of an output that one try at a task makes, where these are files of several folders.
///
/// The files are written into a folder of the try's own, which gets its place when the try may commit.
package struct FolderWriter {
  /// One file, by its path below the folder.
  package struct File: Sendable {
    let path: String
    let size: ByteCount
    let rowCount: Int

    package init(_ path: String, size: ByteCount, rowCount: Int) {
      self.path = path
      self.size = size
      self.rowCount = rowCount
    }
  }

  /// Writes a try's files by `body`, which gets the folder and the name that each of them has, and commits them; returns
  /// their lines of the manifest as the task's result.
  package static func write(
    _ staged: StagedOutput, partition: PartitionID, context: any TaskContext,
    _ body: (FilePath, String) async throws -> [File]
  ) async throws -> [UInt8] {
    try context.checkCancellation()
    let name = staged.name(of: partition)
    let folder = staged.attempts / PartWriter.attemptName(name, context)
    guard try await context.files.status(of: staged.attempts) != nil else { throw PartWriter.unseen(staged) }
    do {
      try await context.files.createDirectory(folder)
      let written = try await body(folder, name)
      try await context.askToCommit()
      // An earlier try may have had its place when its executor was lost; nobody has heard of its files.
      let place = staged.output / name
      if try await context.files.status(of: place) != nil {
        try await context.files.exchange(folder, with: place)
      } else {
        try await context.files.rename(folder, to: place)
      }
      let parts = written.map { OutputPart(name: $0.path, bytes: $0.size.bytes, rows: UInt64($0.rowCount)) }
      context.counters.count { counters in
        for part in parts {
          counters.rowsWritten += part.rows
          counters.bytesWritten += UInt64(part.bytes)
        }
      }
      return try RowBlock.encode(parts, form: .rows)
    } catch {
      let files = context.files
      // In a Swift task of its own: one that was cancelled may not even remove a file.
      await Task { try? await files.removeTree(folder) }.value
      throw error
    }
  }
}
