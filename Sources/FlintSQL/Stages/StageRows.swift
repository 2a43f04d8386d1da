internal import FlintColumns
internal import FlintTasks

/// The batches of a stage, as the engine asks for them.
final class StageRows: RowStream {
  private let source: any BatchStream
  private let context: any TaskContext

  init(_ source: any BatchStream, _ context: any TaskContext) {
    self.source = source
    self.context = context
  }

  func next() async throws -> AnyRowBatch? {
    try context.checkCancellation()
    return try await source.next().map(ColumnBatch.init)
  }
}
