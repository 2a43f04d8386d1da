/// Random queries over tables `t`, `u` and `nothing`, in both dialects.
struct QueryGenerator {
  typealias Both = ExpressionGenerator.Both

  private var expressions: ExpressionGenerator

  init(seed: UInt64) {
    expressions = ExpressionGenerator(seed: seed)
  }

  private mutating func pick(_ count: Int) -> Int { expressions.pick(count) }

  mutating func query() -> Both {
    switch pick(10) {
    case 0, 1: return plain()
    case 2, 3: return grouped()
    case 4, 5: return joined()
    case 6: return set()
    case 7: return window()
    case 8: return nested()
    default: return distinct()
    }
  }

  private mutating func condition() -> Both {
    expressions.table = ""
    return expressions.expression(.boolean, depth: 2)
  }

  private mutating func some(_ depth: Int = 2) -> Both {
    let kinds = ExpressionGenerator.Kind.allCases
    return expressions.expression(kinds[pick(kinds.count)], depth: depth)
  }

  private mutating func plain() -> Both {
    let query = Both.made("select a, §, § from t where §", nil, some(), some(), condition())
    switch pick(3) {
    case 0: return query
    case 1:
      // A complete order, so that the limit is the same on both sides.
      let limit = pick(20)
      return .made(
        "select a, b, c from t where § order by a desc nulls last, b nulls first, c nulls first limit \(limit) offset \(pick(4))",
        nil, condition())
    default: return .made("select * from (§) x where x.a > 0", nil, query)
    }
  }

  private mutating func grouped() -> Both {
    let aggregates = [
      "count(*)", "count(a)", "sum(a)", "sum(b)", "avg(c)", "min(s)", "max(ts)", "min(d)", "sum(d)", "avg(a)",
      "count(distinct a)", "count(distinct s)", "sum(distinct a)", "max(dt)", "stddev_pop(c)", "var_samp(c)",
      "sum(a) filter (where b > 0)", "count(*) filter (where f)", "max(c) - min(c)", "sum(a + b) * 2",
      "bool_or(f)", "count(case when a > 0 then 1 end)",
    ]
    let chosen = (0..<1 + pick(3)).map { _ in aggregates[pick(aggregates.count)] }.joined(separator: ", ")
    let keys = ["f", "a", "s", "month(dt)", "a % 3", "f, a", "year(ts), f", "upper(s)"]
    let key = keys[pick(keys.count)]
    switch pick(4) {
    case 0: return .made("select \(chosen) from t where §", nil, condition())
    case 1: return .made("select \(key), \(chosen) from t where § group by \(key)", nil, condition())
    case 2: return Both("select \(key), \(chosen) from t group by \(key) having count(*) > \(pick(4))")
    default: return Both("select \(key), \(chosen) from t group by all")
    }
  }

  private mutating func joined() -> Both {
    let kind = ["join", "left join", "right join", "full join"][pick(4)]
    let keys = ["t.a = u.k", "t.b = u.g", "t.a = u.k and t.s = u.v", "t.a = u.k and t.c > u.w", "t.a + 1 = u.k"]
    let key = keys[pick(keys.count)]
    switch pick(6) {
    case 0: return Both("select t.a, t.s, u.v, u.w from t \(kind) u on \(key)")
    case 1:
      return .made("select t.a, u.k, count(*) from t \(kind) u on \(key) where § group by t.a, u.k", nil, condition())
    case 2:
      let isSemi = pick(2) == 0
      let name = isSemi ? "semi" : "anti"
      return Both(
        "select t.a, t.b from t left \(name) join u on \(key)", "select t.a, t.b from t \(name) join u on \(key)")
    case 3: return Both("select count(*), sum(t.a), max(u.v) from t, u where \(key) and u.w > 0")
    case 4: return Both("select t.a, n.v from t \(kind) nothing n on t.a = n.k")
    default:
      return Both("select x.a, y.b, u.v from t x join t y on x.a = y.a and x.b < y.b \(kind) u on x.a = u.k")
    }
  }

  private mutating func set() -> Both {
    let kind = ["union", "union all", "except", "intersect", "except all", "intersect all"][pick(6)]
    let columns = [("a", "k"), ("a, s", "k, v"), ("s", "v"), ("b", "g"), ("a % 3", "k % 3")][pick(5)]
    return .made("select \(columns.0) from t where § \(kind) select \(columns.1) from u", nil, condition())
  }

  private mutating func window() -> Both {
    // Orders without ties, but for functions that do not look at them.
    let order =
      "a nulls first, b nulls first, c nulls first, ts nulls first, s nulls first, dt nulls first, d nulls first, f nulls first"
    let frames = ["", " rows between 2 preceding and 1 following", " rows unbounded preceding"]
    let frame = frames[pick(frames.count)]
    let functions = [
      "row_number() over (partition by f order by \(order))", "rank() over (partition by f order by a nulls first)",
      "dense_rank() over (order by a nulls first)", "lag(b) over (partition by f order by \(order))",
      "lead(b, 2, -1) over (order by \(order))", "sum(a) over (partition by f)",
      "sum(b) over (partition by f order by \(order)\(frame))", "avg(c) over (order by \(order)\(frame))",
      "count(*) over (partition by a)", "max(s) over (partition by f order by \(order)\(frame))",
      "sum(a) over (order by a nulls first)", "first_value(b) over (partition by f order by \(order))",
      "percent_rank() over (order by a nulls first)", "ntile(4) over (order by \(order))",
    ]
    return Both("select a, b, \(functions[pick(functions.count)]), \(functions[pick(functions.count)]) from t")
  }

  private mutating func nested() -> Both {
    switch pick(6) {
    case 0: return .made("select a, b from t where a in (select k from u where w > 0) and §", nil, condition())
    case 1: return Both("select a, b from t where a not in (select k from u where k is not null)")
    case 2: return Both("select a, b from t where a not in (select k from u)")
    case 3: return Both("select a, b - (select max(g) from u) from t where c > (select avg(w) from u)")
    case 4:
      return .made(
        "with x as (select a, sum(b) as total from t where § group by a) select x.a, u.v, total from x join u on x.a = u.k",
        nil, condition())
    default:
      return Both(
        "select f, n from (select f, count(*) n from t group by f) q where n > (select count(*) from nothing)")
    }
  }

  private mutating func distinct() -> Both {
    switch pick(3) {
    case 0: return .made("select distinct a, f from t where §", nil, condition())
    case 1: return .made("select distinct §, f from t", nil, some(1))
    default:
      return Both(
        "select s, count(distinct a, f) from t group by s",
        "select s, count(distinct (a, f)) filter (where a is not null and f is not null) from t group by s")
    }
  }
}
