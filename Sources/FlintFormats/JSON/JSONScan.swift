public import FlintColumns

/// What is wanted of a JSON file.
public struct JSONScan: Sendable {
  /// The fields of the records, among them, if it is wanted, the column for malformed ones.
  public var schema: Schema
  /// The columns by their names, in the order in which they are wanted; nil for all.
  public var columns: [String]?
  /// How the file is written.
  public var options: JSONOptions
  /// Where clocks show times that have no offset.
  public var zone: ZoneRules
  /// Rows of a batch at most.
  public var batchRows: Int

  /// Some columns, or all, of records that have the fields of `schema`.
  public init(
    _ schema: Schema, columns: [String]? = nil, options: JSONOptions = JSONOptions(), zone: ZoneRules = .utc,
    batchRows: Int = CSVScan.defaultBatchRows
  ) {
    precondition(batchRows > 0, "batches of \(batchRows) rows")
    self.schema = schema
    self.columns = columns
    self.options = options
    self.zone = zone
    self.batchRows = batchRows
  }
}
