internal import FlintCore
internal import FlintTasks

/// Counts.
final class RangeOperator: NodeOperator {
  private let first: Int
  private let step: Int
  private let count: Int
  private let partitionCount: Int

  init(first: Int, step: Int, count: Int, partitionCount: Int) {
    self.first = first
    self.step = step
    self.count = count
    self.partitionCount = partitionCount
  }

  var codec: (any BatchCodec)? { try? RowCodec<Int>() }

  func open(
    _ partition: PartitionID, inputs: [[any RowInput]], context: any TaskContext
  ) async throws -> any RowStream {
    let share = evenShare(Int(partition.rawValue), of: partitionCount, count: count)
    return RangeStream(first: first, step: step, share: share, context)
  }
}

/// One partition of a range.
private final class RangeStream: RowStream {
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
