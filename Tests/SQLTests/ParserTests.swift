import FlintCore
import Testing

@testable import FlintSQL

/// What queries are read as, and what is said of those that cannot be read.
@Suite("SQL parser")
struct ParserTests {
  private func tree(_ sql: String) throws -> String {
    guard case .query(let query) = try Parser.statement(sql) else { return "no query" }
    return query.description
  }

  static let expressions: [(sql: String, text: String)] = [
    ("1 + 2 * 3", "(1 + (2 * 3))"),
    ("(1 + 2) * 3", "((1 + 2) * 3)"),
    ("1 - 2 - 3", "((1 - 2) - 3)"),
    ("-5 % 2", "(-5 % 2)"),
    ("- a", "(- a)"),
    ("a = 1 OR b > 2 AND NOT c < 3", "((a = 1) OR ((b > 2) AND (NOT (c < 3))))"),
    ("NOT a = b", "(NOT (a = b))"),
    ("a AND b AND c AND d", "((a AND b) AND (c AND d))"),
    ("a BETWEEN 1 AND 2 AND b", "(((a >= 1) AND (a <= 2)) AND b)"),
    ("a NOT BETWEEN 1 AND 2", "(NOT ((a >= 1) AND (a <= 2)))"),
    ("a IN (1, 2, 3)", "(a IN (1, 2, 3))"),
    ("a NOT IN (1)", "(NOT (a IN (1)))"),
    ("a IN (SELECT b FROM t)", "(a IN (listquery()))"),
    ("a LIKE 'x%' OR a NOT LIKE '_y'", "(a LIKE x% OR (NOT a LIKE _y))"),
    ("a IS NULL AND b IS NOT NULL", "((a IS NULL) AND (b IS NOT NULL))"),
    ("a IS NOT DISTINCT FROM b", "(a <=> b)"),
    ("a IS TRUE", "(a IS TRUE)"),
    ("a <=> b", "(a <=> b)"),
    ("a == b and c != d", "((a = b) AND (c <> d))"),
    ("a DIV b", "(a DIV b)"),
    ("a || b || 'c'", "concat(a, b, c)"),
    ("a::int + 1", "(CAST(a AS INT) + 1)"),
    ("cast(a AS decimal(12, 2))", "CAST(a AS DECIMAL(12,2))"),
    ("try_cast(a as array<struct<x:int,y:string>>)", "TRY_CAST(a AS ARRAY<STRUCT<X:INT,Y:STRING>>)"),
    ("case when a then 1 else 2 end", "CASE WHEN a THEN 1 ELSE 2 END"),
    ("case a when 1 then 'x' when 2 then 'y' end", "CASE WHEN (a = 1) THEN x WHEN (a = 2) THEN y END"),
    ("count(*)", "count(1)"),
    ("count(distinct a, b)", "count(DISTINCT a, b)"),
    ("sum(a) filter (where b > 0)", "sum(a) FILTER (WHERE (b > 0))"),
    ("extract(year from a)", "date_part(year, a)"),
    ("date '2020-01-01' + interval 1 day", "(CAST(2020-01-01 AS DATE) + INTERVAL '1 days')"),
    ("interval '1 day 2 hours'", "INTERVAL '1 days 7200.0 seconds'"),
    ("interval 1 year 2 months", "INTERVAL '14 months'"),
    ("interval '1-2' year to month", "INTERVAL '14 months'"),
    ("interval '1 02:03:04.5' day to second", "INTERVAL '1 days 7384.5 seconds'"),
    ("interval -3 minutes", "INTERVAL '-180.0 seconds'"),
    ("interval", "interval"),
    ("1L", "1"), ("1.50", "1.50"), ("1e3", "1000.0"), ("2.5D", "2.5"), ("12BD", "12"), (".5", "0.5"),
    ("9223372036854775808", "9223372036854775808"),
    ("-9223372036854775808", "-9223372036854775808"),
    ("'it''s' 'two'", "it'stwo"), ("\"text\"", "text"), ("r'a\\n'", "a\\n"), ("'\\u0041\\t'", "A\t"),
    ("x'1F'", "X'1F'"), ("true and null", "(true AND NULL)"),
    ("`a b`.c", "a b.c"), ("a.b.c", "a.b.c"), ("a[0].b", "a[0].b"), ("f(x)[1]", "f(x)[1]"), ("t.*", "t.*"),
    ("position('a' in b)", "position(a, b)"), ("substring(a from 2 for 3)", "substring(a, 2, 3)"),
    ("trim(leading from a)", "ltrim(a)"), ("current_date", "current_date()"),
    (
      "row_number() over (partition by a order by b desc)",
      "row_number() OVER (PARTITION BY a ORDER BY b DESC NULLS LAST)"
    ),
    (
      "sum(a) over (order by b rows between 2 preceding and current row)",
      "sum(a) OVER (ORDER BY b ASC NULLS FIRST ROWS BETWEEN 2 PRECEDING AND CURRENT ROW)"
    ),
    ("sum(a) over w", "sum(a) OVER (w)"),
    ("lag(a) ignore nulls over (order by b)", "lag(a) IGNORE NULLS OVER (ORDER BY b ASC NULLS FIRST)"),
    ("a + b as c", "(a + b) AS c"), ("a c", "a AS c"), ("/* x /* y */ */ a -- b", "a"),
  ]

