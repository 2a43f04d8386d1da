import FlintColumns
import FlintCore
import FlintFormats

@testable import FlintSQL

/// Tables with random rows, here and as statements for DuckDB.
struct SampleTables {
  let tables: [String: Table]
  let statements: [String]

  private static let shapes: [(name: String, rows: Int, fields: [Field])] = [
    (
      "t", 70,
      [
        Field("a", .int32), Field("b", .int64), Field("c", .double), Field("d", .decimal(precision: 10, scale: 2)),
        Field("s", .string), Field("f", .boolean), Field("dt", .date), Field("ts", .timestamp),
      ]
    ),
    ("u", 30, [Field("k", .int32), Field("v", .string), Field("w", .double), Field("g", .int64)]),
    ("nothing", 0, [Field("k", .int32), Field("v", .string)]),
  ]

  init(_ memory: ColumnMemory, seed: UInt64) throws {
    var generator = SeededGenerator(seed)
    var tables: [String: Table] = [:]
    var statements: [String] = []
    for (name, count, fields) in Self.shapes {
      let rows = (0..<count).map { _ in fields.map { Self.value($0.type, using: &generator) } }
      let columns = fields.map { "\($0.name) \($0.type == .string ? "varchar" : $0.type.description)" }
      statements.append("create table \(name) (\(columns.joined(separator: ", ")))")
      if count > 0 {
        let values = rows.map { "(" + $0.map(Self.text).joined(separator: ", ") + ")" }
        statements.append("insert into \(name) values \(values.joined(separator: ", "))")
      }
      let vectors = try fields.indices.map { column in
        let builder = try memory.builder(fields[column].type, capacity: count)
        for row in rows { try row[column].append(to: builder) }
        return try builder.finish()
      }
      let schema = Schema(fields)
      let whole = Batch(schema, vectors, length: count)
      // Several batches, so that nothing depends on there being one.
      let batches = stride(from: 0, to: count, by: 32).map { whole.slice($0..<min($0 + 32, count)) }
      tables[name] = Table(
        name: name, schema: schema, rows: .batches(batches), statistics: TableStatistics(rowCount: Double(count)))
    }
    self.tables = tables
    self.statements = statements
  }

  private static func value(_ type: DataType, using generator: inout SeededGenerator) -> Literal {
    if Int.random(in: 0..<7, using: &generator) == 0 { return .null }
    switch type {
    case .int32: return .int32(Int32.random(in: -9...9, using: &generator))
    case .int64: return .int64(Int64.random(in: -1000...1000, using: &generator))
    case .double: return .double(Double(Int.random(in: -40...40, using: &generator)) / 8)
    case .decimal(let precision, let scale):
      return .decimal(Int128(Int.random(in: -9999...9999, using: &generator)), precision: precision, scale: scale)
    case .boolean: return .boolean(Bool.random(using: &generator))
    case .date: return .date(Int32.random(in: 17_000...19_500, using: &generator))
    case .timestamp: return .timestamp(Int64.random(in: 1_500_000_000...1_700_000_000, using: &generator) * 1_000_000)
    default:
      let words = ["", "a", "abc", "Abc", "b%", "x_y", "zebra", " pad ", "été", "10", "-3"]
      return .string(words[Int.random(in: 0..<words.count, using: &generator)])
    }
  }

  /// A value as both dialects write it.
  private static func text(_ literal: Literal) -> String {
    switch literal {
    case .string(let text): "'\(text)'"
    default: literal.description
    }
  }
}
