internal import FlintColumns

/// Orders inner joins by the sizes of what they join: the largest is read once and looks up in tables of the others, the
/// smallest first.
enum JoinOrdering {
  static func ordered(_ plan: LogicalPlan) -> LogicalPlan {
    guard case .join(let join) = plan, join.kind == .inner, join.broadcast == nil else {
      return plan.with(plan.children.map(ordered))
    }
    var parts: [LogicalPlan] = []
    var conditions: [TypedExpression] = []
    collect(plan, &parts, &conditions)
    let inner = parts.map(ordered)
    let made = joined(inner, conditions)
    // Whoever reads the columns by their places finds them there.
    return .project(plan.output.map { NamedExpression($0) }, made)
  }

  private static func collect(
    _ plan: LogicalPlan, _ parts: inout [LogicalPlan], _ conditions: inout [TypedExpression]
  ) {
    guard case .join(let join) = plan, join.kind == .inner, join.broadcast == nil else { return parts.append(plan) }
    collect(join.left, &parts, &conditions)
    collect(join.right, &parts, &conditions)
    conditions += join.condition?.conjuncts ?? []
  }

  private static func joined(_ parts: [LogicalPlan], _ conditions: [TypedExpression]) -> LogicalPlan {
    var rest = parts.map { (plan: $0, size: estimate($0), columns: Set($0.output.map(\.id))) }
    let largest = rest.indices.max { rest[$0].size < rest[$1].size } ?? 0
    var (plan, _, columns) = rest.remove(at: largest)
    var open = conditions
    while !rest.isEmpty {
      let connected = rest.indices.filter { isConnected(columns, rest[$0].columns, open) }
      let candidates = connected.isEmpty ? Array(rest.indices) : connected
      let index = candidates.min { rest[$0].size < rest[$1].size } ?? 0
      let next = rest.remove(at: index)
      columns.formUnion(next.columns)
      let known = columns
      let own = open.filter { $0.columns.isSubset(of: known) }
      open.removeAll { $0.columns.isSubset(of: known) }
      plan = .join(
        Join(kind: .inner, left: plan, right: next.plan, condition: own.reduce(nil, TypedExpression.both)))
    }
    return open.reduce(nil, TypedExpression.both).map { .filter($0, plan) } ?? plan
  }

  /// Whether a key of one side is compared with one of the other.
  private static func isConnected(
    _ left: Set<ColumnID>, _ right: Set<ColumnID>, _ conditions: [TypedExpression]
  ) -> Bool {
    conditions.contains { condition in
      guard case .call(.compare(.equal), let operands) = condition.node else { return false }
      let first = operands[0].columns
      let second = operands[1].columns
      if first.isEmpty || second.isEmpty { return false }
      return first.isSubset(of: left) && second.isSubset(of: right)
        || first.isSubset(of: right) && second.isSubset(of: left)
    }
  }

  /// About how many rows a plan gives.
  static func estimate(_ plan: LogicalPlan) -> Double {
    switch plan {
    case .scan(let scan):
      Double(scan.table.rowCount ?? 1_000_000) * share(scan.filters.count)
    case .values(_, let rows): Double(rows.count)
    case .filter(let condition, let child): estimate(child) * share(condition.conjuncts.count)
    case .aggregate(let aggregation, let child): aggregation.keys.isEmpty ? 1 : estimate(child) / 10
    case .join(let join): max(estimate(join.left), join.givesRight ? estimate(join.right) : 0)
    case .union(_, let children): children.reduce(0) { $0 + estimate($1) }
    case .limit(let count, _, let child): min(count.map(Double.init) ?? .infinity, estimate(child))
    case .sample(let fraction, _, let child): estimate(child) * fraction
    case .generate(_, let child): estimate(child) * 4
    case .project(_, let child), .sort(_, let child), .window(_, let child), .repartition(_, _, let child):
      estimate(child)
    }
  }

  /// The share of rows that is thought to meet so many conditions.
  private static func share(_ conditions: Int) -> Double {
    (0..<min(conditions, 4)).reduce(1) { share, _ in share * 0.3 }
  }
}
