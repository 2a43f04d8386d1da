import FlintColumns
import FlintFiles
import FlintFormats

/// Separated texts, in whole files and in parts, in every mode, with and without a schema.
struct CSVSubject: Subject {
  let name = "csv"
  let ending = ".csv"

  private static let columns: Set<String> = [
    "flag", "tiny", "int", "long", "float", "double", "cents", "huge", "day", "time", "name",
  ]

  func samples(_ memory: ColumnMemory, seed: UInt64) async throws -> [Sample] {
    var source = LineSamples(memory, seed: seed, columns: Self.columns)
    var samples = [
      Sample(name: "quotes", bytes: Array("\"a,b\",\"c\nd\",\"\"\"\"\r\n'e',\"\",\\\"\n#f,g\n,,\n".utf8))
    ]
    for header in [false, true] {
      for quotesAll in [false, true] {
        var options = CSVOptions()
        (options.header, options.quoteAll) = (header, quotesAll)
        let file = MemoryFile()
        let writer = try CSVWriter(file, source.schema, options)
        try await writer.write(try source.batch(rows: 60))
        _ = try await writer.finish()
        samples.append(Sample(name: "header \(header), quotes \(quotesAll)", bytes: file.bytes))
      }
    }
    return samples
  }

  func read(_ file: MemoryFile, _ memory: ColumnMemory, way: Int) async throws -> Digest {
    var options = CSVOptions()
    options.mode = way == 2 ? .dropMalformed : way == 3 ? .failFast : .permissive
    options.multiLine = way == 4
    options.escape = way == 5 ? "\\" : nil
    options.comment = way == 5 ? "#" : nil
    options.ignoreLeadingWhiteSpace = way == 0
    options.maxColumns = 100
    // Without the header a file has one record more, and texts that are no numbers.
    options.header = way == 3
    options.inferSchema = true
    var schema = LineSamples(memory, seed: 0, columns: Self.columns).schema
    if way == 3 || way == 4 {
      let input = InputFile(path: "damaged", size: try await file.size())
      schema = try await CSVSchema(options, MemoryFiles(file: file), memory: memory).find(in: [input])
    } else {
      schema = Schema(schema.fields + [Field(options.columnNameOfCorruptRecord, .string)])
    }
    let scan = CSVScan(schema, options: options, batchRows: 7)
    return try await LineSamples.read(file, parts: way < 2 ? 3 : 1, isSame: true) { split, files in
      try await CSVReader.open(split, scan, files, memory: memory)
    }
  }

  /// The first records.
  func metadata(of bytes: [UInt8]) -> Range<Int> { 0..<min(bytes.count, 300) }
}
