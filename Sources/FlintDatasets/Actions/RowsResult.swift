internal import FlintCore
internal import FlintLayout
internal import FlintTasks

/// Brings rows of a partition to the driver: all, or the first few.
final class RowsResult<Row: Sendable>: ResultMaker {
  private let site: OperatorSite
  private let limit: Int

  init(_ site: OperatorSite, limit: Int = .max) {
    self.site = site
    self.limit = limit
  }

  func result(
    of rows: any RowStream, partition: PartitionID, context: any TaskContext
  ) async throws -> [UInt8] {
    var result = RowBlocks()
    var left = limit
    while left > 0, let batch = try await rows.next() {
      let rows = batch.of(Row.self).rows
      guard !rows.isEmpty else { continue }
      try result.append(rows.count > left ? Array(rows[..<left]) : rows)
      left -= min(left, rows.count)
      // One partition alone may be too much: the executor must not hold what the driver will refuse.
      guard result.bytes.count <= context.limits.collectedBytes.bytes else {
        throw site.tooLarge(result.bytes.count, limit: context.limits.collectedBytes, isAll: false)
      }
    }
    return result.bytes
  }
}
