internal import FlintCore
internal import FlintLayout
public import FlintTasks

/// Deals the rows of a map task to all partitions in turn.
///
/// With `sorts`, by rows in the order of their hashes: whatever order they come in, the same rows go to the same partitions.
public final class DealingShuffleWriter<Row>: ShuffleWriter {
  private let sorts: Bool

  /// A writer for rows whose order is not sure, when it `sorts`; else for rows that always come in the same order.
  public init(sorts: Bool) {
    self.sorts = sorts
  }

  /// Takes all of `rows`, and deals them to `output`.
  public func write(_ rows: any RowStream, to output: any ShuffleOutput, context: any TaskContext) async throws {
    let count = output.partitionCount
    // Tasks begin at different partitions: else the first ones would get the odd rows of all.
    var turn = Int(KeyHash.mix(context.attempt.task.partition.rawValue) % UInt64(count))
    let dealer = PlainShuffleWriter<Row>(
      { rows, buffers in
        for row in rows {
          buffers[turn].append(row)
          turn = turn + 1 == count ? 0 : turn + 1
        }
      }, code: nil)
    guard sorts, count > 1 else { return try await dealer.write(rows, to: output, context: context) }
    let sort = ExternalSort<(UInt64, Row)>(SortKernel { $0.0 }, code: nil, context: context)
    let layout = try RowLayout.of(Row.self)
    let source = RowSource<Row>(rows)
    while let rows = try await source.next() {
      try context.checkCancellation()
      try await sort.add(Array(zip(try layout.hashes(rows), rows)), rowBytes: source.weight.bytes + 8)
    }
    try await sort.finish()
    try await dealer.write(HashedRows(sort, context), to: output, context: context)
  }
}
