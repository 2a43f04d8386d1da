import FlintColumns
import FlintCore
import FlintFormats
import FlintSystem
import Synchronization
import TestFolders
import Testing

@testable import FlintSQL

/// Where conditions, columns and limits go, and in which order tables are joined.
@Suite("SQL optimiser")
struct OptimiserTests {
  private let memory = ColumnMemory(budget: MemoryBudget(limit: .mebibytes(64)))

  /// Tables of files that nobody opens: their columns are given.
  private func withTables(_ body: (LocalSQL) async throws -> Void) async throws {
    try await TemporaryFolder.use { folder in
      let files = SystemFileSystem(threads: try FileThreads(count: 1))
      func table(_ name: String, _ fields: [Field], rows: Int, folders: [String] = [""]) async throws -> Table {
        for inner in folders {
          let place = folder / name / inner
          try await files.createDirectory(place)
          try await files.replaceDurably(place / "part.parquet", with: [0])
        }
        let found = try await FileTable.open(
          ["\(folder)/\(name)"], .parquet(mergeSchema: false), schema: Schema(fields), files, memory: memory)
        return Table(
          name: name, schema: found.schema, rows: .files(found), statistics: TableStatistics(rowCount: Double(rows)))
      }
      let tables = [
        "trips": try await table(
          "trips",
          [Field("zone", .int32), Field("fare", .double), Field("at", .timestamp), Field("note", .string)],
          rows: 1_000_000),
        "zones": try await table(
          "zones", [Field("id", .int32), Field("borough", .string), Field("city", .int32)], rows: 265),
        "cities": try await table("cities", [Field("id", .int32), Field("name", .string)], rows: 12),
        "days": try await table(
          "days", [Field("n", .int64), Field("year", .int32)], rows: 10,
          folders: ["year=2018", "year=2019", "year=2020", "year=2021"]),
      ]
      try await body(try LocalSQL(tables, memory: memory))
    }
  }

