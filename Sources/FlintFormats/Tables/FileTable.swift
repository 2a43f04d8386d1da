public import FlintColumns
public import FlintCore
public import FlintFiles

/// The files that some paths lead to, as one table: their columns, and behind them those that the names of folders
/// say, such as `year=2020/month=1`.
///
/// It is opened once, on the driver, and read part by part, anywhere.
public struct FileTable: Sendable {
  /// How the files are written.
  public let format: FileFormat
  /// All columns.
  public let schema: Schema
  /// Those that the names of folders say, among them; they come last.
  public let partitionSchema: Schema
  /// Every file, in the order of the paths.
  public let files: [InputFile]
  /// The file whose columns the others must have.
  let model: String?
  /// The columns in the files.
  let fileSchema: Schema
  private let values: [[String?]]

  /// Finds the files of `paths`, each a file, a folder with all below it, or a pattern, and their columns.
  ///
  /// - Parameters:
  ///   - schema: the columns, if they are known; those of folders may be among them.
  ///   - findsPartitionTypes: whether columns of folders have types by their values; else they are strings.
  ///
  /// Throws `file-not-found` for a path that leads to nothing, and for one without a file when columns must be found;
  /// `corrupt-data` when files do not agree on columns, naming two of them, and what the format's reader throws.
  public static func open(
    _ paths: [String], _ format: FileFormat, schema: Schema? = nil, findsPartitionTypes: Bool = true,
    _ files: any FileSystem, limits: Limits = Limits(), memory: ColumnMemory
  ) async throws -> FileTable {
    var inputs: [InputFile] = []
    for path in paths { inputs += try await InputFiles(files: files).find(path) }
    guard !inputs.isEmpty || schema != nil else {
      throw FlintError(
        .fileNotFound, "\(paths.joined(separator: ", ")) holds no file", why: "so nobody knows the columns",
        remedy: "correct the path, or give the schema")
    }
    let partitions = try PartitionColumns(inputs, given: schema, findsTypes: findsPartitionTypes)
    let names = Set(partitions.schema.fields.map(\.name))
    let found: Schema
    if let schema { found = schema } else { found = try await columns(inputs, format, files, limits, memory) }
    return FileTable(
      format: format, files: inputs, model: schema == nil ? inputs.first?.path : nil,
      // A schema that was given names the columns of folders too. One that was found has only what is in the files, and
      // what is there twice must be passed there.
      fileSchema: schema == nil ? found : Schema(found.fields.filter { !names.contains($0.name) }), partitions)
  }

  /// The same without its files, for whoever is told which parts to read.
  package var withoutFiles: FileTable {
    FileTable(
      format: format, files: [], model: model, fileSchema: fileSchema,
      PartitionColumns(partitionSchema))
  }

  private init(
    format: FileFormat, files: [InputFile], model: String?, fileSchema: Schema, _ partitions: PartitionColumns
  ) {
    self.format = format
    self.files = files
    self.model = model
    self.fileSchema = fileSchema
    partitionSchema = partitions.schema
    values = partitions.values
    let names = Set(partitions.schema.fields.map(\.name))
    schema = Schema(fileSchema.fields.filter { !names.contains($0.name) } + partitions.schema.fields)
  }

  private static func columns(
    _ inputs: [InputFile], _ format: FileFormat, _ files: any FileSystem, _ limits: Limits, _ memory: ColumnMemory
  ) async throws -> Schema {
    switch format {
    case .csv(let options): return try await CSVSchema(options, files, limits: limits, memory: memory).find(in: inputs)
    case .json(let options):
      return try await JSONSchema(options, files, limits: limits, memory: memory).find(in: inputs)
    case .text: return TextReader.columns
    case .parquet(let mergesSchema):
      var agreement: SchemaAgreement?
      for input in mergesSchema ? inputs[...] : inputs.prefix(1) {
        let schema = try await ParquetFile.open(FilePath(input.path), files, limits: limits).schema
        if agreement == nil {
          agreement = SchemaAgreement(schema, of: input.path)
        } else {
          try agreement?.merge(schema, of: input.path)
        }
      }
      return agreement?.schema ?? Schema([])
    }
  }

  /// The parts that tasks read: about `parallelism` of them, or more when files are large; or as many as are `wanted`.
  public func parts(wanted: Int? = nil, parallelism: Int) -> [FilePart] {
    // The order of splits is that of the files, each in one run.
    var (parts, file): ([FilePart], Int) = ([], 0)
    let splits = SplitPlan.splits(
      of: files, wanted: wanted, parallelism: parallelism, isSplittable: format.isSplittable)
    for split in splits {
      while files[file].path != split.path || files[file].size != split.fileSize { file += 1 }
      parts.append(FilePart(split: split, values: values[file]))
    }
    return parts
  }
}
