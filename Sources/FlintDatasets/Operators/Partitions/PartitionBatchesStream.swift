internal import FlintCore
internal import FlintTasks

/// The rows of a partition's batches. Large ones are passed on in parts.
final class PartitionBatchesStream<Row: Sendable>: RowStream {
  private let site: OperatorSite
  private let batches: PartitionBatches<Row>
  private let context: any TaskContext
  private let batch = RowBatch<Row>()
  private var part: SliceStream<Row>?

  init(_ site: OperatorSite, _ batches: PartitionBatches<Row>, _ context: any TaskContext) {
    self.site = site
    self.batches = batches
    self.context = context
  }

  func next() async throws -> AnyRowBatch? {
    while true {
      try context.checkCancellation()
      if let rows = try await part?.next() { return rows }
      part = nil
      batch.rows = []
      site.enter(context)
      let following: [Row]?
      do { following = try await batches.next() } catch { throw site.failure(error) }
      guard let rows = following else { return nil }
      if rows.count > context.limits.rowsPerBatch {
        part = SliceStream(rows, context: context)
      } else if !rows.isEmpty {
        batch.rows = rows
        return batch
      }
    }
  }
}
