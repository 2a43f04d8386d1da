internal import FlintColumns
internal import FlintFormats

/// About how many rows a plan gives, and which values: good enough to compare plans by.
struct Estimate {
  /// How many rows.
  var rows: Double
  /// How many there would be without conditions: among so many, keys are different.
  var base: Double
  /// What is known of columns.
  var columns: [ColumnID: TableStatistics.Column]

  init(rows: Double, columns: [ColumnID: TableStatistics.Column] = [:]) {
    (self.rows, base, self.columns) = (rows, rows, columns)
  }

  /// How many different values an expression has at most.
  func distinctCount(_ expression: TypedExpression) -> Double {
    guard case .column(let id, _) = expression.node else { return rows }
    return min(columns[id]?.distinctCount ?? .infinity, base)
  }

  /// Leaves a share of the rows, one at least.
  mutating func keep(_ share: Double) { rows = max(1, rows * min(1, share)) }
}

extension Estimate {
  /// Rows of files whose number nobody knows.
  private static let unknownCount = 1_000_000.0

  init(_ plan: LogicalPlan) {
    switch plan {
    case .scan(let scan): self.init(scan)
    case .values(_, let rows): self.init(rows: Double(rows.count))
    case .filter(let condition, let child):
      self.init(child)
      for part in condition.conjuncts { meet(part) }
    case .project(let items, let child):
      self.init(child)
      for item in items {
        if case .column(let id, _) = item.expression.node { columns[item.id] = columns[id] }
      }
    case .aggregate(let aggregation, let child): self.init(aggregation, child)
    case .join(let join): self.init(join)
    case .union(_, let children):
      self.init(rows: children.reduce(0) { $0 + Estimate($1).rows })
    case .limit(let count, _, let child):
      self.init(child)
      rows = min(count.map(Double.init) ?? .infinity, rows)
    case .sample(let fraction, _, let child):
      self.init(child)
      rows *= fraction
    case .generate(_, let child):
      self.init(child)
      (rows, base) = (rows * 4, base * 4)
    case .sort(_, let child), .window(_, let child), .repartition(_, _, let child): self.init(child)
    }
  }

  private init(_ scan: TableScan) {
    let statistics = scan.table.statistics
    self.init(rows: statistics?.rowCount ?? Self.unknownCount)
    base = statistics?.originalCount ?? base
    for column in scan.columns { columns[column.id] = statistics?.columns[column.name] }
    for filter in scan.filters {
      guard let column = scan.columns.first(where: { $0.name == filter.column }) else { continue }
      meet(filter.condition, column.id)
    }
    if let condition = scan.partitionFilter { for part in condition.conjuncts { meet(part) } }
  }

  private init(_ aggregation: Aggregation, _ child: LogicalPlan) {
    let inner = Estimate(child)
    self.init(rows: 1)
    guard !aggregation.keys.isEmpty else { return }
    var groups = 1.0
    for key in aggregation.keys {
      let count = inner.distinctCount(key.expression)
      groups *= count
      columns[key.id] = TableStatistics.Column(distinctCount: count)
    }
    // Of keys that nobody knows, ten rows are thought to have the same.
    let isKnown = aggregation.keys.contains { inner.distinctCount($0.expression) < inner.base }
    rows = max(1, min(groups, isKnown ? inner.rows : inner.rows / 10))
    base = rows
  }

  private init(_ join: Join) {
    let (left, right) = (Estimate(join.left), Estimate(join.right))
    self = left
    let keys = join.keys
    let pairs = keys.keys.map { (left.distinctCount($0.left), right.distinctCount($0.right)) }
    switch join.kind {
    case .semi, .anti, .antiUnlessNull:
      // As many of the left keys have a pair as there are keys on the right.
      let share = pairs.reduce(1.0) { min($0, min($1.1, right.rows) / max(1, $1.0)) }
      keep(join.kind == .semi ? share : max(0.1, 1 - share))
    case .inner, .left, .right, .full:
      columns.merge(right.columns) { own, _ in own }
      rows = max(1, left.rows * right.rows * Self.share(pairs, left.base, right.base))
      if keys.rest != nil { keep(Selectivity.unknown) }
      if join.kind == .left || join.kind == .full { rows = max(rows, left.rows) }
      if join.kind == .right || join.kind == .full { rows = max(rows, right.rows) }
      base = max(left.base, right.base, rows)
    }
  }

  /// The share of all pairs that have equal keys, from the numbers of different ones on both sides: those of the side with fewer
  /// are thought to be among the others.
  static func share(_ keys: [(Double, Double)], _ left: Double, _ right: Double) -> Double {
    guard !keys.isEmpty else { return 1 }
    // Keys of several columns are no more than the rows of the side that has fewer.
    let first = keys.reduce(1.0) { $0 * $1.0 }
    let second = keys.reduce(1.0) { $0 * $1.1 }
    return 1 / max(1, min(max(first, second), min(left, right)))
  }
}
