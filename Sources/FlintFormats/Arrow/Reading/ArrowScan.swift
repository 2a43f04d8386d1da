/// What is wanted of a file of Arrow's.
public struct ArrowScan: Sendable {
  /// The columns by their names, in the order in which they are wanted; nil for all.
  public var columns: [String]?
  /// The record batches by their numbers; nil for all. Streams do not say where theirs are.
  public var recordBatches: [Int]?
  /// Rows of a batch at most.
  public var batchRows: Int

  /// Some columns, or all, of some record batches, or all.
  public init(
    columns: [String]? = nil, recordBatches: [Int]? = nil, batchRows: Int = ParquetScan.defaultBatchRows
  ) {
    precondition(batchRows > 0, "batches of \(batchRows) rows")
    self.columns = columns
    self.recordBatches = recordBatches
    self.batchRows = batchRows
  }
}
