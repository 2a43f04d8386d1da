import DirectRuntime
import FlintColumns
import FlintCore
import FlintDatasets
import Testing

@testable import FlintSQL

/// Generated expressions and queries against DuckDB. What both dialects spell or decide differently is not generated:
///
/// - `div` is `//` there, and dates and days are added by functions here.
/// - Division by zero fails here and gives null or infinity there: divisors are `nullif(x, 0)`.
/// - A cast to a whole number cuts digits off here and rounds there: only casts to wider types are generated.
/// - `concat` of null is null here and skips it there: `||` is generated.
/// - Null stands first or last by the dialect: orders say where.
/// - `count(distinct a, b)` of a row with a null counts it there.
@Suite("SQL against DuckDB")
struct DifferentialTests {
  private let memory = ColumnMemory(budget: MemoryBudget(limit: .mebibytes(512)))

  /// - Parameter ways: whether queries are optimised; tables as they are written may give too many pairs.
  private func compare(
    _ all: [ExpressionGenerator.Both], leastCompared: Int, ways: [Bool] = [true, false]
  ) async throws {
    let samples = try SampleTables(memory, seed: 5)
    let sql = try LocalSQL(samples.tables, memory: memory)
    let answers = try await DuckDB.answers(samples.statements, all.map(\.theirs))
    try #require(answers.count == all.count)
    var compared = 0
    for (query, answer) in zip(all, answers) {
      for isOptimised in ways {
        let ours: [[Cell]]
        do {
          ours = try await sql.rows(query.ours, isOptimised: isOptimised)
        } catch {
          if case .failure = answer { continue }
          Issue.record("\(query.ours)\nfails: \(error)")
          break
        }
        guard case .rows(let theirs) = answer else {
          if case .failure(let reason) = answer { Issue.record("\(query.theirs)\nfails there only: \(reason)") }
          break
        }
        if let difference = Self.difference(ours, theirs) {
          Issue.record("\(isOptimised ? "optimised" : "as written"): \(query.ours)\n\(difference)")
          break
        }
        compared += isOptimised ? 1 : 0
      }
    }
    #expect(compared >= leastCompared, "\(compared) of \(all.count) were compared")
  }

