internal import FlintCore
internal import FlintFiles
internal import FlintTasks

/// The records of a part of a file.
final class RecordStream<Row: Sendable>: RowStream {
  private let split: FileSplit
  private let site: OperatorSite
  private let length: Int
  private let body: RecordOperator<Row>.Body
  private let context: any TaskContext
  private let source: ByteSource
  private let slab: Slab
  private let batch = RowBatch<Row>()
  /// Bytes of the part that were not asked for.
  private var left: Int

  init(
    _ split: FileSplit, _ site: OperatorSite, length: Int, _ body: @escaping RecordOperator<Row>.Body,
    _ context: any TaskContext
  ) async throws {
    self.split = split
    self.site = site
    self.length = length
    self.body = body
    self.context = context
    source = try await ByteSource(split, from: split.start, in: context.files, note: context.noteRead)
    // As many records as a batch may have, but not much memory for long ones.
    let count = max(1, min(context.limits.rowsPerBatch, (1 << 20) / length))
    slab = try Slab(
      count: count * length, budget: MemoryBudget(limit: ByteCount(Int64(count * length + Slab.pageSize))))
    left = split.codec == nil ? Int(split.end - split.start) : .max
  }

  func next() async throws -> AnyRowBatch? {
    try context.checkCancellation()
    let wanted = min(left, max(length, min(slab.bytes.count, context.limits.rowsPerBatch * length) / length * length))
    var count = 0
    while count < wanted {
      let more = try await source.read(into: slab, count..<wanted)
      if more == 0 { break }
      count += more
    }
    if left != .max { left -= count }
    guard count > 0 else { return nil }
    guard count % length == 0 else {
      throw FlintError(
        .corruptData, "\(split.path) ends in the middle of a record",
        why: "\(count % length) of the last record's \(length) bytes are there", at: site.location)
    }
    site.enter(context)
    do {
      try body(UnsafeRawBufferPointer(rebasing: slab.bytes[..<count]), &batch.rows)
    } catch { throw site.failure(error) }
    context.counters.count { $0.rowsRead += UInt64(count / length) }
    return batch
  }
}
