internal import FlintColumns
internal import FlintFormats

/// Some columns of a table, and what its rows must meet.
struct TableScan: Hashable, Sendable {
  var table: Table
  /// The columns that are wanted.
  var columns: [Attribute]
  /// What the reader leaves out by itself; rows that it gives meet all of these.
  var filters: [ParquetFilter] = []
  /// What values of partitions must meet.
  var partitionFilter: TypedExpression?
}
