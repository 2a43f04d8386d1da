import DirectRuntime
import FlintColumns
import FlintCore
import FlintDatasets
import FlintFormats
import Synchronization
import Testing

@testable import FlintSQL

/// Joins whose rows have one key, more of them than there is memory for, against DuckDB.
@Suite("Joins of one key")
struct HotKeyTests {
  private static let memory = ColumnMemory(budget: MemoryBudget(limit: .gibibytes(1)))
  private static let rows = 450

  /// `k` is the same but for a few rows, `i` the row's number, `s` a text of 700 bytes.
  private static func table(_ name: String) throws -> Table {
    let schema = Schema([Field("k", .int32), Field("i", .int64), Field("s", .string)])
    let vectors = try schema.fields.map { field in
      let builder = try memory.builder(field.type, capacity: rows)
      for row in 0..<rows {
        switch field.name {
        case "k": try (row % 50 == 0 ? Literal.null : .int32(row % 51 == 0 ? Int32(row) : 7)).append(to: builder)
        case "i": try Literal.int64(Int64(row)).append(to: builder)
        default: try Literal.string("\(row % 10)" + String(repeating: "-", count: 699)).append(to: builder)
        }
      }
      return try builder.finish()
    }
    return Table(
      name: name, schema: schema, rows: .batches([Batch(schema, vectors, length: rows)]),
      statistics: TableStatistics(rowCount: Double(rows)))
  }

  private static func statement(_ name: String) -> String {
    let key = "case when i % 50 = 0 then null when i % 51 = 0 then i else 7 end::int"
    return """
      create table \(name) as select \(key) as k, i, (i % 10)::varchar || repeat('-', 699) as s from range(\(rows)) n(i)
      """
  }

  @Test(
    "rows of one key that do not fit are read again and again", .timeLimit(.minutes(2)),
    arguments: [
      "select a.i, b.i from a join b on a.k = b.k and a.s < b.s and (a.i + b.i) % 40 = 3",
      "select a.i, b.i from a left join b on a.k = b.k and a.s < b.s and (a.i + b.i) % 400 = 3",
      "select a.i, b.i from a full join b on a.k = b.k and a.s < b.s and (a.i + b.i) % 400 = 3",
      "select a.i, count(*), max(b.s) from a full join b on a.k = b.k group by a.i",
      "select a.i, b.i from a right join b on a.k = b.k and a.s > b.s and (a.i + b.i) % 400 = 3",
      "select a.i from a semi join b on a.k = b.k and a.s < b.s and (a.i + b.i) % 400 = 3",
      "select a.i, a.s from a anti join b on a.k = b.k and a.s < b.s and (a.i + b.i) % 400 = 3",
    ], [false, true])
  func rows(query: String, prefersMergeJoin: Bool) async throws {
    var sql = try LocalSQL(["a": try Self.table("a"), "b": try Self.table("b")], memory: Self.memory)
    sql.prefersMergeJoin = prefersMergeJoin
    let answers = try await DuckDB.answers([Self.statement("a"), Self.statement("b")], [query])
    guard case .rows(let expected) = answers.first else { throw FlintError(.invalidQuery, "\(answers)") }
    let plan = try sql.plan(query.replacing(" semi ", with: " left semi ").replacing(" anti ", with: " left anti "))
    #expect(plan.description.contains("SortMergeJoin") == prefersMergeJoin)
    var limits = Limits()
    limits.broadcastRows = ByteCount(1)
    let rows = try await DirectRuntime.use(limits: limits, taskMemory: .kibibytes(192)) { session, runtime in
      let execution = ClusterExecution(
        session: session, settings: ComputingSettings(), kernels: sql.kernels, zones: [:],
        site: OperatorSite("collect", #fileID, #line))
      let rows = try sql.kernels.concatenate(try await execution.rows(plan), plan.output.schema)
      // Dealt once at most, sorted, and gathered to be read again; one query has an aggregate too.
      #expect((1...8).contains(runtime.record.spillFiles), "\(query) had \(runtime.record.spillFiles) files")
      return try sql.cells(rows)
    }
    func lines(_ rows: [[Cell]]) -> [String] { rows.map { $0.map(\.description).joined(separator: " ") }.sorted() }
    let (ours, theirs) = (lines(rows), lines(expected))
    #expect(ours.count == theirs.count)
    #expect(zip(ours, theirs).first { $0 != $1 } == nil)
  }

  /// Pairs that were looked at by the test below.
  private static let seen = Atomic(0)

  @Test("a join of one key ends when it is cancelled", .timeLimit(.minutes(1)))
  func cancelled() async throws {
    try await DirectRuntime.use(defaultParallelism: 1) { session, runtime in
      let never = udf("never") { (left: Int64, right: Int64) -> Bool in
        Self.seen.add(1, ordering: .relaxed)
        return left + right < 0
      }
      try session.register("never", never)
      let side = session.range(0..<2500, partitions: 1).toDF("n").select(
        "CAST(n AS BIGINT) AS n", "CAST(n / 100000 AS INT) AS k")
      try side.createTempView("side")
      let pairs = try await session.sql(
        "SELECT /*+ MERGE(a) */ a.n FROM side a JOIN side b ON a.k = b.k AND never(a.n, b.n)")
      let work = Task { try await pairs.collect() }
      while Self.seen.load(ordering: .relaxed) == 0, !Task.isCancelled { await Task.yield() }
      work.cancel()
      await #expect(throws: CancellationError.self) { try await work.value }
      while runtime.record.failures.isEmpty, !Task.isCancelled { await Task.yield() }
      #expect(Self.seen.load(ordering: .relaxed) < 3_000_000)
    }
  }
}