  @Test("expressions", arguments: expressions)
  func expression(_ golden: (sql: String, text: String)) throws {
    #expect(try Parser.expression(golden.sql).description == golden.text)
  }

  static let queries: [(sql: String, tree: String)] = [
    (
      "SELECT a, sum(b) s FROM t WHERE c > 0 GROUP BY a HAVING sum(b) > 1 ORDER BY s DESC LIMIT 3 OFFSET 1",
      """
      Limit 3 Offset 1
      +- Sort [s DESC NULLS LAST]
         +- Select [a, sum(b) AS s] where (c > 0) group by [a] having (sum(b) > 1)
            +- Table t
      """
    ),
    (
      "select * from a join b on a.x = b.x left join c using (y, z), d natural join e",
      """
      Select [*]
      +- Join CROSS
         :- Join LEFT OUTER using (y, z)
         :  :- Join INNER on (a.x = b.x)
         :  :  :- Table a
         :  :  +- Table b
         :  +- Table c
         +- Join natural INNER
            :- Table d
            +- Table e
      """
    ),
    (
      "with x as (select 1 one), y(a) as (values (1), (2)) select distinct a from x cross join y",
      """
      With
      :- Named x
      :  +- Select [1 AS one]
      :     +- OneRow
      :- Named y(a)
      :  +- Values (1), (2)
      +- Select distinct [a]
         +- Join CROSS
            :- Table x
            +- Table y
      """
    ),
    (
      "select a from t union all select b from u except (select c from v intersect select d from w)",
      """
      EXCEPT
      :- UNION ALL
      :  :- Select [a]
      :  :  +- Table t
      :  +- Select [b]
      :     +- Table u
      +- INTERSECT
         :- Select [c]
         :  +- Table v
         +- Select [d]
            +- Table w
      """
    ),
    (
      "select /*+ broadcast(b) */ t.x from parquet.`/data/*.parquet` as t left anti join (select 1 x) b on t.x = b.x",
      """
      Select [t.x] hint broadcast(b)
      +- Join LEFT ANTI on (t.x = b.x)
         :- Alias t
         :  +- Files parquet /data/*.parquet
         +- Alias b
            +- Select [1 AS x]
               +- OneRow
      """
    ),
    (
      "select e from t lateral view outer explode(items) x as e where e > 1 window w as (order by e)",
      """
      Select [e] where (e > 1) window w (ORDER BY e ASC NULLS FIRST)
      +- Lateral outer explode(items) x AS e
         +- Table t
      """
    ),
    ("from t", "Select [*]\n+- Table t"),
    ("table a.b", "Table a.b"),
  ]

  @Test("queries", arguments: queries)
  func query(_ golden: (sql: String, tree: String)) throws {
    #expect(try tree(golden.sql) == golden.tree)
  }

