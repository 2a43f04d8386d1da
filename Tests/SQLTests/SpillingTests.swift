import DirectRuntime
import FlintColumns
import FlintCore
import FlintFormats
import FlintDatasets
import Testing

@testable import FlintSQL

/// Every operator that gathers rows, with less memory than they take, against DuckDB.
@Suite("SQL with little memory")
struct SpillingTests {
  private static let memory = ColumnMemory(budget: MemoryBudget(limit: .gibibytes(1)))
  private static let rows = TestSize.isFull ? 750_000 : 75_000
  /// How many values `k` has.
  private static let keys = TestSize.isFull ? 150_131 : 15_013
  /// Joins gather one side only.
  private static func taskMemory(_ query: String) -> ByteCount {
    ByteCount((TestSize.isFull ? 10 : 1) << (query.contains(" join ") ? 19 : 20))
  }

  /// `i` is the row's number; `k` has many values, `g` few, `s` is a text; some of each are null.
  private static let columns: [(field: Field, theirs: String)] = [
    (Field("i", .int64), "i"),
    (Field("k", .int32), "case when i % 11 = 0 then null else (i * 7919 % \(keys))::int end"),
    (Field("g", .int32), "(i % 97)::int"),
    (Field("s", .string), "case when i % 13 = 0 then null else 'text ' || (i * 31 % 9973) end"),
    (Field("v", .double), "((i * 17 % 1000) / 8)::double"),
  ]

  private static func value(_ name: String, _ row: Int) -> Literal {
    switch name {
    case "i": .int64(Int64(row))
    case "k": row % 11 == 0 ? .null : .int32(Int32(row * 7919 % keys))
    case "g": .int32(Int32(row % 97))
    case "s": row % 13 == 0 ? .null : .string("text \(row * 31 % 9973)")
    default: .double(Double(row * 17 % 1000) / 8)
    }
  }

  /// Two tables with the same rows.
  private static let tables = Result { try ["big": table("big"), "other": table("other")] }

  private static func table(_ name: String) throws -> Table {
    let schema = Schema(columns.map(\.field))
    var batches: [Batch] = []
    for start in stride(from: 0, to: rows, by: 4096) {
      let range = start..<min(start + 4096, rows)
      let vectors = try schema.fields.map { field in
        let builder = try memory.builder(field.type, capacity: range.count)
        for row in range { try value(field.name, row).append(to: builder) }
        return try builder.finish()
      }
      batches.append(Batch(schema, vectors, length: range.count))
    }
    return Table(
      name: name, schema: schema, rows: .batches(batches), statistics: TableStatistics(rowCount: Double(rows)))
  }

  private static func statement(_ name: String) -> String {
    let items = columns.map { "\($0.theirs) as \($0.field.name)" }.joined(separator: ", ")
    return "create table \(name) as select \(items) from range(\(rows)) numbers(i)"
  }

