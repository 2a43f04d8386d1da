internal import FlintCore
internal import FlintLayout
internal import FlintLineage
internal import FlintTasks

extension Dataset {
  /// All rows, in the order of their partitions.
  ///
  /// Throws `too-large` when they are more bytes than ``FlintCore/Limits/collectedBytes``.
  public func collect(file: String = #fileID, line: Int = #line) async throws -> [Row] {
    let site = OperatorSite("collect", file, line)
    try RowLayout.check(Row.self, "the rows cannot be collected", at: site.location)
    let limit = session.limits.collectedBytes
    var parts: [PartitionID: [Row]] = [:]
    var size = 0
    try await session.run(node, site, ResultFactory { RowsResult<Row>(byteLimit: limit) }) { result in
      let blocks = RowBlocks(result.bytes)
      size += blocks.byteCount
      // What follows is counted: whoever asked for too much is to know how much it is.
      if size <= limit.bytes { parts[result.partition] = try blocks.rows() } else { parts = [:] }
    }
    guard size <= limit.bytes else { throw site.tooLarge(size, limit: limit) }
    return node.allPartitions.flatMap { parts[$0] ?? [] }
  }

  /// The number of rows.
  @inlinable
  public func count(file: String = #fileID, line: Int = #line) async throws -> Int {
    try await folded(OperatorSite("count", file, line), 0, { rows, count in count += rows.count }) { $0 += $1 }
  }
}

extension OperatorSite {
  /// The error for rows that do not fit into the driver.
  func tooLarge(_ size: Int, limit: ByteCount) -> FlintError {
    FlintError(
      .tooLarge, "\(name) brings more rows to the driver than it may",
      why: "they take \(ByteCount(Int64(size))); flint.collect.limit and half of flint.driver.memory allow \(limit)",
      remedy: "write them with saveAsTextFile, read them one after another with rows(), or take(_:) some of them",
      at: location)
  }
}
