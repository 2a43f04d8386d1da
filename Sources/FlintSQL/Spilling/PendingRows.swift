internal import FlintColumns
internal import FlintCore

/// Rows that go the same way, until they are worth a block.
struct PendingRows {
  private var batches: [Batch] = []
  private(set) var rowCount = 0
  private(set) var byteCount = 0

  var isFull: Bool { rowCount >= BatchesStream.size }

  mutating func append(_ batch: Batch) {
    batches.append(batch)
    rowCount += batch.rowCount
    byteCount += batch.byteCount
  }

  /// All rows, side by side; nil when there are none.
  mutating func take(_ kernels: Kernels) throws(FlintError) -> Batch? {
    guard let schema = batches.first?.schema else { return nil }
    let rows = try kernels.concatenate(batches, schema)
    batches = []
    (rowCount, byteCount) = (0, 0)
    return rows
  }
}