  /// How two answers differ as sets of rows; nil when they do not.
  private static func difference(_ ours: [[Cell]], _ theirs: [[Cell]]) -> String? {
    if ours.count != theirs.count { return "\(ours.count) rows, not \(theirs.count)" }
    func sorted(_ rows: [[Cell]]) -> [[Cell]] {
      rows.map { (key: $0.map(\.sortKey), row: $0) }.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.row)
    }
    for (one, other) in zip(sorted(ours), sorted(theirs)) {
      guard one.count == other.count, zip(one, other).allSatisfy({ $0.matches($1) }) else {
        return "\(one), not \(other)"
      }
    }
    return nil
  }

  @Test("expressions", .timeLimit(.minutes(10)))
  func expressions() async throws {
    let count = TestSize.isFull ? 10_000 : 1500
    var generator = ExpressionGenerator(seed: 11)
    let kinds = ExpressionGenerator.Kind.allCases
    let all = (0..<count).map { number in
      let expression = generator.expression(kinds[number % kinds.count], depth: 3)
      return ExpressionGenerator.Both(
        "select \(expression.ours) as x from t", "select \(expression.theirs) as x from t")
    }
    try await compare(all, leastCompared: count * 9 / 10)
  }

  /// Functions that no generator makes: what a table of pairs says on both sides.
  @Test("functions", .timeLimit(.minutes(1)))
  func functions() async throws {
    let pairs = [
      ("date_format(ts, 'yyyy-MM-dd HH:mm')", "strftime(ts, '%Y-%m-%d %H:%M')"),
      ("date_format(dt, 'dd/MM/yy')", "strftime(dt, '%d/%m/%y')"),
      ("to_timestamp(date_format(ts, 'yyyyMMdd HHmmss'), 'yyyyMMdd HHmmss')", "date_trunc('second', ts)"),
      ("to_date(date_format(dt, 'MM/dd/yyyy'), 'MM/dd/yyyy')", "dt"),
      ("unix_timestamp(date_format(ts, 'yyyy-MM-dd HH'), 'yyyy-MM-dd HH')", "epoch(date_trunc('hour', ts))::bigint"),
      ("from_unixtime(a)", "strftime(make_timestamp(a::bigint * 1000000), '%Y-%m-%d %H:%M:%S')"),
      ("s rlike '^[a-m]'", "regexp_matches(s, '^[a-m]')"),
      ("s not regexp '[0-9]+'", "not regexp_matches(s, '[0-9]+')"),
      ("regexp_extract(s, '([a-z])([a-z]+)', 2)", "regexp_extract(s, '([a-z])([a-z]+)', 2)"),
      ("regexp_extract(s, 'b.', 0)", "regexp_extract(s, 'b.', 0)"),
      ("regexp_replace(s, '[aeiou]', '<$0>')", "regexp_replace(s, '[aeiou]', '<\\0>', 'g')"),
      ("regexp_replace(s, '([a-z])([a-z])', '$2$1')", "regexp_replace(s, '([a-z])([a-z])', '\\2\\1', 'g')"),
      ("concat_ws('-', s, a, null, f)", "concat_ws('-', s, a::varchar, null, f::varchar)"),
      ("size(split(concat(s, ',', s), ','))", "len(string_split(s || ',' || s, ','))"),
      ("split(concat(s, '1x22y'), '[0-9]+')[1]", "string_split_regex(s || '1x22y', '[0-9]+')[2]"),
      ("size(array(a, b, 3))", "len([a, b, 3])"),
      ("coalesce(array_contains(array(a, b), 3), false)", "list_contains([a, b], 3)"),
      ("element_at(array(a, b), 2)", "[a, b][2]"),
      ("arrays_zip(array(a, b), array(s))[1].`0`", "b"),
      ("size(arrays_zip(array(a, b), array(s)))", "2"),
      ("round(c, 1)", "round(c, 1)"), ("round(a, -1)", "round(a, -1)"), ("round(d, 1)", "round(d, 1)"),
      ("floor(d)", "floor(d)"), ("ceil(c)", "ceil(c)"), ("floor(-c)", "floor(-c)"),
      ("sqrt(abs(c))", "sqrt(abs(c))"), ("hypot(c, a)", "sqrt(c * c + a::double * a)"), ("atan2(c, a)", "atan2(c, a)"),
      ("power(abs(c), 0.5)", "power(abs(c), 0.5)"), ("sin(radians(c))", "sin(radians(c))"),
      ("greatest(a, b, 3)", "greatest(a, b, 3)"), ("least(s, 'm')", "least(s, 'm')"),
      ("months_between(timestamp '2020-03-31', timestamp '2020-02-29')", "1"),
    ]
    let aggregates = [
      ("size(collect_list(a))", "coalesce(len(list(a) filter (a is not null)), 0)"),
      ("size(collect_set(a))", "count(distinct a)"),
      ("size(collect_list(distinct s))", "count(distinct s)"),
      ("size(collect_list(a) filter (where b > 2))", "coalesce(len(list(a) filter (b > 2 and a is not null)), 0)"),
      ("first(a) is null or first(a, true) = first(a) ignore nulls", "true"),
      ("any_value(f) is null or true", "true"),
    ]
    try await compare(
      pairs.map { ExpressionGenerator.Both("select \($0.0) as x from t", "select \($0.1) as x from t") }
        + aggregates.map {
          ExpressionGenerator.Both(
            "select b, \($0.0) as x from t group by b", "select b, \($0.1) as x from t group by b")
        }, leastCompared: pairs.count + aggregates.count)
  }

  @Test("queries", .timeLimit(.minutes(10)))
  func queries() async throws {
    let count = TestSize.isFull ? 3000 : 300
    var generator = QueryGenerator(seed: 12)
    try await compare((0..<count).map { _ in generator.query() }, leastCompared: count * 9 / 10)
  }

  /// Joins of many tables, whose order and conditions are the optimiser's: equalities that follow from others, two columns of
  /// one table that must be equal, tables without a key between them, and more tables than all orders are tried of.
  @Test("orders of joins", .timeLimit(.minutes(5)))
  func orders() async throws {
    let chain = (1...12).map { "u u\($0)" }.joined(separator: ", ")
    let links = (2...12).map { "u\($0 - 1).g = u\($0).g" }.joined(separator: " and ")
    let queries = [
      "select x.a, y.b, u.v from t x, t y, u where x.a = u.k and u.k = y.a and x.b > 0",
      "select x.a, x.b, u.v from t x, u, t y where x.a = u.k and x.b = u.g and y.a = u.k and y.b = u.g",
      "select x.a, y.a, u.w from t x, t y, u where x.a = y.a and x.a = u.k and cast(y.a as bigint) = u.g",
      "select t.a, u.v from t, u where t.a = u.k and t.b = u.g and cast(t.a as bigint) = t.b",
      "select x.b, u.g from t x, u, t y where x.b = u.g and y.b = u.g and x.b = y.b and x.a = y.a and y.a = x.a",
      "select x.a, u.v from (select a, a % 3 as m from t) x, u where x.a = u.k and x.m = u.k",
      "select x.a, y.b from (select a, a % 3 as m from t) x, u, t y where x.a = u.k and u.k = y.a and y.a = x.m",
      "select count(*) from u x, u y, u z where x.k < 0 and y.k > 7",
      "select x.a, u.v from t x, u, u z where x.a = u.k and z.k < -7 and x.c < z.w",
      "select x.a, u.v from t x, u where (x.a = u.k and x.s < 'm' and u.w > 0) or (x.a = u.k and x.s > 'm' and u.w < 0)",
      "select x.a, u.v from t x, u where x.a = u.k and x.b in (select g from u where w > 0)",
      "select x.a, u.v from t x, u where x.a = u.k and u.k not in (select k from u where k is not null and w > 0)",
      "select x.a, y.a from t x, t y, u where x.a = u.k and y.a = u.k and x.b in (select b from t where f) and u.g > 0",
      "select u1.v, u12.k from \(chain) where \(links) and u1.k > 0",
    ]
    try await compare(queries.map { ExpressionGenerator.Both($0, $0) }, leastCompared: queries.count, ways: [true])
  }

  /// With and without sides of joins that every task has, and with sides that are merged.
  @Test(
    "queries that jobs compute", .timeLimit(.minutes(10)),
    arguments: [(ByteCount(1), false), (.mebibytes(10), false), (ByteCount(1), true)])
  func jobs(broadcastRows: ByteCount, prefersMergeJoin: Bool) async throws {
    let count = TestSize.isFull ? 3000 : 300
    var generator = QueryGenerator(seed: 13)
    let all = (0..<count).map { _ in generator.query() }
    let samples = try SampleTables(memory, seed: 5)
    var sql = try LocalSQL(samples.tables, memory: memory)
    sql.prefersMergeJoin = prefersMergeJoin
    let answers = try await DuckDB.answers(samples.statements, all.map(\.theirs))
    var limits = Limits()
    limits.broadcastRows = broadcastRows
    let compared = try await DirectRuntime.use(limits: limits) { session, _ in
      let execution = ClusterExecution(
        session: session, settings: ComputingSettings(prefersMergeJoin: prefersMergeJoin), kernels: sql.kernels,
        zones: [:], site: OperatorSite("collect", #fileID, #line))
      var compared = 0
      for (query, answer) in zip(all, answers) {
        guard case .rows(let theirs) = answer else { continue }
        do {
          let plan = try sql.plan(query.ours)
          let rows = try sql.kernels.concatenate(try await execution.rows(plan), plan.output.schema)
          let difference = Self.difference(try sql.cells(rows), theirs)
          #expect(difference == nil, "\(query.ours)\n\(difference ?? "")")
          compared += 1
        } catch { Issue.record("\(query.ours)\nfails: \(error)") }
      }
      return compared
    }
    #expect(compared >= count * 9 / 10, "\(compared) of \(count) were compared")
  }
}