  static let plans: [(sql: String, plan: String)] = [
    // Conditions and columns end at the scan; the condition on a column that nobody wants too.
    (
      "select zone, fare from (select *, 1 as one from trips) t where fare > 10 - 5 and at < timestamp '2020-01-01 00:00:00'",
      """
      Project [zone#0, fare#1]
      +- Project [zone#0, fare#1]
         +- Scan trips [zone#0, fare#1] where fare > 5.0, at < 1577836800000000
      """
    ),
    // Through an aggregate go conditions on its keys.
    (
      "select zone, s from (select zone, sum(fare) s, count(*) n from trips group by zone) q where zone = 7 and s > 1",
      """
      Project [zone#0, s#7]
      +- Project [zone#0, sum(fare#1)#4 as s#7]
         +- Filter (sum(fare#1)#4 > 1.0)
            +- Aggregate [zone#0] [sum(fare#1) as #4]
               +- Scan trips [zone#0, fare#1] where zone = 7
      """
    ),
    // The largest table looks up in what few rows of the others are left, whichever way they were written.
    (
      """
      select c.name, sum(t.fare) from cities c, zones z, trips t
      where t.zone = z.id and z.city = c.id and z.borough = 'Queens' and t.fare > 0 group by c.name
      """,
      """
      Project [name#1, sum(fare#6)#9 as sum(t.fare)#11]
      +- Aggregate [name#1] [sum(fare#6) as #9]
         +- Project [name#1, fare#6]
            +- Join inner on (zone#5 = id#2)
               :- Scan trips [zone#5, fare#6] where fare > 0.0
               +- Join inner on (city#4 = id#0)
                  :- Scan zones [id#2, city#4] where borough = 'Queens'
                  +- Scan cities [id#0, name#1]
      """
    ),
    // What follows from two equalities joins small tables first; rows that have no pair go before they are joined.
    (
      """
      select t.fare from trips t, zones z, cities c
      where t.zone = z.id and t.zone = c.id and t.zone in (select id from cities where name = 'Rome')
      """,
      """
      Project [fare#1]
      +- Project [fare#1]
         +- Join inner on (id#4 = zone#0)
            :- Join inner on (id#4 = id#7)
            :  :- Scan zones [id#4]
            :  +- Scan cities [id#7]
            +- Join semi on (zone#0 = id#9)
               :- Scan trips [zone#0, fare#1]
               +- Project [id#9]
                  +- Scan cities [id#9] where name = 'Rome'
      """
    ),
    // What each side of an OR demands of one table leaves rows of it out.
    (
      """
      select count(*) from trips t, zones z
      where t.zone = z.id and (t.fare = 1 and z.city = 1 or t.fare = 2 and z.city = 2)
      """,
      """
      Project [countRows()#7 as count(1)#8]
      +- Aggregate [] [countRows() as #7]
         +- Project [zone#0]
            +- Join inner on ((zone#0 = id#4) and (((fare#1 = 1.0) and (city#6 = 1)) or ((fare#1 = 2.0) and (city#6 = 2))))
               :- Filter ((fare#1 = 1.0) or (fare#1 = 2.0))
               :  +- Scan trips [zone#0, fare#1]
               +- Filter ((city#6 = 1) or (city#6 = 2))
                  +- Scan zones [id#4, city#6]
      """
    ),
    // Only some conditions pass an outer join.
    (
      "select t.zone from trips t left join zones z on t.zone = z.id and z.city = 3 where t.fare > 1 and z.id is null",
      """
      Project [zone#0]
      +- Filter id#4 is null
         +- Join left on (zone#0 = id#4)
            :- Scan trips [zone#0] where fare > 1.0
            +- Scan zones [id#4] where city = 3
      """
    ),
    // What all sides of an OR demand is a key.
    (
      "select count(*) from trips t, zones z where (t.zone = z.id and z.city = 1) or (t.zone = z.id and t.fare > 9)",
      """
      Project [countRows()#7 as count(1)#8]
      +- Aggregate [] [countRows() as #7]
         +- Project [zone#0]
            +- Join inner on ((zone#0 = id#4) and ((city#6 = 1) or (fare#1 > 9.0)))
               :- Scan trips [zone#0, fare#1]
               +- Scan zones [id#4, city#6]
      """
    ),
    // Limits go where rows come from; what is known needs no rows.
    (
      "select zone + 1 from trips limit 5",
      "Project [(zone#0 + 1) as (zone + 1)#4]\n+- Limit 5\n   +- Scan trips [zone#0]"
    ),
    ("select zone from trips where 1 > 2", "Project [zone#0]\n+- Values [zone#0, fare#1, at#2, note#3] 0 rows"),
    // Values that stand in the names of folders choose files.
    (
      "select n from days where year = 2021 and n > 3",
      "Project [n#0]\n+- Scan days [n#0] where n > 3 partitions (year#1 = 2021)"
    ),
  ]

