internal import FlintCore

/// The rows of a dataset as a sequence: each partition is asked for by a job of its own, when its turn comes, and its rows are
/// fetched piece by piece as they are read. The driver holds ``FlintCore/Limits/rowsAhead`` of them, however slow the reader.
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
    private let dataset: Dataset<Row>
    private let site: OperatorSite
    private var partition = 0
    private var reader: PartitionReader<Row>?
    private var rows: [Row] = []
    private var position = 0

    init(dataset: Dataset<Row>, site: OperatorSite) {
      self.dataset = dataset
      self.site = site
    }

    /// The next row; nil after the last.
    public mutating func next() async throws -> Row? {
      while position == rows.count {
        rows = []
        position = 0
        if let next = try await reader?.next() {
          rows = next
          continue
        }
        reader = nil
        guard partition < dataset.partitionCount else { return nil }
        reader = try PartitionReader(dataset, PartitionID(rawValue: UInt64(partition)), site)
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
  /// A partition is computed when its turn comes; what is behind an exchange is computed once for all of them. What is long
  /// stays with the executor that made it until it is read. Where that is lost in the middle, the partition is computed
  /// again; if its first rows do not come out as they did, the sequence ends with `released-result`.
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
}
