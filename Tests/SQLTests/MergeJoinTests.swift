import FlintColumns
import FlintCore
import Testing

@testable import FlintSQL

/// Joins by merging, in batches of a few rows, against the table that other joins make.
@Suite("Merging joins")
struct MergeJoinTests {
  private let memory = ColumnMemory(budget: MemoryBudget(limit: .mebibytes(64)))

  private static let fields = [
    Field("k", .int32), Field("v", .int64), Field("d", .double), Field("s", .string), Field("p", .interval),
    Field("m", .decimal(precision: 30, scale: 2)), Field("f", .boolean),
  ]

  private static func value(_ name: String, using generator: inout SeededGenerator) -> Literal {
    if Int.random(in: 0..<6, using: &generator) == 0 { return .null }
    let small = Int32.random(in: 0..<4, using: &generator)
    switch name {
    case "k": return .int32(small)
    case "v": return .int64(Int64.random(in: 0..<100, using: &generator))
    case "d": return .double([0, -0.0, .nan, -.nan, .infinity, 1][Int.random(in: 0..<6, using: &generator)])
    case "s": return .string(["", "a", "a\0", "words that are long", "words that are longer"][Int(small)])
    case "p":
      return .interval(
        Interval(months: small % 2, days: small > 1 ? 30 : 0, microseconds: small == 3 ? 30 * 86_400_000_000 : 0))
    case "m": return .decimal(Int128(small) << 70, precision: 30, scale: 2)
    default: return .boolean(small > 1)
    }
  }

  private func sql(_ sizes: [Int], _ seed: UInt64) throws -> LocalSQL {
    var generator = SeededGenerator(seed)
    var tables: [String: Table] = [:]
    for (name, size) in zip(["l", "r"], sizes) {
      let rows = (0..<size).map { _ in Self.fields.map { Self.value($0.name, using: &generator) } }
      let vectors = try Self.fields.indices.map { column in
        let builder = try memory.builder(Self.fields[column].type, capacity: size)
        for row in rows { try row[column].append(to: builder) }
        return try builder.finish()
      }
      let batch = Batch(Schema(Self.fields), vectors, length: size)
      tables[name] = Table(name: name, schema: batch.schema, rows: .batches([batch]), statistics: nil)
    }
    return try LocalSQL(tables, memory: memory)
  }

  private func join(_ condition: String, _ kind: Join.Kind, _ sql: LocalSQL) throws -> Join {
    let plan = try sql.plan("select * from l join r on \(condition)", isOptimised: false)
    guard case .project(_, .join(var join)) = plan else { throw FlintError(.invalidQuery, "no join: \(plan)") }
    join.kind = kind
    return join
  }

  /// Rows sorted by keys, a few a batch.
  private func pieces(
    _ plan: LogicalPlan, _ keys: [Computation], _ size: Int, _ execution: LocalExecution
  ) async throws -> BatchesStream {
    let kernels = execution.kernels
    let rows = SortStream(try execution.stream(plan), by: keys, plan.output, kernels, nil)
    return BatchesStream(try await rows.all(plan.output.schema, kernels), of: size)
  }

  private func lines(_ rows: Batch, _ sql: LocalSQL) throws -> [String] {
    try sql.cells(rows).map { $0.map(\.description).joined(separator: " ") }.sorted()
  }

  private static let conditions = [
    "l.k = r.k", "l.k = r.k and l.v < r.v", "l.k = r.k and l.s = r.s", "l.d = r.d", "l.d = r.d and l.v <> r.v",
    "l.s <=> r.s", "l.s <=> r.s and l.k = r.k", "l.s = r.s and l.f <=> r.f and l.v >= r.v", "l.p = r.p", "l.m = r.m",
    "l.k + 1 = r.k and l.k < 0", "struct(l.k, l.s) = struct(r.k, r.s)", "array(l.k, l.v) = array(r.k, r.v)",
  ]

  @Test("the same rows of all kinds of joins, types of keys and sizes of batches", arguments: conditions)
  func kinds(condition: String) async throws {
    var rowCount = 0
    for (seed, sizes) in [[30, 40], [37, 5], [3, 50], [20, 0], [0, 20], [1, 1]].enumerated() {
      let sql = try sql(sizes, UInt64(seed))
      let execution = LocalExecution(sql.kernels, files: sql.files)
      for kind in [Join.Kind.inner, .left, .full, .semi, .anti, .antiUnlessNull] {
        let join = try join(condition, kind, sql)
        let schema = join.output.schema
        let expected = try lines(try await execution.stream(.join(join)).all(schema, sql.kernels), sql)
        rowCount += expected.count
        let compiled = try CompiledJoin(join, sql.kernels, zones: [:])
        for size in [1, 2, 7, 100] {
          let known = RightSideStream(try execution.stream(join.right), compiled, sql.kernels, nil)
          while try await known.next() != nil {}
          let merged = MergeJoinStream(
            compiled, sorted: try await pieces(join.left, compiled.leftKeys, size, execution),
            try await pieces(join.right, compiled.rightKeys, size + 1, execution), known, sql.kernels, nil)
          let rows = try lines(try await merged.all(schema, sql.kernels), sql)
          #expect(rows == expected, "\(kind) on \(condition), \(sizes) rows, \(size) a batch")
        }
      }
    }
    #expect(rowCount > 100)
  }

  @Test("-0.0 is 0.0 as a key, and NaN is NaN")
  func numbers() async throws {
    var sql = try sql([0, 0], 0)
    sql.prefersMergeJoin = true
    let sides = """
      (values (0.0d), (double('NaN')), (1.0d), (null)) l(d) join (values (-0.0d), (double('NaN')), (2.0d), (null)) r(d)
      """
    #expect(try sql.plan("select * from \(sides) on l.d = r.d").description.contains("SortMergeJoin"))
    #expect(try await sql.rows("select count(*) from \(sides) on l.d = r.d") == [[.exact("i2")]])
    #expect(try await sql.rows("select count(*) from \(sides) on l.d <=> r.d") == [[.exact("i3")]])
    #expect(
      try await sql.rows("select count(*) from \(sides.replacing("join", with: "full join")) on l.d = r.d")
        == [[.exact("i6")]])
  }
}
