internal import FlintCore
internal import FlintLayout
internal import FlintLineage
internal import FlintTasks

extension Dataset {
  /// All rows, in the order of their partitions.
  ///
  /// Throws `resource-exhausted` when they are more bytes than ``FlintCore/Limits/collectedBytes``.
  public func collect(file: String = #fileID, line: Int = #line) async throws -> [Row] {
    let site = OperatorSite("collect", file, line)
    try RowLayout.check(Row.self, "the rows cannot be collected", at: site.location)
    let limit = session.limits.collectedBytes
    var parts: [PartitionID: [Row]] = [:]
    var size = 0
    try await session.run(node, site, ResultFactory { RowsResult<Row>(site) }) { result in
      size += result.bytes.count
      guard size <= limit.bytes else {
        throw site.tooLarge(size, limit: limit, isAll: parts.count + 1 == partitionCount)
      }
      parts[result.partition] = try RowBlocks(result.bytes).rows()
    }
    return node.allPartitions.flatMap { parts[$0] ?? [] }
  }

  /// The number of rows.
  @inlinable
  public func count(file: String = #fileID, line: Int = #line) async throws -> Int {
    try await folded(OperatorSite("count", file, line), 0, { rows, count in count += rows.count }) { $0 += $1 }
  }
}

extension OperatorSite {
  /// The error for rows that do not fit into the driver. `isAll` says whether `size` is all that there is.
  func tooLarge(_ size: Int, limit: ByteCount, isAll: Bool) -> FlintError {
    FlintError(
      .resourceExhausted, "\(name) brings more rows to the driver than it may",
      why: "they take \(isAll ? "" : "at least ")\(ByteCount(Int64(size))) of the \(limit) that collectedBytes allows",
      remedy: "write them with saveAsTextFile, read them one after another with rows(), or take(_:) some of them",
      at: location)
  }
}
