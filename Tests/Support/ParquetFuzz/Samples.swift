import FlintColumns
import FlintCore
import FlintFormats
import LayoutSamples

/// Sound files of every type and nesting, in every encoding, codec and form of page.
struct Samples {
  private static let number = Field("number", .int64)
  private static let text = Field("text", .string)
  static let schema = Schema([
    Field("flag", .boolean), Field("tiny", .int8), Field("int", .int32, isNullable: false), Field("long", .int64),
    Field("float", .float), Field("double", .double), Field("cents", .decimal(precision: 9, scale: 2)),
    Field("huge", .decimal(precision: 38, scale: 5)), Field("day", .date), Field("time", .timestamp),
    Field("span", .interval), Field("name", .string), Field("bytes", .binary),
    Field("list", .list(number)), Field("pair", .structure([number, text])),
    Field("map", .map(key: Field("key", .string, isNullable: false), value: Field("value", .list(text)))),
    Field("deep", .list(Field("element", .list(Field("element", .structure([text])))))),
  ])

  private let memory: ColumnMemory
  private var generator: Generator

  /// The files, each with its options in words.
  static func files(_ memory: ColumnMemory, seed: UInt64) async throws -> [(name: String, bytes: [UInt8])] {
    var samples = Samples(memory: memory, generator: Generator(seed: seed))
    return try await samples.files()
  }

  private mutating func files() async throws -> [(name: String, bytes: [UInt8])] {
    var files: [(String, [UInt8])] = []
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
          files.append(("\(codec) \(version)", try await file(options, rows: 90)))
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
    let writer = try ParquetWriter(file, Self.schema, options, memory: memory)
    let columns = try Self.schema.fields.map { field in
      let builder = try memory.builder(field.type, capacity: rows)
      for _ in 0..<rows { try append(builder, isNullable: field.isNullable) }
      return try builder.finish()
    }
    try await writer.write(Batch(Self.schema, columns, length: rows))
    _ = try await writer.finish()
    return file.bytes
  }

  private mutating func append(_ builder: any VectorBuilder, isNullable: Bool = true) throws {
    if isNullable, generator.below(4) == 0 { return try builder.appendNull() }
    switch builder {
    case let bits as BitBuilder: try bits.append(generator.coin())
    case let values as ValueBuilder<Int8>: try values.append(generator.number())
    case let values as ValueBuilder<Int32>: try values.append(generator.below(3) == 0 ? 7 : generator.number())
    case let values as ValueBuilder<Int64>: try values.append(Int64(generator.below(100_000)))
    case let values as ValueBuilder<Int128>: try values.append(Int128(generator.number(Int64.self)) * 1_000_003)
    case let values as ValueBuilder<Float>: try values.append(Float(generator.double()))
    case let values as ValueBuilder<Double>: try values.append(generator.double())
    case let values as ValueBuilder<Interval>:
      try values.append(Interval(months: 3, days: Int32(generator.below(9)), microseconds: 5000))
    case let texts as TextBuilder: try texts.append(generator.coin() ? "même" : "text \(generator.below(99))")
    case let list as ListBuilder:
      for _ in 0..<generator.below(4) { try append(list.elements) }
      try list.endList()
    case let map as MapBuilder:
      for _ in 0..<generator.below(3) {
        try append(map.keys, isNullable: false)
        try append(map.values)
      }
      try map.endMap()
    case let structure as StructureBuilder:
      for part in structure.parts { try append(part) }
      structure.endStructure()
    default: preconditionFailure("no values for \(builder.type)")
    }
  }
}
