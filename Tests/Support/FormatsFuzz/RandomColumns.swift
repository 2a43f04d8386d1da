import FlintColumns
import LayoutSamples

/// Random batches of every type and nesting.
struct RandomColumns {
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
  /// The same, and texts with a dictionary.
  static let codedSchema = Schema(schema.fields + [Field("code", .string)])

  let memory: ColumnMemory
  var generator: Generator

  mutating func batch(rows: Int) throws -> Batch {
    Batch(Self.schema, try Self.schema.fields.map { try column($0, rows: rows) }, length: rows)
  }

  mutating func codedBatch(rows: Int) throws -> Batch {
    let words = try TextBuilder(.string, capacity: 9, memory)
    for number in 0..<9 { try words.append("word \(generator.below(99)) of \(number)") }
    let codes = try ValueBuilder<Int32>(.int32, capacity: rows, memory)
    for _ in 0..<rows {
      if generator.below(4) == 0 { try codes.appendNull() } else { try codes.append(Int32(generator.below(9))) }
    }
    let coded = try codes.finish(codesOf: try words.finish())
    return Batch(Self.codedSchema, try batch(rows: rows).columns + [coded], length: rows)
  }

  private mutating func column(_ field: Field, rows: Int) throws -> Vector {
    let builder = try memory.builder(field.type, capacity: rows)
    for _ in 0..<rows { try append(builder, isNullable: field.isNullable) }
    return try builder.finish()
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
