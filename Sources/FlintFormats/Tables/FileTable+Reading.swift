public import FlintColumns
public import FlintCore
internal import FlintFiles

extension FileTable {
  /// A reader for a part.
  ///
  /// - Parameters:
  ///   - columns: those that are wanted, by their names, in this order; nil for all.
  ///   - filters: what rows of Parquet must meet; about columns in the files only.
  ///   - zone: where clocks show times that have no offset.
  ///
  /// Throws `invalid-argument` for columns that there are not, `corrupt-data` when the file does not have the table's
  /// columns, naming two files, or its folders' values not their type, and what the format's reader throws.
  public func reader(
    _ part: FilePart, columns: [String]? = nil, filters: [ParquetFilter] = [], zone: ZoneRules = .utc,
    batchRows: Int = CSVScan.defaultBatchRows, _ files: any FileSystem, limits: Limits = Limits(), memory: ColumnMemory
  ) async throws -> any BatchReader {
    let wanted = try (columns ?? schema.fields.map(\.name)).map { name in
      guard let index = schema.index(of: name) else {
        throw FlintError(.invalidArgument, "there is no one column \(name)", why: "the columns are \(schema)")
      }
      return index
    }
    let inFile = wanted.filter { $0 < firstOfFolders }.map { schema.fields[$0].name }
    let inner: any BatchReader
    switch format {
    case .parquet(let mergesSchema):
      inner = try await parquet(part, inFile, filters, batchRows, mayLack: mergesSchema, files, limits, memory)
    case .csv(var options):
      // Names that were found in the first header must stand in the others too.
      if model != nil, options.header { options.enforceSchema = false }
      var scan = CSVScan(fileSchema, columns: inFile, options: options, zone: zone, batchRows: batchRows)
      scan.model = model
      inner = try await CSVReader.open(part.split, scan, files, limits: limits, memory: memory)
    case .json(let options):
      let scan = JSONScan(fileSchema, columns: inFile, options: options, zone: zone, batchRows: batchRows)
      inner = try await JSONReader.open(part.split, scan, files, limits: limits, memory: memory)
    case .text(let options):
      inner = try await TextReader.open(
        part.split, options, files, limits: limits, batchRows: batchRows, memory: memory)
    }
    return PartReader(
      inner, wanted.map { source($0, part, inner) }, schema.selecting(wanted), part, zone, memory)
  }

  /// The number of the first column that the names of folders say.
  private var firstOfFolders: Int { schema.fields.count - partitionSchema.fields.count }

  /// Where a column of a part comes from.
  private func source(_ column: Int, _ part: FilePart, _ inner: any BatchReader) -> PartReader.Source {
    guard column < firstOfFolders else { return .folder(part.values[column - firstOfFolders]) }
    return inner.schema.index(of: schema.fields[column].name).map { .file($0) } ?? .missing
  }

  private func parquet(
    _ part: FilePart, _ columns: [String], _ filters: [ParquetFilter], _ batchRows: Int, mayLack: Bool,
    _ files: any FileSystem, _ limits: Limits, _ memory: ColumnMemory
  ) async throws -> any BatchReader {
    let file = try await ParquetFile.open(FilePath(part.split.path), files, limits: limits)
    if let model {
      try SchemaAgreement.check(fileSchema, of: model, file.schema, part.split.path, mayLack: mayLack)
    }
    let there = mayLack ? columns.filter { file.schema.index(of: $0) != nil } : columns
    let groups = file.rowGroups(within: part.split.start..<part.split.end)
    return try file.reader(
      ParquetScan(columns: there, filters: filters, rowGroups: groups, batchRows: batchRows), memory: memory)
  }
}
