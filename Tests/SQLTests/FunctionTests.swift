import FlintColumns
import FlintCore
import FlintSystem
import Testing

@testable import FlintSQL

/// Functions where DuckDB knows no other way to ask, and what they refuse.
@Suite("SQL functions")
struct FunctionTests {
  private let context: SQLContext

  init() throws {
    context = SQLContext(
      files: SystemFileSystem(threads: try FileThreads(count: 1)),
      memory: ColumnMemory(budget: MemoryBudget(limit: .mebibytes(64))))
  }

  private func value(_ sql: String) async throws -> Literal { try await context.sql(sql).collect()[0][0] }

  @Test("first and last see nulls, unless they are told not to")
  func outermost() async throws {
    let rows = "from values (cast(null as int)), (1), (2), (null) as t(x)"
    #expect(try await value("select first(x) \(rows)") == .null)
    #expect(try await value("select last(x) \(rows)") == .null)
    #expect(try await value("select first(x, true) \(rows)") == .int32(1))
    #expect(try await value("select last(x) ignore nulls \(rows)") == .int32(2))
    #expect(try await value("select any_value(x) ignore nulls \(rows)") == .int32(1))
    await #expect(throws: FlintError.self) { try await value("select first(x) filter (where x > 1) \(rows)") }
    #expect(try await value("select first(x) filter (where x > 1) ignore nulls \(rows)") == .int32(2))
  }

  @Test("nested values are made, collected and taken apart")
  func nested() async throws {
    let rows = "from values (1, 'a'), (2, null), (1, 'c') as t(x, s)"
    #expect(try await value("select collect_list(s) \(rows)") == .list([.string("a"), .string("c")]))
    #expect(try await value("select collect_set(x) \(rows)") == .list([.int32(1), .int32(2)]))
    #expect(
      try await value("select arrays_zip(array(1, 2), array('a'))")
        == .list([
          .structure([
            Literal.Part(name: "0", value: .int32(1)), Literal.Part(name: "1", value: .string("a")),
          ]), .structure([Literal.Part(name: "0", value: .int32(2)), Literal.Part(name: "1", value: .null)]),
        ]))
    #expect(try await value("select named_struct('n', x, 's', s).s \(rows)") == .string("a"))
    #expect(try await value("select array()") == .list([]))
    #expect(try await value("select initcap('hello new WORLD')") == .string("Hello New World"))
    #expect(try await value("select size(collect_list(x) over (order by x)) \(rows) order by 1 desc") == .int32(3))
  }

  @Test(
    "what cannot be is refused where it stands",
    arguments: [
      ("select to_date('2020', 'QQ')", FlintError.Code.invalidArgument, 24),
      ("select date_format(timestamp '2020-01-01', 'jj')", .invalidArgument, 44),
      ("select 'a' rlike '('", .invalidArgument, 18), ("select regexp_extract('a', 'a', 1)", .invalidArgument, 33),
      ("select regexp_replace('a', 'a', '$3')", .invalidArgument, 33),
      ("select arrays_zip(1)", .typeMismatch, 19), ("select array_contains(1, 1)", .typeMismatch, 23),
      ("select collect_set(x) over () from values (1) as t(x)", .invalidQuery, 8),
      ("select upper(1, 2)", .invalidQuery, 8),
    ])
  func refused(sql: String, code: FlintError.Code, column: Int) async throws {
    let error = await #expect(throws: FlintError.self) { try await value(sql) }
    #expect(
      error?.code == code && error?.why?.contains("line 1, column \(column) of") == true, "\(String(describing: error))"
    )
  }

  @Test("what fails for a row is told with the place of the expression")
  func failures() async throws {
    let wrong: [(String, FlintError.Code)] = [
      ("2147483647 + x", .arithmeticOverflow), ("1 / (x - 1)", .divisionByZero),
      ("cast('abc' || x as int)", .invalidCast),
      ("to_date('x' || x, 'yyyy')", .invalidCast), ("cast(300 * x as tinyint)", .arithmeticOverflow),
    ]
    for (text, code) in wrong {
      let error = await #expect(throws: FlintError.self) { try await value("select \(text) from values (1) as t(x)") }
      #expect(
        error?.code == code && error?.why?.contains("line 1, column ") == true, "\(text) \(String(describing: error))")
    }
    _ = try await context.sql("set flint.sql.ansi.enabled = false")
    for (text, _) in wrong.dropFirst().prefix(3) {
      #expect(try await value("select \(text) from values (1) as t(x)") == .null, "\(text)")
    }
  }
}
