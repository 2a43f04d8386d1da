import FlintColumns
import FlintCore
import Testing

@testable import FlintSQL

/// What single expressions give, where the dialect has rules of its own, and how they fail.
@Suite("SQL computation")
struct ComputationTests {
  private let memory = ColumnMemory(budget: MemoryBudget(limit: .mebibytes(64)))

  private func value(_ expression: String, _ rules: ComputationRules = .ansi) async throws -> String {
    let sql = try LocalSQL(rules: rules, memory: memory)
    let rows = try await sql.rows("select cast(\(expression) as string)", isOptimised: false)
    guard case .exact(let text)? = rows.first?.first else { return "null" }
    return String(decoding: text.dropFirst().split(separator: ".").compactMap { UInt8($0, radix: 16) }, as: UTF8.self)
  }

  static let values: [(expression: String, ansi: String, legacy: String)] = [
    ("round(2.675D, 2)", "2.68", "2.68"), ("round(-2.5D)", "-3.0", "-3.0"), ("round(1234.5D, -2)", "1200.0", "1200.0"),
    ("round(2.345, 2)", "2.35", "2.35"), ("floor(-1.5)", "-2", "-2"), ("ceil(1.2D)", "2", "2"),
    ("cast(2.9D as int)", "2", "2"), ("cast('12' as int) + 1", "13", "13"), ("7 div 2", "3", "3"),
    ("-7 % 3", "-1", "-1"), ("1 / 4", "0.25", "0.25"), ("try_cast('x' as int)", "null", "null"),
    ("null and false", "false", "false"), ("null or true", "true", "true"), ("not null", "null", "null"),
    ("null = null", "null", "null"), ("null <=> null", "true", "true"), ("3 in (1, null)", "null", "null"),
    ("1 in (1, null)", "true", "true"), ("3 not in (1, 2)", "true", "true"),
    ("date '2020-01-31' + interval 1 month", "2020-02-29", "2020-02-29"),
    ("timestamp '2020-01-01 00:00:00' - interval '1 day 2 hours'", "2019-12-30 22:00:00", "2019-12-30 22:00:00"),
    ("date_trunc('quarter', timestamp '2020-05-17 10:11:12')", "2020-04-01 00:00:00", "2020-04-01 00:00:00"),
    ("unix_timestamp(timestamp '2020-01-01 00:00:00')", "1577836800", "1577836800"),
    ("substring('hello', -3, 2)", "ll", "ll"), ("instr('hello', 'l')", "3", "3"), ("concat('a', null)", "null", "null"),
    ("left('hello', 2) || right('hello', 2)", "helo", "helo"), ("struct(1, 'x').col2", "x", "x"),
    ("array(10, 20, 30)[1]", "20", "20"), ("size(array(1, 2))", "2", "2"), ("element_at(array(1, 2), 2)", "2", "2"),
    ("greatest(1, null, 3)", "3", "3"), ("if(1 > 2, 'a', 'b')", "b", "b"), ("ln(0)", "null", "null"),
    // Parts that fail are computed for rows for which somebody asks.
    ("case when 1 = 2 then 1 / 0 else 5 end", "5.0", "5.0"), ("1 = 2 and 1 / 0 > 1", "false", "false"),
    ("coalesce(1, 1 / 0)", "1.0", "1.0"), ("1 / 0", "division-by-zero", "null"),
    ("cast('x' as int)", "invalid-cast", "null"), ("2147483647 + 1", "arithmetic-overflow", "-2147483648"),
    ("cast(300 as tinyint)", "arithmetic-overflow", "44"), ("'1' + 1", "2", "2.0"),
    ("abs(-9223372036854775808)", "arithmetic-overflow", "-9223372036854775808"),
  ]

  @Test("values and failures under both sets of rules", arguments: values)
  func result(_ golden: (expression: String, ansi: String, legacy: String)) async throws {
    for (rules, wanted) in [(ComputationRules.ansi, golden.ansi), (.legacy, golden.legacy)] {
      do {
        #expect(try await value(golden.expression, rules) == wanted, "\(rules)")
      } catch let error as FlintError {
        #expect(error.code.rawValue == wanted, "\(rules): \(error)")
        #expect(error.why?.contains("of the query\n") == true, "\(error)")
      }
    }
  }

  @Test("what is nested as deep as can be read is computed too")
  func depth() async throws {
    let sql = try LocalSQL(memory: memory)
    for (open, close) in [("(1 + ", ")"), ("case when true then ", " end"), ("abs(", ")"), ("(select ", ")")] {
      let query = (0..<20).reduce("7") { inner, _ in open + inner + close }
      let rows = try await sql.rows("select " + query)
      #expect(rows == [[Cell(open == "(1 + " ? "i27" : "i7")]])
    }
  }

  @Test("rows are made of lists and of spans of time")
  func generators() async throws {
    let sql = try LocalSQL(memory: memory)
    let exploded = try await sql.rows(
      "select n, e from (values (1), (2)) v(n) lateral view explode(array(n, n * 10)) x as e")
    #expect(
      exploded == [["i1", "i1"], ["i1", "i10"], ["i2", "i2"], ["i2", "i20"]].map { $0.map { Cell($0[...]) } })
    let selected = try await sql.rows("select n, posexplode(array('a', 'b')) from (values (7)) v(n)")
    #expect(selected == [["i7", "i0", "s61"], ["i7", "i1", "s62"]].map { $0.map { Cell($0[...]) } })
    let spans = try await sql.rows(
      """
      select window.start, count(*) from (values (timestamp '2020-01-01 00:07:30')) v(at)
      group by window(at, '10 minutes', '5 minutes') order by 1
      """)
    let first: Int64 = 1_577_836_800_000_000
    #expect(spans == [[Cell("T\(first)"), Cell("i1")], [Cell("T\(first + 300_000_000)"), Cell("i1")]])
    let tumbling = try await sql.rows(
      "select cast(window.end as string), n from (select window(at, '1 hour'), count(*) n from (values "
        + "(timestamp '2020-01-01 00:07:30'), (timestamp '2020-01-01 00:59:59')) v(at) group by window(at, '1 hour'))")
    #expect(tumbling.count == 1 && tumbling[0][1] == Cell("i2"))
  }

  @Test("a query in an expression gives one row at most")
  func scalarQueries() async throws {
    let sql = try LocalSQL(memory: memory)
    #expect(
      try await sql.rows("select (select 1 where false) is null, exists (select 1)") == [[Cell("b1"), Cell("b1")]])
    await #expect(throws: FlintError.self) { try await sql.rows("select (select n from (values (1), (2)) v(n))") }
  }
}
