import FlintColumns
import FlintCore
import FlintFormats
import FlintSystem

/// Reads a file and writes its rows into another one.
struct Rewrite {
  let files: SystemFileSystem
  let memory: ColumnMemory

  func run(_ source: FilePath, to target: FilePath, _ options: Options) async throws {
    let rows = try await Rows(source, options, files, memory)
    let output = try await files.open(target, .createOrTruncate)
    let size: ByteCount
    if target.string.hasSuffix(".arrow") {
      let writer = try ArrowWriter(output, rows.reader.schema, options.arrow, memory: memory)
      while let batch = try await rows.reader.next() { try await writer.write(batch) }
      size = try await writer.finish()
    } else {
      let writer = try ParquetWriter(output, rows.reader.schema, options.write, memory: memory)
      while let batch = try await rows.reader.next() { try await writer.write(batch) }
      size = try await writer.finish()
    }
    try await output.close()
    print("\(target) \(size.bytes)")
  }

  /// Parts the rows into files of folders.
  func run(_ source: FilePath, below folder: FilePath, _ options: Options) async throws {
    let rows = try await Rows(source, options, files, memory)
    let writer = try PartitionedWriter(
      folder, name: "part-0.parquet", rows.reader.schema, by: options.by, files: files, memory: memory
    ) { [memory] file, schema in try ParquetWriter(file, schema, options.write, memory: memory) }
    while let batch = try await rows.reader.next() { try await writer.write(batch) }
    print("\(try await writer.finish().count) files")
  }
}
