internal import FlintCore
internal import FlintTasks

/// Rows that are in memory, a batch at a time.
final class SliceStream<Row: Sendable>: RowStream {
  private let rows: [Row]
  private let limit: Int
  private let context: any TaskContext
  private let batch = RowBatch<Row>()
  private var position = 0

  init(_ rows: [Row], context: any TaskContext) {
    self.rows = rows
    self.context = context
    limit = context.limits.rowsPerBatch
  }

  func next() async throws -> AnyRowBatch? {
    try context.checkCancellation()
    guard position < rows.count else { return nil }
    let end = min(rows.count, position + limit)
    batch.rows.removeAll(keepingCapacity: true)
    batch.rows.append(contentsOf: rows[position..<end])
    position = end
    return batch
  }
}
