public import FlintColumns

/// What is wanted of a separated text.
public struct CSVScan: Sendable {
  /// The columns of the files in their order, among them, if it is wanted, that for malformed records.
  public var schema: Schema
  /// The columns by their names, in the order in which they are wanted; nil for all.
  public var columns: [String]?
  /// How the texts are written.
  public var options: CSVOptions
  /// Where clocks show times that have no offset.
  public var zone: ZoneRules
  /// Rows of a batch at most.
  public var batchRows: Int

  /// The file whose header gave the schema, for errors of others; nil when it was given.
  var model: String?

  /// Many rows make the work for a batch count little, few of them stay near the processor.
  public static let defaultBatchRows = 16_384

  /// Some columns, or all, of files that have those of `schema`.
  public init(
    _ schema: Schema, columns: [String]? = nil, options: CSVOptions = CSVOptions(), zone: ZoneRules = .utc,
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
