internal import FlintCore
public import FlintTasks

/// Combines the rows of a map task that have the same key, and writes one row a key, into partitions by the keys' hash.
///
/// When memory is short it writes what it has and begins anew: readers combine again anyway.
public final class CombiningShuffleWriter<Row, Key: Hashable, Value>: ShuffleWriter {
  private let kernel: AggregationKernel<Key, Value>
  private let merge: (AggregationTable<Key, Value>, [Row]) throws -> Void
  private let fusedSteps: Int
  private let fusedMerge: (AggregationTable<Key, Value>, AnyRowBatch) throws -> Void
  private let code: UserCode

  /// A writer that combines by `merge` and `kernel`, which call the functions of `code`.
  ///
  /// - Parameters:
  ///   - fusedSteps: how many of the transformations before it `fusedMerge` does in the same loop; 0 for none.
  ///   - fusedMerge: merges what these transformations make of a batch.
  public init(
    _ kernel: AggregationKernel<Key, Value>, merge: @escaping (AggregationTable<Key, Value>, [Row]) throws -> Void,
    fusedSteps: Int, fusedMerge: @escaping (AggregationTable<Key, Value>, AnyRowBatch) throws -> Void, code: UserCode
  ) {
    self.kernel = kernel
    self.merge = merge
    self.fusedSteps = fusedSteps
    self.fusedMerge = fusedMerge
    self.code = code
  }

  /// Takes all of `rows`, and gives one row for each key to `output`.
  public func write(_ rows: any RowStream, to output: any ShuffleOutput, context: any TaskContext) async throws {
    let sink = try ShuffleBlockWriter<(Key, Value)>(output)
    let table = AggregationTable<Key, Value>()
    let memory = TableMemory(kernel, retainsRows: false, context: context)
    let fused = FusedCodes(leavingOut: fusedSteps, of: rows, before: code)
    while let batch = try await rows.next() {
      try context.checkCancellation()
      if try await !memory.hasRoom(for: batch.count, rowBytes: 0, in: table) {
        try await flush(table, to: sink)
        await memory.release()
        _ = try await memory.hasRoom(for: batch.count, rowBytes: 0, in: table)
      }
      if let fused {
        try fused.run(context) { try fusedMerge(table, batch) }
      } else {
        try code.run(context) { try merge(table, batch.of(Row.self).rows) }
      }
    }
    try await flush(table, to: sink)
    await memory.release()
  }

  private func flush(_ table: AggregationTable<Key, Value>, to sink: ShuffleBlockWriter<(Key, Value)>) async throws {
    guard table.count > 0 else { return }
    var hashes: [UInt64] = []
    kernel.appendHashes(table, &hashes)
    let partitioning = HashPartitioning(sink.partitionCount)
    let order = BucketOrder(hashes, count: sink.partitionCount) { partitioning.partition(ofHash: $0) }
    var rows: [(Key, Value)] = []
    for partition in 0..<sink.partitionCount {
      var numbers = order[partition]
      while !numbers.isEmpty {
        rows.removeAll(keepingCapacity: true)
        let part = numbers.prefix(sink.rowsPerBlock)
        kernel.gather(table, part, &rows)
        try await sink.append(rows, to: partition)
        numbers = numbers.dropFirst(part.count)
      }
    }
    table.removeAll()
  }
}
