import FlintColumns
import FlintCore
import FlintFormats
import Testing

@testable import FlintSQL

/// What names and types of queries are taken for, and what is said where they fit nothing.
@Suite("SQL analyser")
struct AnalyserTests {
  private let memory = ColumnMemory(budget: MemoryBudget(limit: .mebibytes(64)))

  private func table(_ name: String, _ fields: [Field]) -> Table {
    Table(name: name, schema: Schema(fields), rows: .batches([]), statistics: TableStatistics(rowCount: 0))
  }

  private func sql(_ rules: ComputationRules = .ansi) throws -> LocalSQL {
    let point = DataType.structure([Field("x", .int32), Field("y", .double)])
    return try LocalSQL(
      [
        "t": table(
          "t",
          [
            Field("a", .int32, isNullable: false), Field("b", .int64), Field("fare", .double), Field("name", .string),
            Field("price", .decimal(precision: 10, scale: 2)), Field("day", .date), Field("at", .timestamp),
            Field("p", point), Field("list", .list(Field("element", .int32))), Field("f", .boolean),
          ]),
        "u": table("u", [Field("a", .int32), Field("B", .string)]),
      ], rules: rules, memory: memory)
  }

  static let types: [(sql: String, ansi: String, legacy: String)] = [
    ("1", "int", "int"), ("1 + 1L", "bigint", "bigint"), ("a + fare", "double", "double"),
    ("a / 2", "double", "double"), ("a div 2", "bigint", "bigint"), ("price + 1", "decimal(11,2)", "decimal(11,2)"),
    ("price * price", "decimal(21,4)", "decimal(21,4)"), ("price / 3", "decimal(14,6)", "decimal(14,6)"),
    ("price + a", "decimal(13,2)", "decimal(13,2)"), ("price * fare", "double", "double"),
    ("a + '1'", "bigint", "double"), ("fare + '1'", "double", "double"), ("coalesce(a, b)", "bigint", "bigint"),
    ("coalesce(null, day, at)", "timestamp", "timestamp"),
    ("case when f then a else price end", "decimal(12,2)", "decimal(12,2)"),
    ("day + 1", "date", "date"), ("day + interval 1 month", "date", "date"),
    ("day + interval 1 hour", "timestamp", "timestamp"), ("at - at", "interval", "interval"),
    ("datediff(day, at)", "int", "int"), ("sum(a)", "bigint", "bigint"),
    ("sum(price)", "decimal(20,2)", "decimal(20,2)"),
    ("avg(price)", "decimal(14,6)", "decimal(14,6)"), ("avg(a)", "double", "double"), ("count(*)", "bigint", "bigint"),
    ("min(name)", "string", "string"), ("p.x", "int", "int"), ("list[0]", "int", "int"),
    ("struct(a, b)", "struct<a:int,b:bigint>", "struct<a:int,b:bigint>"),
    ("array(1, 2L)", "array<bigint>", "array<bigint>"),
    ("round(price, 1)", "decimal(10,1)", "decimal(10,1)"), ("round(fare)", "double", "double"),
    ("floor(fare)", "bigint", "bigint"), ("ceil(price)", "decimal(9,0)", "decimal(9,0)"),
    ("row_number() over (order by a)", "int", "int"), ("rank() over (order by a) + 1", "int", "int"),
    ("lag(fare) over (order by a)", "double", "double"), ("cast(a as string)", "string", "string"),
    ("2 in (1, 2.5)", "boolean", "boolean"), ("sum(sum(a)) over ()", "bigint", "bigint"),
  ]

  @Test("types follow the rules of Spark", arguments: types)
  func typeOf(_ golden: (sql: String, ansi: String, legacy: String)) throws {
    for (rules, type) in [(ComputationRules.ansi, golden.ansi), (.legacy, golden.legacy)] {
      let isOfGroup = golden.sql.contains("sum(sum")
      let plan = try sql(rules).plan(
        "select \(golden.sql) as x from t\(isOfGroup ? " group by a" : "")", isOptimised: false)
      #expect(plan.output.map(\.type.description) == [type], "\(rules)")
    }
  }

  static let names: [(sql: String, names: [String])] = [
    ("select * from t join u using (a)", ["a", "b", "fare", "name", "price", "day", "at", "p", "list", "f", "B"]),
    ("select A, T.Fare, t.p.X from t", ["A", "Fare", "X"]),
    ("select u.* from t, u", ["a", "B"]),
    ("select a + 1, sum(b), count(*) from t group by a", ["(a + 1)", "sum(b)", "count(1)"]),
    ("select x.k from (select a as k from t) x", ["k"]),
    ("select * from (values (1, 'x')) v(n, s)", ["n", "s"]),
    ("select b, count(*) n from t group by 1 order by n desc, sum(fare)", ["b", "n"]),
  ]

  @Test("names of columns")
  func columnNames() throws {
    for (query, names) in Self.names {
      #expect(try sql().plan(query, isOptimised: false).output.map(\.name) == names, "\(query)")
    }
  }

