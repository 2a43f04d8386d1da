public import FlintColumns
public import FlintCore

/// Writes rows into Parquet files of folders that are named after what their rows have in common, such as
/// `zone=7/day=2020-01-05/part-0.parquet`. Columns that name folders are not in the files. One user at a time, who waits
/// for each call.
public actor PartitionedWriter {
  private let root: FilePath
  private let name: String
  private let files: any FileSystem
  private let options: ParquetWriteOptions
  private let memory: ColumnMemory
  private let schema: Schema
  /// The columns that name folders, and the others, by their numbers.
  private let keys: [Int]
  private let others: [Int]
  private var open: [String: (file: any OpenFile, writer: ParquetWriter)] = [:]

  /// How many files may be written at once: each keeps a row group in memory.
  private static let mostFiles = 1000

  /// A writer of files `name` below the folder `root`. Throws `invalid-argument` when rows cannot be parted by `columns`:
  /// whole numbers, decimals, days, truth values and texts name folders, and a column must be left for the files.
  public init(
    _ root: FilePath, name: String, _ schema: Schema, by columns: [String],
    _ options: ParquetWriteOptions = ParquetWriteOptions(), files: any FileSystem, memory: ColumnMemory
  ) throws(FlintError) {
    keys = try columns.map { (column) throws(FlintError) in
      guard let index = schema.index(of: column) else {
        throw FlintError(
          .invalidArgument, "rows of \(schema) cannot be parted by \(column)", why: "there is no such column")
      }
      guard PartitionValue.fits(schema.fields[index].type) else {
        throw FlintError(
          .invalidArgument, "rows cannot be parted by \(schema.fields[index])",
          why: "no folder is named after such values",
          remedy: "part them by a day or a text that is made of it")
      }
      return index
    }
    let named = keys
    others = schema.fields.indices.filter { !named.contains($0) }
    guard !others.isEmpty else {
      throw FlintError(.invalidArgument, "no column of \(schema) is left for the files")
    }
    self.root = root
    self.name = name
    self.schema = schema
    self.options = options
    self.files = files
    self.memory = memory
  }

  /// Writes the rows of a batch that count, each into the file of its folder.
  public func write(_ batch: Batch) async throws {
    precondition(batch.schema == schema, "a batch of \(batch.schema) is not one of \(schema)")
    var order: [String] = []
    var rows: [String: [Int32]] = [:]
    for index in 0..<batch.rowCount {
      let row = batch.selection.map { $0.rows[index] } ?? Int32(index)
      let folder = self.folder(batch, Int(row))
      if rows[folder] == nil { order.append(folder) }
      rows[folder, default: []].append(row)
    }
    let columns = batch.selecting(columns: others)
    for folder in order {
      let selection = try Selection(rows[folder] ?? [], memory)
      try await writer(folder, columns.schema).write(columns.selecting(selection))
    }
  }

  /// Ends all files, and returns their paths below the root, sorted.
  public func finish() async throws -> [String] {
    let paths = open.keys.sorted()
    for path in paths {
      guard let (file, writer) = open.removeValue(forKey: path) else { continue }
      _ = try await writer.finish()
      try await file.close()
    }
    return paths.map { $0.isEmpty ? name : $0 + "/" + name }
  }

  private func folder(_ batch: Batch, _ row: Int) -> String {
    keys.map { PartitionName.folder(schema.fields[$0].name, PartitionValue.text(batch.columns[$0], row)) }
      .joined(separator: "/")
  }

  private func writer(_ folder: String, _ schema: Schema) async throws -> ParquetWriter {
    if let known = open[folder] { return known.writer }
    guard open.count < Self.mostFiles else {
      throw FlintError(
        .resourceExhausted, "rows are parted into more than \(Self.mostFiles) folders at once",
        remedy: "sort them by the columns that name folders, or part them by fewer")
    }
    let path = folder.isEmpty ? root : root / folder
    try await files.createDirectory(path)
    let file = try await files.open(path / name, .createNew)
    let writer = try ParquetWriter(file, schema, options, memory: memory)
    open[folder] = (file, writer)
    return writer
  }
}
