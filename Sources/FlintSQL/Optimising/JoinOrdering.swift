internal import FlintColumns

/// Orders inner joins so that few rows are made and looked up on the way.
enum JoinOrdering {
  /// Tables of which every order is tried; of more, each time the join of the fewest rows comes next.
  private static let most = 10

  static func ordered(_ plan: LogicalPlan) -> LogicalPlan {
    guard case .join(let join) = plan, join.kind == .inner, join.advice == nil else {
      return plan.with(plan.children.map(ordered))
    }
    var parts: [LogicalPlan] = []
    var conditions: [TypedExpression] = []
    collect(plan, &parts, &conditions)
    guard parts.count <= JoinGraph.limit else { return plan.with(plan.children.map(ordered)) }
    let graph = JoinGraph(parts.map(ordered), conditions)
    let tree = parts.count <= most ? graph.bestTree() : graph.greedyTree()
    // Whoever reads the columns by their places finds them there.
    return .project(plan.output.map { NamedExpression($0) }, graph.plan(tree))
  }

  private static func collect(
    _ plan: LogicalPlan, _ parts: inout [LogicalPlan], _ conditions: inout [TypedExpression]
  ) {
    guard case .join(let join) = plan, join.kind == .inner, join.advice == nil else { return parts.append(plan) }
    collect(join.left, &parts, &conditions)
    collect(join.right, &parts, &conditions)
    conditions += join.condition?.conjuncts ?? []
  }
}