  static let errors: [(sql: String, code: FlintError.Code, what: String, remedy: String?)] = [
    ("select fair from t", .unknownName, "there is no column fair", "did you mean fare?"),
    ("select t.fair from t", .unknownName, "there is no column t.fair", "did you mean fare?"),
    ("select a from t join u on t.a = u.a", .ambiguousName, "a may be any of several columns", "write t.a"),
    ("select * from trips", .unknownName, "there is no table or view trips", nil),
    ("select summ(a) from t", .unknownName, "there is no function summ", "did you mean sum?"),
    ("select name + day from t", .typeMismatch, "+ does not take string and date", "cast one"),
    ("select f + 1 from t", .typeMismatch, "+ does not take boolean and int", nil),
    ("select a from t where fare", .typeMismatch, "WHERE takes boolean here, not double", nil),
    ("select a, sum(b) from t", .invalidQuery, "a is neither in GROUP BY nor in an aggregate", "first(a)"),
    ("select b from t group by a", .invalidQuery, "b is neither in GROUP BY nor in an aggregate", nil),
    ("select a from t where sum(b) > 1", .invalidQuery, "sum is computed of many rows, and stands in WHERE", "HAVING"),
    ("select sum(sum(a)) from t", .invalidQuery, "sum is computed of many rows", nil),
    ("select a from t order by 3", .invalidQuery, "ORDER BY names column 3, and the result has 1", nil),
    ("select a from t group by 2", .invalidQuery, "GROUP BY names column 2, and the result has 1", nil),
    ("select lpad(name) from t", .invalidQuery, "lpad takes 2 to 3 operands, not 1", nil),
    ("select date_trunc('mont', at) from t", .invalidQuery, "times are not truncated to 'mont'", "did you mean mon?"),
    ("select p.z from t", .unknownName, "there is no field z in p", "did you mean x?"),
    ("select a from t union select a, b from u", .invalidQuery, "the sides of UNION have 1 and 2 columns", nil),
    ("select day from t union select f from t", .typeMismatch, "day is date on the left and boolean", nil),
    ("select cast(day as int) from t", .typeMismatch, "date is not cast to int", nil),
    ("select row_number() from t", .invalidQuery, "row_number needs a window", "OVER"),
    ("select a from t where row_number() over (order by a) = 1", .invalidQuery, "a function over a window cannot", nil),
    ("select sum(a) over w from t window v as (order by a)", .unknownName, "there is no window w", "did you mean v?"),
    ("select a from t where b = (select a, a from u)", .invalidQuery, "a query in an expression gives one column", nil),
    (
      "select distinct a from t order by b", .invalidQuery, "with DISTINCT rows are sorted by columns of the result",
      nil
    ),
    ("select lpad(name, a) from t", .typeMismatch, "lpad takes a value here that is the same for all rows", nil),
    ("select explode(a) from t", .typeMismatch, "explode takes an array or a map here, not int", nil),
    ("select * from (values (1), (2, 3)) v", .invalidQuery, "a row of VALUES has 2 values, the first one 1", nil),
    ("select upper(distinct name) from t", .invalidQuery, "DISTINCT and FILTER belong to aggregates", nil),
    ("select a from t limit -1", .invalidQuery, "a number of rows is not negative", nil),
    ("select from_utc_timestamp(at, 'Mars/North') from t", .invalidArgument, "there is no time zone 'Mars/North'", nil),
  ]

  @Test("errors say what is wrong, where, and what was meant", arguments: errors)
  func error(_ golden: (sql: String, code: FlintError.Code, what: String, remedy: String?)) throws {
    let sql = try sql()
    let error = #expect(throws: FlintError.self) { try sql.plan(golden.sql) }
    #expect(error?.code == golden.code)
    #expect(error?.what.hasPrefix(golden.what) == true, "\(error?.what ?? "")")
    #expect(error?.why?.contains("of the query\n") == true, "\(error?.why ?? "no place")")
    if let remedy = golden.remedy { #expect(error?.remedy?.contains(remedy) == true, "\(error?.remedy ?? "nothing")") }
  }

  @Test("views lead to their queries, and never to themselves")
  func views() throws {
    let sql = try sql()
    var catalog = sql.catalog
    for (name, text) in [
      ("v", "select a, fare from T"), ("loop", "select * from loop2"), ("loop2", "select * from Loop"),
    ] {
      guard case .query(let query) = try Parser.statement(text) else { return }
      catalog.views[name] = query
    }
    func plan(_ text: String) throws -> LogicalPlan {
      guard case .query(let query) = try Parser.statement(text) else { preconditionFailure("no query") }
      return try Analyser.plan(query, catalog, sql.kernels)
    }
    #expect(try plan("select v.fare from v where v.a > 1").output.map(\.name) == ["fare"])
    let error = #expect(throws: FlintError.self) { try plan("select * from loop") }
    #expect(error?.what.contains("leads to itself") == true)
  }
}
