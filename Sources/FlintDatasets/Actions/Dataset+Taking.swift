internal import FlintCore
internal import FlintLayout
internal import FlintLineage
internal import FlintTasks

extension Dataset {
  /// The first `count` rows, in the order of the partitions.
  ///
  /// It looks at one partition first, and at four times as many each time that there were too few rows in them.
  public func take(_ count: Int, file: String = #fileID, line: Int = #line) async throws -> [Row] {
    try await taken(count, OperatorSite("take", file, line))
  }

  /// The first row; nil when there is none.
  public func first(file: String = #fileID, line: Int = #line) async throws -> Row? {
    try await taken(1, OperatorSite("first", file, line)).first
  }

  private func taken(_ count: Int, _ site: OperatorSite) async throws -> [Row] {
    precondition(count >= 0, "\(count) rows cannot be taken")
    try RowLayout.check(Row.self, "the rows cannot be brought to the driver", at: site.location)
    let limit = session.limits.collectedBytes
    var rows: [Row] = []
    var rest = node.allPartitions[...]
    var width = 1
    while rows.count < count, !rest.isEmpty {
      let partitions = Array(rest.prefix(width))
      let missing = count - rows.count
      var parts: [PartitionID: [Row]] = [:]
      try await session.run(
        node, partitions: partitions, site, ResultFactory { RowsResult<Row>(rowLimit: missing, byteLimit: limit) }
      ) { result in
        let blocks = RowBlocks(result.bytes)
        guard blocks.byteCount <= limit.bytes else { throw site.tooLarge(blocks.byteCount, limit: limit) }
        parts[result.partition] = try blocks.rows()
      }
      for partition in partitions { rows += (parts[partition] ?? []).prefix(count - rows.count) }
      rest = rest.dropFirst(width)
      width *= 4
    }
    return rows
  }
}
