import FlintColumns
import FlintCore
import FlintFormats
import LayoutSamples

/// Sound files of every type and nesting, in every encoding, codec and form of page.
struct ParquetSamples {
  private var values: RandomColumns

  /// The files, each with its options in words.
  static func files(_ memory: ColumnMemory, seed: UInt64) async throws -> [Sample] {
    var samples = ParquetSamples(values: RandomColumns(memory: memory, generator: Generator(seed: seed)))
    return try await samples.files()
  }

  private mutating func files() async throws -> [Sample] {
    var files: [Sample] = []
    for (index, codec) in ParquetCodec.allCases.enumerated() {
      for version in [ParquetWriteOptions.PageVersion.v1, .v2] {
        // Uncompressed files are damaged behind the codec, so there are more of them.
        for encoding in codec == .none ? Self.encodings : [Self.encodings[index % Self.encodings.count]] {
          var options = ParquetWriteOptions()
          options.codec = codec
          options.pageVersion = version
          options.encodings = encoding
          options.rowGroupRows = 40
          options.pageRows = 13
          options.bloomFilters = ["name", "long"]
          files.append(Sample(name: "\(codec) \(version)", bytes: try await file(options, rows: 90)))
        }
      }
    }
    return files
  }

  private static let encodings: [[String: ParquetEncoding]] = [
    [:],
    [
      "flag": .plain, "tiny": .plain, "int": .plain, "long": .plain, "float": .plain, "cents": .plain, "huge": .plain,
      "span": .plain, "name": .plain, "bytes": .plain, "list.list.element": .plain, "pair.text": .plain,
    ],
    [
      "flag": .rle, "tiny": .deltaBinaryPacked, "int": .deltaBinaryPacked, "long": .deltaBinaryPacked,
      "float": .byteStreamSplit, "double": .byteStreamSplit, "cents": .byteStreamSplit, "huge": .byteStreamSplit,
      "day": .deltaBinaryPacked, "time": .byteStreamSplit, "name": .deltaLengthByteArray, "bytes": .deltaByteArray,
      "list.list.element": .deltaBinaryPacked, "pair.text": .deltaByteArray,
      "map.key_value.key": .deltaLengthByteArray,
    ],
    ["huge": .deltaByteArray, "span": .deltaByteArray, "name": .deltaByteArray, "bytes": .deltaLengthByteArray],
  ]

  private mutating func file(_ options: ParquetWriteOptions, rows: Int) async throws -> [UInt8] {
    let file = MemoryFile()
    let writer = try ParquetWriter(file, RandomColumns.schema, options, memory: values.memory)
    try await writer.write(try values.batch(rows: rows))
    _ = try await writer.finish()
    return file.bytes
  }
}
