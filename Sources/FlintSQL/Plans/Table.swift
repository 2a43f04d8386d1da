internal import FlintColumns
internal import FlintCore
internal import FlintDatasets
internal import FlintFormats
internal import FlintLayout
internal import FlintLineage

/// Where a scan's rows are.
struct Table: Hashable, Sendable {
  /// The kinds of tables.
  enum Rows: Sendable {
    /// Files of a format.
    case files(FileTable)
    /// Batches that are in memory.
    case batches([Batch])
    /// Blocks that every task has.
    case shared(Broadcast<SharedRows>)
    /// The input of a stage with this number.
    case input(Int)
    /// A dataset of batches, whose columns are those of the table.
    case dataset(LineageNode)
  }

  /// As errors and explanations call it.
  let name: String
  let schema: Schema
  let rows: Rows
  /// About how many rows it has, and which values, where that is known.
  let statistics: TableStatistics?

  /// About how many rows it has, where that is known. A footer may claim any number.
  var rowCount: Int? { statistics.map { Int(min($0.rowCount, Self.mostRows)) } }
  private static let mostRows = 1e15

  /// The names of columns whose values stand in the names of folders.
  var folderColumns: Set<String> {
    if case .files(let files) = rows { Set(files.partitionSchema.fields.map(\.name)) } else { [] }
  }

  /// Whether its reader leaves out rows by conditions.
  var takesFilters: Bool {
    if case .files(let files) = rows, case .parquet = files.format { true } else { false }
  }

  static func == (left: Table, right: Table) -> Bool {
    left.name == right.name && left.schema == right.schema && left.statistics == right.statistics
  }

  func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

/// What travels to a task is which table it is, and how its files are read; which of them a task reads travels with the task.
extension Table: RowConvertible {
  /// Its name and its columns, and the files' format, or which input of a stage it is.
  struct RowForm {
    let name: String
    let fields: [Field]
    let files: FileTable?
    let input: Int
  }

  var rowForm: RowForm {
    get throws {
      switch rows {
      case .files(let files):
        return RowForm(name: name, fields: schema.fields, files: files.withoutFiles, input: -1)
      case .input(let number): return RowForm(name: name, fields: schema.fields, files: nil, input: number)
      case .batches, .shared, .dataset:
        throw FlintError(.unsupportedType, "the rows of \(name) do not travel with a plan")
      }
    }
  }

  init(rowForm: RowForm) {
    self.init(
      name: rowForm.name, schema: Schema(rowForm.fields),
      rows: rowForm.files.map { .files($0) } ?? .input(rowForm.input), statistics: nil)
  }
}