  @Test("statements")
  func statements() throws {
    let view = try Parser.statement("create or replace temp view v as select 1")
    guard case .createView("v", _, replaces: true) = view else {
      Issue.record("\(view)")
      return
    }
    #expect(try Parser.statement("drop view if exists v") == .dropView("v", ifExists: true))
    #expect(
      try Parser.statement("set flint.sql.ansi.enabled = false") == .set("flint.sql.ansi.enabled", value: "false"))
    #expect(try Parser.statement("set a.b") == .set("a.b", value: nil))
    #expect(try Parser.statement("SET;") == .set(nil, value: nil))
    #expect(try Parser.statement("reset") == .reset(nil))
    guard case .explain(_, .extended) = try Parser.statement("explain extended select 1") else {
      Issue.record("no explanation")
      return
    }
  }

  static let errors: [(sql: String, what: String, line: String, remedy: String?)] = [
    ("SELEC a FROM t", "a statement should stand here, not 'SELEC'", "line 1, column 1", "did you mean SELECT"),
    ("select a form t", "the end of the query should stand here, not 't'", "line 1, column 15", "did you mean FROM"),
    ("select a from t\nwhere b = ", "an expression should stand here, not the end", "line 2, column 11", nil),
    ("select a,\n  from t", "an expression should stand here, not 'from'", "line 2, column 3", nil),
    ("select 'abc", "this text has no closing quote", "column 8", nil),
    ("select 1 /* x", "this comment does not end", "column 10", nil),
    (
      "select a from t group by a oder by a", "the end of the query should stand here", "column 28",
      "did you mean ORDER"
    ),
    ("select cast(a as strin)", "there is no type strin", "column 18", "did you mean string"),
    ("select 12abc", "this is no number", "column 8", nil),
    ("select a ° b", "the end of the query should stand here, not 'b'", "column 12", nil),
    ("select (a", "')' should stand here, not the end of the query", "column 10", nil),
    ("select decimal '1' x y", "the end of the query should stand here", "column 16", nil),
    ("create table t (a int)", "only temporary views are created", "column 8", nil),
    ("select a from b group by rollup(a)", "GROUP BY ROLLUP is not supported", "column 26", nil),
    ("with a as (select 1), A as (select 2) select 3", "WITH defines A twice", "column 23", nil),
    ("select interval '3 dags'", "a unit of time should stand here", "column 25", nil),
  ]

  @Test("errors say where and what was meant", arguments: errors)
  func error(_ golden: (sql: String, what: String, line: String, remedy: String?)) throws {
    let error = #expect(throws: FlintError.self) { try Parser.statement(golden.sql) }
    #expect(error?.code == .invalidQuery)
    #expect(error?.what.hasPrefix(golden.what) == true, "\(error?.what ?? "")")
    #expect(error?.why?.contains(golden.line) == true, "\(error?.why ?? "")")
    if let remedy = golden.remedy { #expect(error?.remedy?.contains(remedy) == true, "\(error?.remedy ?? "nothing")") }
  }

  @Test("an error shows the line with a mark below the place")
  func excerpt() throws {
    let error = #expect(throws: FlintError.self) { try Parser.statement("select a\nfrom t whre x = 1") }
    #expect(error?.why == "at line 2, column 13 of the query\nfrom t whre x = 1\n            ^")
    #expect(error?.remedy == "did you mean WHERE in place of 'whre'?")
  }

  @Test("depth is bounded, and long lists of conditions are no depth")
  func depth() throws {
    for (open, close) in [
      ("(", ")"), ("f(", ")"), ("case when ", " then 1 end"), ("- ", ""), ("not ", ""),
      ("(select * from (select ", ")) "), ("cast(", " as int)"), ("a[", "]"),
    ] {
      let deep = String(repeating: open, count: 20_000) + "1" + String(repeating: close, count: 20_000)
      let error = #expect(throws: FlintError.self) { try Parser.statement("select " + deep) }
      #expect(error?.what.contains("nested more than 100 levels") == true)
    }
    let chain = (0..<5000).map { "a = \($0)" }.joined(separator: " or ")
    #expect(throws: Never.self) { try Parser.statement("select \(chain)") }
    #expect(throws: FlintError.self) {
      try Parser.statement("select " + [String](repeating: "1", count: 5000).joined(separator: "+"))
    }
    #expect(throws: FlintError.self) {
      try Parser.statement([String](repeating: "select 1", count: 5000).joined(separator: " union "))
    }
    var limits = Limits()
    limits.queryLength = ByteCount(10)
    let long = #expect(throws: FlintError.self) { try Parser.statement("select 1234", limits: limits) }
    #expect(long?.code == .tooLarge)
  }

  @Test("damaged queries are read or refused")
  func fuzz() throws {
    let count = TestSize.isFull ? 200_000 : 3000
    var generator = SeededGenerator(9)
    let seeds = (Self.queries.map(\.sql) + Self.expressions.map { "select " + $0.sql }).map { Array($0.utf8) }
    var refused = 0
    for _ in 0..<count {
      let bytes = Self.mutated(seeds, using: &generator)
      do {
        _ = try Parser.statement(String(decoding: bytes, as: UTF8.self))
      } catch {
        #expect(error.code == .invalidQuery, "\(String(decoding: bytes, as: UTF8.self)): \(error)")
        refused += 1
      }
    }
    #expect(refused > count / 4 && refused < count, "\(refused) of \(count)")
  }

  private static func mutated(_ seeds: [[UInt8]], using generator: inout SeededGenerator) -> [UInt8] {
    var bytes = seeds[Int.random(in: 0..<seeds.count, using: &generator)]
    for _ in 0..<Int.random(in: 1...4, using: &generator) {
      let place = Int.random(in: 0...bytes.count, using: &generator)
      switch Int.random(in: 0..<5, using: &generator) {
      case 0: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: place)
      case 1: if place < bytes.count { bytes.remove(at: place) }
      case 2: bytes.removeSubrange(place...)
      case 3:
        let other = seeds[Int.random(in: 0..<seeds.count, using: &generator)]
        bytes.insert(contentsOf: other.suffix(Int.random(in: 0...other.count, using: &generator)), at: place)
      default:
        let tokens = ["(", ")", "'", "`", "/*", "--", ",", "case ", "not ", "over (", "interval '1' ", "[", "::"]
        bytes.insert(contentsOf: Array(tokens[Int.random(in: 0..<tokens.count, using: &generator)].utf8), at: place)
      }
    }
    return bytes
  }
}
