internal import FlintCore
internal import FlintLayout
internal import FlintLineage
internal import FlintTasks

/// Reads the rows of one partition on the driver, block by block, from whoever made them.
///
/// When the executor that has them is gone, the partition is computed again. It must then begin with the bytes that were handed
/// out already; what is not sure to come out the same would otherwise be given twice or never.
final class PartitionReader<Row: Sendable> {
  private let dataset: Dataset<Row>
  private let partition: PartitionID
  private let site: OperatorSite
  private let window: UInt64
  private var result: PartitionResult?
  /// What was fetched and not used, and where the next bytes are.
  private var bytes: ArraySlice<UInt8> = []
  private var offset: UInt64 = 0
  /// Bytes whose rows were handed out.
  private var given: UInt64 = 0
  private var sum = CRC32C()
  private var losses = 0

  init(_ dataset: Dataset<Row>, _ partition: PartitionID, _ site: OperatorSite) throws {
    try RowLayout.check(Row.self, "the rows cannot be brought to the driver", at: site.location)
    self.dataset = dataset
    self.partition = partition
    self.site = site
    let limits = dataset.session.limits
    window = UInt64(min(limits.rowsAhead, limits.fetchRequest).bytes)
  }

  /// The next rows; nil after the last.
  func next() async throws -> [Row]? {
    while true {
      do {
        if result == nil { try await begin() }
        return try await nextBlock()
      } catch let error as FlintError where error.code == .connectionLost && result?.source != nil {
        losses += 1
        guard losses < dataset.session.limits.taskAttempts else { throw site.located(error) }
        result = nil
      }
    }
  }

  /// Has the partition computed, and goes to where its rows were handed out.
  private func begin() async throws {
    var made: PartitionResult?
    try await dataset.session.run(
      dataset.node, partitions: [partition], site, ResultFactory { RowsResult<Row>() }, leavesResults: true
    ) { made = $0 }
    result = made
    bytes = made?.bytes[...] ?? []
    offset = UInt64(bytes.count)
    var again = CRC32C()
    var left = given
    while left > 0 {
      try await demand(1)
      let piece = bytes.prefix(Int(min(left, UInt64(bytes.count))))
      again.update(Array(piece))
      left -= UInt64(piece.count)
      bytes = bytes.dropFirst(piece.count)
    }
    guard again == sum else {
      throw FlintError(
        .releasedResult, "rows of \(partition) were handed out, and did not come out again",
        why: "the executor that had them is gone, and another computation of the partition gave others",
        remedy: "persist or checkpoint the dataset before it is read row by row", at: site.location)
    }
  }

  private func nextBlock() async throws -> [Row]? {
    if bytes.isEmpty, offset == byteCount { return nil }
    try await demand(RowBlocks.headLength)
    let length = RowBlocks.length(bytes)
    guard length <= byteCount else { throw RowBlocks.torn }
    let count = RowBlocks.headLength + Int(length)
    try await demand(count)
    let block = Array(bytes.prefix(count))
    bytes = bytes.dropFirst(count)
    sum.update(block)
    given += UInt64(count)
    return try RowBlocks(block).rows()
  }

  private var byteCount: UInt64 { result?.source?.byteCount ?? UInt64(result?.bytes.count ?? 0) }

  /// Fetches until so many bytes are there.
  private func demand(_ count: Int) async throws {
    while bytes.count < count {
      guard let source = result?.source, offset < source.byteCount else { throw RowBlocks.torn }
      let more = try await source.read(count: min(window, source.byteCount - offset), at: offset)
      offset += UInt64(more.count)
      bytes = bytes.isEmpty ? more[...] : (Array(bytes) + more)[...]
    }
  }
}
