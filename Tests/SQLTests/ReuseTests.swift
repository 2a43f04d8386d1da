import DirectRuntime
import FlintColumns
import FlintCore
import FlintDatasets
import FlintSystem
import FlintTasks
import Synchronization
import TestFolders
import Testing

@testable import FlintSQL

/// What a query needs twice is exchanged, or sent to all tasks, once.
@Suite("Equal parts of a query")
struct ReuseTests {
  private static let memory = ColumnMemory(budget: MemoryBudget(limit: .gibibytes(1)))

  /// The rows of a query as lines, the exchanges that were made for it, and its jobs.
  private func run(_ query: String, sends: Bool = false) async throws -> (rows: [String], exchanges: Int, jobs: Int) {
    let sql = try LocalSQL(try SampleTables(Self.memory, seed: 3).tables, memory: Self.memory)
    let plan = try sql.plan(query)
    var limits = Limits()
    if !sends { limits.broadcastRows = ByteCount(1) }
    return try await DirectRuntime.use(limits: limits) { session, runtime in
      func rows() async throws -> Batch {
        let execution = ClusterExecution(
          session: session, settings: ComputingSettings(), kernels: sql.kernels, zones: [:],
          site: OperatorSite("collect", #fileID, #line))
        return try sql.kernels.concatenate(try await execution.rows(plan), plan.output.schema)
      }
      let first = runtime.nextShuffle().rawValue
      let cells = try sql.cells(try await rows())
      let exchanges = Int(runtime.nextShuffle().rawValue - first) - 1
      return (cells.map { $0.map(\.description).joined(separator: " ") }.sorted(), exchanges, runtime.record.jobs)
    }
  }

  @Test(
    "an exchange serves all who need its rows, and nobody else",
    arguments: [
      // The view's groups, and the greatest of them.
      ("with v as (select a, sum(b) as s from t group by a) select * from v where s = (select max(s) from v)", 2),
      ("with v as (select a, sum(b) as s from t group by a) select * from v union all select * from v", 1),
      ("select a, sum(b) from t group by a union all select a, sum(b) from t group by a", 1),
      ("select a, sum(b) from t group by a union all select a, max(b) from t group by a", 2),
      ("select a, sum(b) from t group by a union all select a, sum(b) from t where b > 1 group by a", 2),
      ("select a, sum(b) from t group by a union all select k, sum(g) from u group by k", 2),
      // Both sides are dealt by one key, or each by its own.
      ("select x.s, y.s from t x join t y on x.a = y.a", 1),
      ("select x.s, y.s from t x join t y on x.a = y.b", 2),
      // As values the two zeros are equal, and as texts the two spellings.
      ("select a, sum(c * 0e0) from t group by a union all select a, sum(c * -0e0) from t group by a", 2),
      (
        "select s || '\u{e9}', count(*) from t group by 1 union all select s || 'e\u{301}', count(*) from t group by 1",
        2
      ),
      (
        "select s, count(*) from t where s not like '%\u{e9}' group by s union all "
          + "select s, count(*) from t where s not like '%e\u{301}' group by s", 2
      ),
      ("select s, count(distinct a) from t group by s union all select s, count(distinct a) from t group by s", 1),
    ])
  func exchanges(query: String, count: Int) async throws {
    let result = try await run(query)
    #expect(result.exchanges == count, "\(query)")
    let statements = try SampleTables(Self.memory, seed: 3).statements
    guard case .rows(let expected) = try await DuckDB.answers(statements, [query]).first else {
      throw FlintError(.invalidQuery, query)
    }
    #expect(result.rows == expected.map { $0.map(\.description).joined(separator: " ") }.sorted())
  }

  private static let calls = Atomic(0)

  @Test("what functions of the program give is asked for each time")
  func functions() async throws {
    try await DirectRuntime.use { (session, runtime) async throws in
      let counted = udf("counted") { (value: Int64) -> Int64 in
        Self.calls.add(1, ordering: .relaxed)
        return value
      }
      let rows = session.range(0..<10, partitions: 2).toDF()
      func exchanges(_ value: Column) async throws -> UInt64 {
        let first = runtime.nextShuffle().rawValue
        let groups = rows.select(value.as("v")).groupBy("v").count()
        #expect(try await groups.union(groups).collect().count == 20)
        return runtime.nextShuffle().rawValue - first - 1
      }
      #expect(try await exchanges(col("value") + 1) == 1)
      #expect(try await exchanges(counted(col("value"))) == 2)
      #expect(Self.calls.load(ordering: .relaxed) == 20)
    }
  }

  @Test("rows that two joins need are sent once")
  func broadcasts() async throws {
    func query(_ condition: String) -> String {
      "select s, v from t join u on a = k union all select s, v from t join u on b = k \(condition)"
    }
    #expect(try await run(query(""), sends: true).jobs == 2)
    #expect(try await run(query("where w > 0"), sends: true).jobs == 3)
  }

  @Test("footers are read again when a file has another size")
  func statistics() async throws {
    try await TemporaryFolder.use { folder in
      let counters = TaskCounters()
      let files = CountedFiles(files: SystemFileSystem(threads: try FileThreads(count: 1)), counters: counters)
      let context = SQLContext(files: files, memory: Self.memory)
      func write(_ rows: Int, _ name: String) async throws {
        let statement = "copy (select range as n from range(\(rows))) to '\(folder)/\(name).parquet'"
        _ = try await DuckDB.answers([statement], ["select 1"])
      }
      func bytesRead() async throws -> UInt64 {
        let before = counters.metrics.bytesRead
        try await context.read.parquet(folder.string).validate()
        return counters.metrics.bytesRead - before
      }
      for name in ["a", "b", "c"] { try await write(1000, name) }
      let first = try await bytesRead()
      // The columns are those of the first file, each time anew.
      #expect(try await bytesRead() * 4 == first)
      try await write(5000, "b")
      #expect(try await bytesRead() > first)
      #expect(try await context.read.parquet(folder.string).count() == 7000)
    }
  }

  @Test("plans are equal when nothing but the numbers of their columns differs")
  func numbering() throws {
    let sql = try LocalSQL(try SampleTables(Self.memory, seed: 3).tables, memory: Self.memory)
    let parts = [
      "select a, b from t", "select a, b + 1 as b from t", "select a, b from t where c > 1",
      "select a, b from t limit 3",
      "select a, b from t order by a", "select a, b from t order by b", "select a, max(b) as b from t group by a",
      "select a, min(b) as b from t group by a", "select k as a, g as b from u",
      "select a, g as b from t join u on a = k", "select a, g as b from t left join u on a = k",
      "select a, g as b from t join u on b = k", "select a, row_number() over (order by b) as b from t",
      "select a, row_number() over (order by c) as b from t",
      "select a, e as b from t lateral view explode(array(b, 1)) x as e",
      "select a, case when f then b else 0 end as b from t", "select a, b from t where s in ('a', 'b')",
      "select a, b from t where s in ('a', 'c')", "select * from (values (1, 2)) v(a, b)",
      "select * from (values (1, 3)) v(a, b)", "select a, b from t union all select k, g from u",
    ]
    var seen: [LogicalPlan: String] = [:]
    for part in parts {
      let twice = "select * from (\(part)) x union all select * from (\(part)) y"
      guard case .union(_, let children) = try sql.plan(twice, isOptimised: false) else {
        throw FlintError(.invalidQuery, part)
      }
      let numbered = children.map { child in
        var numbering = ColumnNumbering()
        defer { #expect(numbering.isRepeatable) }
        return numbering.number(child)
      }
      #expect(children[0] != children[1], "\(part) has the same columns twice")
      #expect(numbered[0] == numbered[1], "\(part)")
      #expect(numbered[0].hashValue == numbered[1].hashValue)
      if let other = seen.updateValue(part, forKey: numbered[0]) { Issue.record("\(part) is taken for \(other)") }
    }
  }
}
