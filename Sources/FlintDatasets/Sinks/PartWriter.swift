package import FlintCore
internal import FlintLayout
package import FlintTasks

/// Writes one part of an output, for one try at a task.
///
/// It writes to a file of the try's own, asks whether the try may commit, and moves the file to its place. A failure on the way
/// removes the file; whatever else is left goes with the staging folder.
package final class PartWriter {
  private let staged: StagedOutput
  private let partition: PartitionID
  private let context: any TaskContext
  private let path: FilePath
  private let file: any OpenFile
  private var offset: Int64 = 0
  private var rows: UInt64 = 0

  /// Opens the file. Throws `file-not-found` where the staging folder is not, which is where driver and executor do not
  /// share the path.
  init(_ staged: StagedOutput, partition: PartitionID, context: any TaskContext) async throws {
    self.staged = staged
    self.partition = partition
    self.context = context
    path = staged.attempts / Self.attemptName(staged.name(of: partition), context)
    do {
      file = try await context.files.open(path, .createNew)
    } catch let error as FlintError where error.code == .fileNotFound {
      throw Self.unseen(staged, error)
    }
  }

  /// A name that no other try has.
  static func attemptName(_ name: String, _ context: any TaskContext) -> String {
    let attempt = context.attempt
    return "\(name).\(attempt.task.stage.stage.rawValue)-\(attempt.task.stage.number)-\(attempt.number)"
  }

  static func unseen(_ staged: StagedOutput, _ cause: FlintError? = nil) -> FlintError {
    FlintError(
      .fileNotFound, "an executor does not see the output's staging folder \(staged.folder)",
      why: "the driver made it, so either their paths differ or the job has ended",
      remedy: "write to a path that driver and executors share", cause: cause)
  }

  /// Adds bytes, which `rows` rows have become.
  func append(_ bytes: [UInt8], rows: Int) async throws {
    try context.checkCancellation()
    self.rows += UInt64(rows)
    guard !bytes.isEmpty else { return }
    try await file.write(bytes, at: offset)
    offset += Int64(bytes.count)
  }

  /// Lets `body` write the whole file itself; it returns how long that is, and how many rows stand in it.
  package func fill(_ body: (any OpenFile) async throws -> (ByteCount, Int)) async throws {
    try context.checkCancellation()
    let (size, count) = try await body(file)
    offset = size.bytes
    rows = UInt64(count)
  }

  /// Makes the file a part of the output. Throws when another try has that place.
  func commit() async throws -> OutputPart {
    #if FLINT_PLANTED_RUNTIME
      if !RuntimeBug.has(.partNotSynced) { try await file.synchronize() }
    #else
      try await file.synchronize()
    #endif
    try await file.close()
    try await context.askToCommit()
    let name = staged.name(of: partition)
    try await context.files.rename(path, to: staged.output / name)
    let part = OutputPart(name: name, bytes: offset, rows: rows)
    context.counters.count {
      $0.rowsWritten += part.rows
      $0.bytesWritten += UInt64(part.bytes)
    }
    return part
  }

  /// Removes the file.
  func abandon() async {
    let (file, files, path) = (file, context.files, path)
    // In a Swift task of its own: one that was cancelled may not even remove a file.
    await Task {
      try? await file.close()
      try? await files.remove(path)
    }.value
  }

  /// Writes a part by `body` and commits it; returns its line of the manifest as the task's result.
  package static func write(
    _ staged: StagedOutput, partition: PartitionID, context: any TaskContext, _ body: (PartWriter) async throws -> Void
  ) async throws -> [UInt8] {
    let writer = try await PartWriter(staged, partition: partition, context: context)
    do {
      try await body(writer)
      return try RowBlock.encode([try await writer.commit()], form: .rows)
    } catch {
      await writer.abandon()
      throw error
    }
  }
}
