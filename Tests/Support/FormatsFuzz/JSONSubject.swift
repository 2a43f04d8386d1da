import FlintColumns
import FlintFiles
import FlintFormats

/// JSON, in whole files and in parts, in every mode, with and without a schema.
struct JSONSubject: Subject {
  let name = "json"
  let ending = ".json"

  private static let columns: Set<String> = [
    "flag", "tiny", "int", "long", "float", "double", "cents", "huge", "day", "time", "name", "bytes", "list", "pair",
    "map", "deep",
  ]

  func samples(_ memory: ColumnMemory, seed: UInt64) async throws -> [Sample] {
    var source = LineSamples(memory, seed: seed, columns: Self.columns)
    var samples = [
      Sample(
        name: "array",
        bytes: Array("[{\"int\":1,\"name\":\"\\u00e4\\uD83E\\uDD8A\\\"\"},\n{\"list\":[1,null],\"new\":{}}]\n".utf8))
    ]
    for ignoresNull in [false, true] {
      var options = JSONOptions()
      options.ignoreNullFields = ignoresNull
      let file = MemoryFile()
      let writer = try JSONWriter(file, source.schema, options)
      try await writer.write(try source.batch(rows: 40))
      _ = try await writer.finish()
      samples.append(Sample(name: "without null \(ignoresNull)", bytes: file.bytes))
    }
    return samples
  }

  func read(_ file: MemoryFile, _ memory: ColumnMemory, way: Int) async throws -> Digest {
    var options = JSONOptions()
    options.mode = way == 2 ? .dropMalformed : way == 3 ? .failFast : .permissive
    options.multiLine = way == 4
    options.allowComments = way == 5
    options.allowUnquotedFieldNames = way == 5
    var schema = LineSamples(memory, seed: 0, columns: Self.columns).schema
    if way == 3 || way == 4 {
      let input = InputFile(path: "damaged", size: try await file.size())
      schema = try await JSONSchema(options, MemoryFiles(file: file), memory: memory).find(in: [input])
    } else {
      schema = Schema(schema.fields + [Field(options.columnNameOfCorruptRecord, .string)])
    }
    let scan = JSONScan(schema, options: options, batchRows: 7)
    return try await LineSamples.read(file, parts: way < 2 ? 3 : 1, isSame: true) { split, files in
      try await JSONReader.open(split, scan, files, memory: memory)
    }
  }

  /// The first records.
  func metadata(of bytes: [UInt8]) -> Range<Int> { 0..<min(bytes.count, 300) }
}
