internal import FlintCore
internal import FlintLayout
internal import FlintLineage
internal import FlintTasks

/// The rows of a dataset as a sequence: each partition is asked for by a job of its own, when its turn comes, so that the
/// driver holds the rows of one partition at most.
public struct DatasetRows<Row: Sendable>: AsyncSequence, Sendable {
  /// A row.
  public typealias Element = Row
  /// What a job throws.
  public typealias Failure = any Error

  let dataset: Dataset<Row>
  let site: OperatorSite

  /// Goes through the rows.
  public func makeAsyncIterator() -> Iterator { Iterator(dataset: dataset, site: site) }

  /// Goes through the rows.
  public struct Iterator: AsyncIteratorProtocol {
    let dataset: Dataset<Row>
    let site: OperatorSite
    private var partition = 0
    private var rows: [Row] = []
    private var position = 0

    init(dataset: Dataset<Row>, site: OperatorSite) {
      self.dataset = dataset
      self.site = site
    }

    /// The next row; nil after the last.
    public mutating func next() async throws -> Row? {
      while position == rows.count {
        guard partition < dataset.partitionCount else { return nil }
        rows = []
        position = 0
        rows = try await dataset.rows(of: PartitionID(rawValue: UInt64(partition)), site)
        partition += 1
      }
      defer { position += 1 }
      return rows[position]
    }
  }
}

extension Dataset {
  /// The rows one after another, in the order of the partitions.
  ///
  /// A partition is computed when its turn comes; what is behind an exchange is computed once for all of them.
  ///
  /// ```swift
  /// import FlintDatasets
  ///
  /// func show(_ lines: Dataset<String>) async throws {
  ///   for try await line in lines.rows() { print(line) }
  /// }
  /// ```
  public func rows(file: String = #fileID, line: Int = #line) -> DatasetRows<Row> {
    DatasetRows(dataset: self, site: OperatorSite("rows", file, line))
  }

  /// The rows of one partition, on the driver.
  func rows(of partition: PartitionID, _ site: OperatorSite) async throws -> [Row] {
    try RowLayout.check(Row.self, "the rows cannot be brought to the driver", at: site.location)
    var rows: [Row] = []
    try await session.run(node, partitions: [partition], site, ResultFactory { RowsResult<Row>(site) }) { result in
      rows = try RowBlocks(result.bytes).rows()
    }
    return rows
  }
}
