/// What is wanted of a Parquet file.
public struct ParquetScan: Sendable {
  /// The columns by their names, in the order in which they are wanted; nil for all.
  public var columns: [String]?
  /// What rows must meet, every one of these conditions.
  public var filters: [ParquetFilter]
  /// The row groups by their numbers; nil for all.
  public var rowGroups: [Int]?
  /// Rows of a batch at most.
  public var batchRows: Int
  /// Whether every page is copied into memory of exactly its size: tests that watch every access want it.
  package var isExact = false

  /// Many rows make the work for a batch count little, few of them stay near the processor.
  public static let defaultBatchRows = 16_384

  /// Some columns, or all, of the rows that meet all conditions.
  public init(
    columns: [String]? = nil, filters: [ParquetFilter] = [], rowGroups: [Int]? = nil,
    batchRows: Int = ParquetScan.defaultBatchRows
  ) {
    precondition(batchRows > 0, "batches of \(batchRows) rows")
    self.columns = columns
    self.filters = filters
    self.rowGroups = rowGroups
    self.batchRows = batchRows
  }
}
