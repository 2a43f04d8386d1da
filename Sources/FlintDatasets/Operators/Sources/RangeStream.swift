internal import FlintCore
internal import FlintTasks

/// One partition of a range.
final class RangeStream: RowStream {
  private let first: Int
  private let step: Int
  private let end: Int
  private let context: any TaskContext
  private let batch = RowBatch<Int>()
  private var position: Int

  init(first: Int, step: Int, share: Range<Int>, _ context: any TaskContext) {
    self.first = first
    self.step = step
    self.context = context
    position = share.lowerBound
    end = share.upperBound
  }

  func next() async throws -> AnyRowBatch? {
    try context.checkCancellation()
    guard position < end else { return nil }
    let next = min(end, position + context.limits.rowsPerBatch)
    var rows = batch.rows
    batch.rows = []
    rows.removeAll(keepingCapacity: true)
    for index in position..<next { rows.append(first &+ index &* step) }
    batch.rows = rows
    position = next
    return batch
  }
}
