internal import FlintCore
internal import FlintLayout
internal import FlintTasks

/// Brings rows of a partition to the driver: all, or the first few.
final class RowsResult<Row: Sendable>: PiecewiseResultMaker {
  private let rowLimit: Int
  private let byteLimit: Int64

  /// - Parameters:
  ///   - rowLimit: how many rows are wanted.
  ///   - byteLimit: how many bytes the driver takes; nil for any number. A partition that has more is counted to its end, and
  ///     only its size is told: neither side holds what is refused anyway.
  init(rowLimit: Int = .max, byteLimit: ByteCount? = nil) {
    self.rowLimit = rowLimit
    self.byteLimit = byteLimit?.bytes ?? .max
  }

  func write(
    _ rows: any RowStream, partition: PartitionID, to output: any ResultOutput, context: any TaskContext
  ) async throws {
    var byteCount: Int64 = 0
    var left = rowLimit
    while left > 0, let batch = try await rows.next() {
      let rows = batch.of(Row.self).rows
      guard !rows.isEmpty else { continue }
      var block = RowBlocks()
      try block.append(rows.count > left ? Array(rows[..<left]) : rows)
      left -= min(left, rows.count)
      let isFirstTooMany = byteCount <= byteLimit
      byteCount += Int64(block.bytes.count)
      if byteCount <= byteLimit {
        try await output.append(block.bytes)
      } else if isFirstTooMany {
        await output.removeAll()
      }
    }
    if byteCount > byteLimit { try await output.append(RowBlocks.size(byteCount)) }
  }
}
