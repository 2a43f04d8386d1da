internal import FlintCore
internal import FlintTasks

/// Sorted rows without the hashes by which they were sorted.
final class HashedRows<Row>: RowStream {
  private let sort: ExternalSort<(UInt64, Row)>
  private let context: any TaskContext
  private let batch = RowBatch<Row>()

  init(_ sort: ExternalSort<(UInt64, Row)>, _ context: any TaskContext) {
    self.sort = sort
    self.context = context
  }

  func next() async throws -> AnyRowBatch? {
    var rows: [(UInt64, Row)] = []
    try await sort.next(&rows, limit: context.limits.rowsPerBatch)
    guard !rows.isEmpty else { return nil }
    batch.rows = rows.map(\.1)
    return batch
  }
}
