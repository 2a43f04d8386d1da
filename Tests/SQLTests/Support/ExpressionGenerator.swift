/// Random expressions over table `t`, in our dialect and in DuckDB's.
struct ExpressionGenerator {
  /// An expression in both dialects.
  struct Both {
    let ours: String
    let theirs: String

    init(_ ours: String, _ theirs: String? = nil) {
      self.ours = ours
      self.theirs = theirs ?? ours
    }

    /// Both with `%` for each operand.
    static func made(_ ours: String, _ theirs: String? = nil, _ operands: Both...) -> Both {
      Both(fill(ours, operands.map(\.ours)), fill(theirs ?? ours, operands.map(\.theirs)))
    }

    private static func fill(_ pattern: String, _ operands: [String]) -> String {
      let parts = pattern.split(separator: "§", omittingEmptySubsequences: false)
      return zip(parts, operands).map { $0 + $1 }.joined() + (parts.last ?? "")
    }
  }

  enum Kind: CaseIterable { case whole, double, decimal, text, boolean, date, timestamp }

  var generator: SeededGenerator
  /// What stands before the columns' names.
  var table = ""

  init(seed: UInt64) {
    generator = SeededGenerator(seed)
  }

  mutating func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &generator) }

  mutating func expression(_ kind: Kind, depth: Int) -> Both {
    if depth == 0 || pick(6) == 0 { return leaf(kind) }
    if pick(6) == 0 { return choice(kind, depth - 1) }
    switch kind {
    case .whole: return whole(depth - 1)
    case .double: return double(depth - 1)
    case .decimal: return decimal(depth - 1)
    case .text: return text(depth - 1)
    case .boolean: return boolean(depth - 1)
    case .date: return date(depth - 1)
    case .timestamp: return timestamp(depth - 1)
    }
  }

  private mutating func leaf(_ kind: Kind) -> Both {
    let isColumn = pick(4) > 0
    switch kind {
    case .whole: return Both(isColumn ? table + ["a", "b"][pick(2)] : "\(pick(20) - 5)")
    case .double: return isColumn ? Both(table + "c") : number()
    case .decimal: return Both(isColumn ? table + "d" : "\(pick(50)).25")
    case .text: return Both(isColumn ? table + "s" : ["'abc'", "'Zebra'", "''", "'x_'"][pick(4)])
    case .boolean: return Both(isColumn ? table + "f" : ["true", "false", "null"][pick(3)])
    case .date: return Both(isColumn ? table + "dt" : "date '2020-02-29'")
    case .timestamp: return Both(isColumn ? table + "ts" : "timestamp '2019-07-01 12:34:56'")
    }
  }

  private mutating func number() -> Both {
    let whole = pick(100)
    return Both("\(whole).5D", "\(whole).5::double")
  }

  private mutating func choice(_ kind: Kind, _ depth: Int) -> Both {
    switch pick(4) {
    case 0:
      return .made(
        "case when § then § else § end", nil, expression(.boolean, depth: depth), expression(kind, depth: depth),
        expression(kind, depth: depth))
    case 1: return .made("coalesce(§, §)", nil, expression(kind, depth: depth), expression(kind, depth: depth))
    case 2: return .made("nullif(§, §)", nil, expression(kind, depth: depth), expression(kind, depth: depth))
    default:
      return .made(
        "case when § then § when § then § end", nil, expression(.boolean, depth: depth),
        expression(kind, depth: depth), expression(.boolean, depth: depth), expression(kind, depth: depth))
    }
  }

  private mutating func whole(_ depth: Int) -> Both {
    switch pick(12) {
    case 0: return .made("(§ + §)", nil, expression(.whole, depth: depth), expression(.whole, depth: depth))
    case 1: return .made("(§ - §)", nil, expression(.whole, depth: depth), expression(.whole, depth: depth))
    case 2: return .made("(§ * §)", nil, expression(.whole, depth: depth), leaf(.whole))
    case 3:
      return .made(
        "(§ div nullif(§, 0))", "(§ // nullif(§, 0))", expression(.whole, depth: depth),
        expression(.whole, depth: depth))
    case 4: return .made("(§ % nullif(§, 0))", nil, expression(.whole, depth: depth), leaf(.whole))
    case 5: return .made("abs(§)", nil, expression(.whole, depth: depth))
    case 6: return .made("length(§)", nil, expression(.text, depth: depth))
    case 7:
      let last = expression(.date, depth: depth)
      let first = leaf(.date)
      return Both("datediff(\(last.ours), \(first.ours))", "date_diff('day', \(first.theirs), \(last.theirs))")
    case 8:
      let part = ["year", "month", "day", "quarter", "dayofyear", "week"][pick(6)]
      return .made("\(part == "week" ? "weekofyear" : part)(§)", "\(part)(§)", expression(.date, depth: depth))
    case 9:
      let part = ["hour", "minute", "year", "month"][pick(4)]
      return .made("extract(\(part) from §)", nil, expression(.timestamp, depth: depth))
    case 10: return .made("(- §)", nil, expression(.whole, depth: depth))
    default:
      return .made(
        "greatest(§, §)", nil, expression(.whole, depth: depth), expression(.whole, depth: depth))
    }
  }

  private mutating func double(_ depth: Int) -> Both {
    switch pick(12) {
    case 0: return .made("(§ + §)", nil, expression(.double, depth: depth), expression(.double, depth: depth))
    case 1: return .made("(§ - §)", nil, expression(.double, depth: depth), expression(.double, depth: depth))
    case 2: return .made("(§ * §)", nil, expression(.double, depth: depth), expression(.double, depth: depth))
    case 3:
      return .made("(§ / nullif(§, 0))", nil, expression(.double, depth: depth), expression(.double, depth: depth))
    case 4:
      return .made("(§ / nullif(§, 0))", nil, expression(.whole, depth: depth), expression(.whole, depth: depth))
    case 5: return .made("abs(§)", nil, expression(.double, depth: depth))
    case 6: return .made("sqrt(abs(§))", nil, expression(.double, depth: depth))
    case 7: return .made("\(["sin", "cos", "atan", "radians"][pick(4)])(§)", nil, expression(.double, depth: depth))
    case 8: return .made("atan2(§, §)", nil, expression(.double, depth: depth), leaf(.double))
    case 9: return .made("power(§, 2)", nil, expression(.double, depth: depth))
    case 10: return .made("cast(§ as double)", nil, expression(.whole, depth: depth))
    default: return .made("round(§, 2)", nil, leaf(.double))
    }
  }

  private mutating func decimal(_ depth: Int) -> Both {
    switch pick(6) {
    case 0: return .made("(§ + §)", nil, expression(.decimal, depth: depth), leaf(.decimal))
    case 1: return .made("(§ - §)", nil, expression(.decimal, depth: depth), leaf(.decimal))
    case 2: return .made("(§ * §)", nil, leaf(.decimal), leaf(.decimal))
    case 3: return .made("abs(§)", nil, expression(.decimal, depth: depth))
    case 4: return .made("cast(§ as decimal(30, 1))", nil, leaf(.decimal))
    default: return .made("(§ * 2)", nil, leaf(.decimal))
    }
  }

  private mutating func text(_ depth: Int) -> Both {
    switch pick(9) {
    case 0: return .made("upper(§)", nil, expression(.text, depth: depth))
    case 1: return .made("lower(§)", nil, expression(.text, depth: depth))
    case 2: return .made("(§ || §)", nil, expression(.text, depth: depth), expression(.text, depth: depth))
    case 3: return .made("substring(§, \(1 + pick(3)), \(pick(4)))", nil, expression(.text, depth: depth))
    case 4: return .made("trim(§)", nil, expression(.text, depth: depth))
    case 5: return .made("replace(§, 'a', 'QQ')", nil, expression(.text, depth: depth))
    case 6: return .made("cast(§ as string)", "cast(§ as varchar)", expression(.whole, depth: depth))
    case 7: return .made("lpad(§, 5, '*')", nil, expression(.text, depth: depth))
    default: return .made("reverse(§)", nil, expression(.text, depth: depth))
    }
  }

  mutating func boolean(_ depth: Int) -> Both {
    let kinds: [Kind] = [.whole, .double, .decimal, .text, .date, .timestamp]
    let kind = kinds[pick(kinds.count)]
    switch pick(11) {
    case 0, 1, 2:
      let sign = ["=", "<>", "<", "<=", ">", ">="][pick(6)]
      return .made("(§ \(sign) §)", nil, expression(kind, depth: depth), expression(kind, depth: depth))
    case 3:
      return .made("(§ and §)", nil, expression(.boolean, depth: depth), expression(.boolean, depth: depth))
    case 4: return .made("(§ or §)", nil, expression(.boolean, depth: depth), expression(.boolean, depth: depth))
    case 5: return .made("(not §)", nil, expression(.boolean, depth: depth))
    case 6: return .made("(§ is null)", nil, expression(kind, depth: depth))
    case 7: return .made("(§ is not null)", nil, expression(kind, depth: depth))
    case 8:
      return .made(
        "(§ in (§, §, 3))", nil, expression(.whole, depth: depth), leaf(.whole), expression(.whole, depth: depth))
    case 9:
      return .made(
        "(§ between § and §)", nil, expression(kind, depth: depth), leaf(kind), expression(kind, depth: depth))
    default:
      let pattern = ["a%", "%b%", "_b_", "%"][pick(4)]
      return .made("(§ like '\(pattern)')", nil, expression(.text, depth: depth))
    }
  }

  private mutating func date(_ depth: Int) -> Both {
    switch pick(4) {
    case 0: return .made("date_add(§, §)", "(§ + (§)::int)", expression(.date, depth: depth), leafOfDays())
    case 1:
      let days = pick(40)
      return .made("(§ + interval \(days) day)", "cast((§ + interval \(days) day) as date)", leaf(.date))
    case 2: return .made("trunc(§, 'MM')", "cast(date_trunc('month', §) as date)", expression(.date, depth: depth))
    default: return .made("last_day(§)", nil, expression(.date, depth: depth))
    }
  }

  private mutating func leafOfDays() -> Both { Both("\(pick(60) - 30)") }

  private mutating func timestamp(_ depth: Int) -> Both {
    let unit = ["year", "month", "day", "hour", "week", "quarter"][pick(6)]
    let count = pick(50)
    switch pick(4) {
    case 0: return .made("date_trunc('\(unit)', §)", nil, expression(.timestamp, depth: depth))
    case 1: return .made("(§ + interval \(count) minutes)", nil, expression(.timestamp, depth: depth))
    case 2: return .made("(§ - interval \(count) days)", nil, expression(.timestamp, depth: depth))
    default: return .made("(§ + interval \(count) months)", nil, expression(.timestamp, depth: depth))
    }
  }
}
