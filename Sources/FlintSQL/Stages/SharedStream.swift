internal import FlintColumns

/// The rows that every task has, for a task that wants to go through them.
final class SharedStream: BatchStream {
  private let rows: SharedRows
  private let schema: Schema
  private let memory: ColumnMemory
  private var batches: BatchesStream?

  init(_ rows: SharedRows, _ schema: Schema, _ memory: ColumnMemory) {
    self.rows = rows
    self.schema = schema
    self.memory = memory
  }

  func next() async throws -> Batch? {
    if batches == nil { batches = BatchesStream(try rows.batches(schema, memory)) }
    return batches?.next()
  }
}