  /// The answer to a query, which must have spilled, and DuckDB's to the same in its words.
  private func answers(
    _ query: String, _ theirs: String, prefersMergeJoin: Bool = false
  ) async throws -> (ours: [[Cell]], theirs: [[Cell]]) {
    var sql = try LocalSQL(try Self.tables.get(), memory: Self.memory)
    sql.prefersMergeJoin = prefersMergeJoin
    let answers = try await DuckDB.answers([Self.statement("big"), Self.statement("other")], [theirs])
    guard case .rows(let expected) = answers.first else {
      throw FlintError(.invalidQuery, "\(theirs) fails there", why: "\(answers)")
    }
    var limits = Limits()
    limits.broadcastRows = ByteCount(1)
    return try await DirectRuntime.use(limits: limits, taskMemory: Self.taskMemory(query)) { session, runtime in
      let execution = ClusterExecution(
        session: session, settings: ComputingSettings(), kernels: sql.kernels, zones: [:],
        site: OperatorSite("collect", #fileID, #line))
      let plan = try sql.plan(query)
      let rows = try sql.kernels.concatenate(try await execution.rows(plan), plan.output.schema)
      #expect(runtime.record.spillFiles > 0, "\(query) did not spill")
      #expect(runtime.record.metrics.spilledBytes > 0, "\(query) did not spill")
      return (try sql.cells(rows), expected)
    }
  }

  /// Digit by digit: all numbers are multiples of an eighth.
  private func expectSame(_ ours: [String], _ theirs: [String], _ query: String) {
    #expect(ours.count == theirs.count, "\(query)")
    let different = zip(ours, theirs).first { $0 != $1 }
    #expect(different == nil, "\(query)\n\(String(describing: different))")
  }

  private static func lines(_ rows: [[Cell]]) -> [String] {
    rows.map { $0.map(\.description).joined(separator: " ") }
  }

  @Test(
    "the same rows",
    arguments: [
      "select k, count(*), count(s), sum(v), min(i), max(s), avg(v) from big group by k",
      "select i, sum(v) as x from big group by i",
      "select s, k, count(*) from big group by s, k",
      "select k, count(distinct s), sum(v) from big where k > 0 group by k",
      "select g, count(distinct k), count(distinct s), count(*), max(i) from big group by g",
      "select distinct k, s from big",
      "select k, s from big intersect select k, s from other where g < 50",
      "select k, s from big except select k, s from other where g < 90",
      "select b.i, o.i, b.v + o.v from big b join other o on b.i = o.i",
      "select b.i, o.s from big b left join other o on b.i = o.i and o.v > b.v / 2",
      "select b.i, o.s from big b right join other o on b.k = o.k and b.i = o.i + \(keys)",
      "select b.k, b.i, o.i from big b full join other o on b.i = o.i + 1000 and b.g = o.g",
      "select b.i, o.i from big b full join other o on b.i = o.i + 1000",
      "select i, s from big b left semi join other o on b.i = o.i + 5000",
      "select i, s from big b left anti join other o on b.i = o.i + 5000",
      "select i from big where cast(k as bigint) not in (select cast(k as bigint) from other where k < \(keys - 1013))",
      "select i from big where i not in (select k from other)",
      "select i, row_number() over (partition by i % 5003 order by i), sum(v) over (partition by i % 5003 order by i) from big",
      """
      select i, lag(s) over (partition by g order by i), count(*) over (partition by g, k),
      avg(v) over (partition by g order by i rows between 3 preceding and current row) from big
      """,
    ])
  func rows(query: String) async throws {
    let theirs = query.replacing("left semi", with: "semi").replacing("left anti", with: "anti")
    let answer = try await answers(query, theirs)
    expectSame(Self.lines(answer.ours).sorted(), Self.lines(answer.theirs).sorted(), query)
  }

  @Test(
    "the same rows of sides that are sorted and merged",
    arguments: [
      "select b.i, o.i, b.v + o.v from big b join other o on b.i = o.i",
      "select b.i, o.s from big b left join other o on b.i = o.i and o.v > b.v / 2",
      "select b.k, b.i, o.i from big b full join other o on b.s = o.s and b.i = o.i + 9973",
      "select i, s from big b left anti join other o on b.k = o.k and o.i % 11 > 6",
      "select i from big where cast(k as bigint) not in (select cast(k as bigint) from other where k < \(keys - 1013))",
      "select i from big where i not in (select k from other)",
    ])
  func merged(query: String) async throws {
    let theirs = query.replacing("left anti", with: "anti")
    let answer = try await answers(query, theirs, prefersMergeJoin: true)
    expectSame(Self.lines(answer.ours).sorted(), Self.lines(answer.theirs).sorted(), query)
  }

  @Test(
    "the same rows in the same order, over several partitions",
    arguments: [
      "select i, s, v from big order by s desc nulls last, v nulls first, i",
      "select i, k from (select i, k from big union all select i + 1000000, k from other) order by k nulls first, i desc",
      "select k, sum(v) as x, max(i) as m from big group by k order by x desc nulls last, k nulls first",
      "select v, i from (select i, v from big union all select i, -1 - v from big) order by v nulls first, i",
    ])
  func ordered(query: String) async throws {
    let answer = try await answers(query, query)
    expectSame(Self.lines(answer.ours), Self.lines(answer.theirs), query)
  }
}
