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