  @Test("hints and a setting say how the pairs of a join are found")
  func advice() async throws {
    try await withTables { (plain) async throws in
      var merging = plain
      merging.prefersMergeJoin = true
      func join(_ hint: String, _ sql: LocalSQL, on condition: String = "t.zone = z.id") throws -> String {
        let plan = try sql.plan("select /*+ \(hint) */ t.fare, z.city from trips t join zones z on \(condition)")
        return plan.description.split(separator: "\n").first { $0.contains("Join") }.map(String.init) ?? "\(plan)"
      }
      for name in ["MERGE", "mergejoin", "Shuffle_Merge"] {
        #expect(try join("\(name)(t)", plain).contains("SortMergeJoin inner on"))
        #expect(try join("\(name)(z)", plain).contains("SortMergeJoin inner on"))
      }
      let hashed = "Join inner on (zone#0 = id#4) by hash"
      for sql in [plain, merging] { #expect(try join("SHUFFLE_HASH(z)", sql).hasSuffix(" \(hashed)")) }
      #expect(try join("merge(t), shuffle_hash(z)", plain).contains("SortMergeJoin"))
      #expect(try join("broadcast(z), merge(t)", plain).hasSuffix("on (zone#0 = id#4) broadcast right"))
      #expect(try join("broadcast(t), merge(z)", merging).hasSuffix(" Join inner on (zone#0 = id#4) broadcast left"))
      #expect(try join("merge(other), spread(t)", plain).hasSuffix("Join inner on (zone#0 = id#4)"))
      #expect(try join("", merging).contains("SortMergeJoin inner on"))
      // Without keys there is nothing to sort by.
      for sql in [plain, merging] { #expect(try !join("merge(t)", sql, on: "t.zone < z.id").contains("SortMergeJoin")) }
    }
  }

  @Test("plans")
  func plan() async throws {
    try await withTables { sql in
      for (query, plan) in Self.plans {
        let text = try sql.plan(query).description
        #expect(text == plan)
      }
    }
  }

  @Test("columns of folders choose files before one is opened")
  func partitions() async throws {
    try await withTables { sql in
      let query = "select n from days where year in (2019, 2020) and year > 2019"
      guard case .project(_, .scan(let scan)) = try sql.plan(query), case .files(let table) = scan.table.rows else {
        Issue.record("no scan")
        return
      }
      let pruning = PartitionPruning(scan, table.partitionSchema, sql.kernels, zones: [:])
      let parts = table.parts(parallelism: 1)
      #expect(parts.map(\.values) == [["2018"], ["2019"], ["2020"], ["2021"]])
      #expect(try pruning.parts(parts).map(\.values) == [["2020"]])
    }
  }

  /// A scan of a table of which a file claims that it has so many rows; nil where nobody knows.
  private func scan(_ name: String, _ id: Int, rows: Double?) -> LogicalPlan {
    let column = Attribute(id: ColumnID(number: id), name: "k", type: .int64, isNullable: true)
    let table = Table(
      name: name, schema: [column].schema, rows: .batches([]), statistics: rows.map { TableStatistics(rowCount: $0) })
    return .scan(TableScan(table: table, columns: [column]))
  }

  @Test("files that claim more rows than there can be are planned like others", arguments: [1e19, 1e200, .infinity])
  func impossible(rows: Double) {
    let plan = LogicalPlan.join(Join(kind: .inner, left: scan("a", 1, rows: rows), right: scan("b", 2, rows: rows)))
    guard case .project(_, .join(let join)) = JoinOrdering.ordered(plan) else {
      Issue.record("no join")
      return
    }
    #expect(Set([join.left, join.right]) == [scan("a", 1, rows: rows), scan("b", 2, rows: rows)])
    #expect(join.left.byteBound ?? 0 > 1 << 40)
  }

  @Test(
    "a side goes to all tasks when it cannot be large, or is thought to be small by what files say",
    arguments: [(1000.0, true), (1e8, false), (nil, false)] as [(Double?, Bool)])
  func broadcasting(rows: Double?, isSent: Bool) async throws {
    let large = scan("a", 1, rows: 1e9)
    let side = LogicalPlan.join(
      Join(kind: .inner, left: scan("b", 2, rows: rows), right: scan("c", 3, rows: 1000), condition: equal(2, 3)))
    let plan = LogicalPlan.join(Join(kind: .inner, left: large, right: side, condition: equal(1, 2)))
    let asked = Mutex<[LogicalPlan]>([])
    let broadcasting = Broadcasting(limit: .mebibytes(128)) { plan in
      asked.withLock { $0.append(plan) }
      return nil
    }
    #expect(try await broadcasting.shared(plan) == plan)
    #expect(asked.withLock { $0.contains(side) } == isSent)
  }

  private func equal(_ left: Int, _ right: Int) -> TypedExpression {
    let operands = [left, right].map { TypedExpression(.column(ColumnID(number: $0), "k"), .int64, isNullable: true) }
    return TypedExpression(.call(.compare(.equal), operands), .boolean, isNullable: true)
  }
}
