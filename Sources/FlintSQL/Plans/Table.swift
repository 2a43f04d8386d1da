internal import FlintColumns
internal import FlintFormats

/// Where a scan's rows are.
struct Table: Hashable, Sendable {
  /// The kinds of tables.
  enum Rows: Sendable {
    /// Files of a format.
    case files(FileTable)
    /// Batches that are in memory.
    case batches([Batch])
  }

  /// As errors and explanations call it.
  let name: String
  let schema: Schema
  let rows: Rows
  /// About how many rows it has, where that is known.
  let rowCount: Int?

  /// The names of columns whose values stand in the names of folders.
  var folderColumns: Set<String> {
    if case .files(let files) = rows { Set(files.partitionSchema.fields.map(\.name)) } else { [] }
  }

  /// Whether its reader leaves out rows by conditions.
  var takesFilters: Bool {
    if case .files(let files) = rows, case .parquet = files.format { true } else { false }
  }

  static func == (left: Table, right: Table) -> Bool {
    left.name == right.name && left.schema == right.schema && left.rowCount == right.rowCount
  }

  func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
