/// Leaves out columns that nobody reads.
enum ColumnPruning {
  static func pruned(_ plan: LogicalPlan) -> LogicalPlan { pruned(plan, Set(plan.output.map(\.id))) }

  /// The plan with the wanted columns at least; plans that move rows give no others.
  private static func pruned(_ plan: LogicalPlan, _ wanted: Set<ColumnID>) -> LogicalPlan {
    switch plan {
    case .scan(var scan):
      let columns = scan.columns.filter { wanted.contains($0.id) }
      // Rows are counted by a column at least.
      scan.columns = columns.isEmpty ? Array(scan.columns.prefix(1)) : columns
      return .scan(scan)
    case .values: return plan
    case .project(let items, let child):
      let kept = items.filter { wanted.contains($0.id) }
      let used = kept.isEmpty ? Array(items.prefix(1)) : kept
      return .project(used, pruned(child, union([], used.map(\.expression))))
    case .aggregate(var aggregation, let child):
      aggregation.calls = aggregation.calls.filter { wanted.contains($0.id) }
      let read = aggregation.keys.map(\.expression) + aggregation.calls.flatMap(\.call.arguments)
      return .aggregate(aggregation, pruned(child, union([], read)))
    case .join(var join):
      let used = union(wanted, join.condition.map { [$0] } ?? [])
      join.left = narrowed(pruned(join.left, used), used)
      join.right = narrowed(pruned(join.right, used), used)
      if join.givesRight {
        let all = join.all.map(\.id)
        let kept = all.filter(wanted.contains)
        join.kept = kept.isEmpty ? Array(all.prefix(1)) : kept
      }
      return .join(join)
    case .union(let columns, let children):
      let places = columns.indices.filter { wanted.contains(columns[$0].id) }
      let kept = places.isEmpty && !columns.isEmpty ? [0] : Array(places)
      return .union(
        kept.map { columns[$0] },
        children.map { child in
          let items = kept.map { NamedExpression(child.output[$0]) }
          return pruned(.project(items, child), Set(items.map(\.id)))
        })
    case .window(var step, let child):
      step.functions = step.functions.filter { wanted.contains($0.id) }
      let read = union(wanted, LogicalPlan.window(step, child).expressions)
      let inner = narrowed(pruned(child, read), read)
      return step.functions.isEmpty ? inner : .window(step, inner)
    case .filter(let condition, let child):
      return .filter(condition, pruned(child, union(wanted, [condition])))
    case .sort(let orders, let child):
      let used = union(wanted, orders.map(\.expression))
      return .sort(orders, narrowed(pruned(child, used), used))
    case .generate, .limit, .repartition, .sample:
      return plan.with(plan.children.map { pruned($0, union(wanted, plan.expressions)) })
    }
  }

  private static func union(_ wanted: Set<ColumnID>, _ expressions: [TypedExpression]) -> Set<ColumnID> {
    var columns = wanted
    for expression in expressions { expression.collect(&columns) }
    return columns
  }

  /// The wanted columns and no others, so that none is moved for nothing.
  private static func narrowed(_ plan: LogicalPlan, _ wanted: Set<ColumnID>) -> LogicalPlan {
    let kept = plan.output.filter { wanted.contains($0.id) }
    if kept.isEmpty || kept.count == plan.output.count { return plan }
    return .project(kept.map { NamedExpression($0) }, plan)
  }
}
