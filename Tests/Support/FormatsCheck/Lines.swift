import FlintColumns
import FlintCore
import FlintFiles
import FlintFormats
import FlintSystem

/// Reads and writes texts of records, and tables of files.
struct Lines {
  let files: SystemFileSystem
  let memory: ColumnMemory

  /// Reads a file straight by the reader of its format.
  func read(_ format: String, _ source: String, to target: FilePath, _ options: Options) async throws {
    let inputs = try await InputFiles(files: files).find(source)
    let format = try Self.format(format, options)
    let schema: Schema
    if let given = options.schema {
      schema = given
    } else {
      switch format {
      case .csv(let options): schema = try await CSVSchema(options, files, memory: memory).find(in: inputs)
      case .json(let options): schema = try await JSONSchema(options, files, memory: memory).find(in: inputs)
      case .text, .parquet: schema = TextReader.columns
      }
    }
    var readers: [any BatchReader] = []
    for split in splits(of: inputs, options, format) {
      readers.append(try await reader(split, schema, format, options))
    }
    print("\(source) rows=\(try await Dump(files: files, memory: memory).write(readers, to: target))")
  }

  private func reader(
    _ split: FileSplit, _ schema: Schema, _ format: FileFormat, _ options: Options
  ) async throws -> any BatchReader {
    let (columns, rows) = (options.scan.columns, options.scan.batchRows)
    switch format {
    case .csv(let options):
      return try await CSVReader.open(
        split, CSVScan(schema, columns: columns, options: options, batchRows: rows), files, memory: memory)
    case .json(let options):
      return try await JSONReader.open(
        split, JSONScan(schema, columns: columns, options: options, batchRows: rows), files, memory: memory)
    case .text(let options):
      return try await TextReader.open(split, options, files, batchRows: rows, memory: memory)
    case .parquet: throw FlintError(.invalidArgument, "Parquet is dumped")
    }
  }

  /// Reads what paths, with commas between them, lead to.
  func table(_ source: String, to target: FilePath, _ options: Options) async throws {
    let table = try await FileTable.open(
      source.split(separator: ",").map(String.init), try Self.format(options.format, options), schema: options.schema,
      files,
      memory: memory)
    var readers: [any BatchReader] = []
    for part in table.parts(wanted: options.part.map { Int($0) }, parallelism: 2) {
      readers.append(
        try await table.reader(
          part, columns: options.scan.columns, batchRows: options.scan.batchRows, files, memory: memory))
    }
    let rows = try await Dump(files: files, memory: memory).write(readers, to: target)
    print("rows=\(rows) parts=\(readers.count) schema=\(table.schema)")
  }

  /// Writes the rows of a Parquet file.
  func write(_ format: String, _ source: FilePath, to target: FilePath, _ options: Options) async throws {
    let reader = try await ParquetFile.open(source, files).reader(options.scan, memory: memory)
    let output = try await files.open(target, .createOrTruncate)
    let size: ByteCount
    switch try Self.format(String(format.prefix { $0 != "-" }), options) {
    case .csv(let form):
      let writer = try CSVWriter(output, reader.schema, form, codec: options.codec)
      while let batch = try await reader.next() { try await writer.write(batch) }
      size = try await writer.finish()
    case .json(let form):
      let writer = try JSONWriter(output, reader.schema, form, codec: options.codec)
      while let batch = try await reader.next() { try await writer.write(batch) }
      size = try await writer.finish()
    case .text(let form):
      let writer = try TextWriter(output, reader.schema, form, codec: options.codec)
      while let batch = try await reader.next() { try await writer.write(batch) }
      size = try await writer.finish()
    case .parquet: throw FlintError(.invalidArgument, "Parquet is rewritten")
    }
    try await output.close()
    print("\(target) \(size.bytes)")
  }

  private static func format(_ name: String, _ options: Options) throws -> FileFormat {
    switch name {
    case "csv":
      var format = CSVOptions()
      for option in options.named { try format.set(option.name, option.value) }
      return .csv(format)
    case "json":
      var format = JSONOptions()
      for option in options.named { try format.set(option.name, option.value) }
      return .json(format)
    case "text":
      var format = TextOptions()
      for option in options.named { try format.set(option.name, option.value) }
      return .text(format)
    default: return .parquet(mergeSchema: options.named.contains { $0.name == "mergeSchema" && $0.value == "true" })
    }
  }

  private func splits(of inputs: [InputFile], _ options: Options, _ format: FileFormat) -> [FileSplit] {
    guard let part = options.part else { return inputs.map { FileSplit($0) } }
    let size = inputs.reduce(0) { $0 + $1.size }
    return SplitPlan.splits(
      of: inputs, wanted: Int((size + part - 1) / part), parallelism: 1, isSplittable: format.isSplittable)
  }
}
