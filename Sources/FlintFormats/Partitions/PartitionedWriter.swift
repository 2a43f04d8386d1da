public import FlintColumns
public import FlintCore

/// Writes rows into files of folders that are named after what their rows have in common, such as
/// `zone=7/day=2020-01-05/part-0.parquet`. Columns that name folders are not in the files. One user at a time, who waits
/// for each call.
public actor PartitionedWriter {
  /// A file that was written.
  public struct WrittenFile: Sendable {
    /// Its path below the root.
    public let path: String
    /// Its length.
    public let size: ByteCount
    /// The rows in it.
    public let rowCount: Int
  }

  /// Makes the writer of one file.
  public typealias Make = @Sendable (any OpenFile, Schema) throws -> any TableWriter

  private let root: FilePath
  private let name: String
  private let files: any FileSystem
  private let make: Make
  private let memory: ColumnMemory
  private let schema: Schema
  /// The columns that name folders, and the others, by their numbers.
  private let keys: [Int]
  private let others: [Int]
  private var open: [String: (file: any OpenFile, writer: any TableWriter, rowCount: Int)] = [:]

  /// How many files may be written at once: each keeps a row group in memory.
  private static let mostFiles = 1000

  /// A writer of files `name` below the folder `root`. Throws `invalid-argument` when rows cannot be parted by `columns`:
  /// whole numbers, decimals, days, truth values and texts name folders, and a column must be left for the files.
  public init(
    _ root: FilePath, name: String, _ schema: Schema, by columns: [String], files: any FileSystem,
    memory: ColumnMemory, _ make: @escaping Make
  ) throws(FlintError) {
    keys = try Self.check(schema, by: columns)
    let named = keys
    others = schema.fields.indices.filter { !named.contains($0) }
    self.root = root
    self.name = name
    self.schema = schema
    self.make = make
    self.files = files
    self.memory = memory
  }

  /// The numbers of columns that name folders. Throws `invalid-argument` when they cannot.
  @discardableResult
  public static func check(_ schema: Schema, by columns: [String]) throws(FlintError) -> [Int] {
    let keys = try columns.map { (column) throws(FlintError) in
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
    guard Set(keys).count < schema.fields.count else {
      throw FlintError(.invalidArgument, "no column of \(schema) is left for the files")
    }
    return keys
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
      open[folder]?.rowCount += selection.count
    }
  }

  /// Ends all files and syncs them, and returns them sorted by their paths.
  public func finish() async throws -> [WrittenFile] {
    var written: [WrittenFile] = []
    for folder in open.keys.sorted() {
      guard let (file, writer, rowCount) = open.removeValue(forKey: folder) else { continue }
      let size = try await writer.finish()
      try await file.synchronize()
      try await file.close()
      written.append(
        WrittenFile(path: folder.isEmpty ? name : folder + "/" + name, size: size, rowCount: rowCount))
    }
    return written
  }

  /// Closes all files as they are.
  public func abandon() async {
    for folder in open.keys.sorted() { try? await open.removeValue(forKey: folder)?.file.close() }
  }

  private func folder(_ batch: Batch, _ row: Int) -> String {
    keys.map { PartitionName.folder(schema.fields[$0].name, PartitionValue.text(batch.columns[$0], row)) }
      .joined(separator: "/")
  }

  private func writer(_ folder: String, _ schema: Schema) async throws -> any TableWriter {
    if let known = open[folder] { return known.writer }
    guard open.count < Self.mostFiles else {
      throw FlintError(
        .resourceExhausted, "rows are parted into more than \(Self.mostFiles) folders at once",
        remedy: "sort them by the columns that name folders, or part them by fewer")
    }
    let path = folder.isEmpty ? root : root / folder
    try await files.createDirectory(path)
    let file = try await files.open(path / name, .createNew)
    let writer = try make(file, schema)
    open[folder] = (file, writer, 0)
    return writer
  }
}
