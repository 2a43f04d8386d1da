internal import FlintCore
internal import FlintTasks

/// The rows of a source in their order.
final class SortStream<Row>: RowStream {
  private let sort: ExternalSort<Row>
  private let source: RowSource<Row>
  private let context: any TaskContext
  private let batch = RowBatch<Row>()
  private var hasRead = false

  init(_ sort: ExternalSort<Row>, _ source: RowSource<Row>, _ context: any TaskContext) {
    self.sort = sort
    self.source = source
    self.context = context
  }

  func next() async throws -> AnyRowBatch? {
    try context.checkCancellation()
    if !hasRead {
      hasRead = true
      while let rows = try await source.next() {
        try context.checkCancellation()
        try await sort.add(rows, rowBytes: source.weight.bytes)
      }
      try await sort.finish()
    }
    batch.rows.removeAll(keepingCapacity: true)
    try await sort.next(&batch.rows, limit: context.limits.rowsPerBatch)
    return batch.rows.isEmpty ? nil : batch
  }
}
