/// Moves conditions to where fewer rows meet them, as far down as their columns are.
enum FilterPushing {
  static func pushed(_ plan: LogicalPlan) -> LogicalPlan { pushed(plan, []) }

  /// The plan of the rows that meet all of `conditions`.
  private static func pushed(_ plan: LogicalPlan, _ conditions: [TypedExpression]) -> LogicalPlan {
    switch plan {
    case .filter(let condition, let child):
      // One that was derived from another may be there already.
      let own = condition.conjuncts
      return pushed(child, conditions.filter { !own.contains($0) } + own)
    case .project(let items, let child):
      let definitions = Dictionary(items.map { ($0.id, $0.expression) }) { first, _ in first }
      return .project(items, pushed(child, conditions.map { $0.substituting(definitions) }))
    case .join(let join): return pushed(join, conditions)
    case .aggregate(let aggregation, let child):
      let definitions = Dictionary(aggregation.keys.map { ($0.id, $0.expression) }) { first, _ in first }
      let keys = Set(definitions.keys)
      let (inner, outer) = split(aggregation.keys.isEmpty ? [] : conditions, by: keys)
      let kept = aggregation.keys.isEmpty ? conditions : outer
      return over(
        .aggregate(aggregation, pushed(child, inner.map { $0.substituting(definitions) })), kept)
    case .union(let columns, let children):
      return .union(
        columns,
        children.map { child in
          let pairs = zip(columns, child.output).map { ($0.id, $1.reference()) }
          let definitions = Dictionary(pairs) { first, _ in first }
          return pushed(child, conditions.map { $0.substituting(definitions) })
        })
    case .sort(let orders, let child): return .sort(orders, pushed(child, conditions))
    case .repartition(let count, let keys, let child):
      return .repartition(count: count, by: keys, pushed(child, conditions))
    case .generate(let generation, let child):
      let (inner, outer) = split(conditions, by: Set(child.output.map(\.id)))
      return over(.generate(generation, pushed(child, inner)), outer)
    case .window(let step, let child):
      // Whole partitions may be left out, and nothing else.
      var keys: Set<ColumnID> = []
      for key in step.partition { if case .column(let id, _) = key.node { keys.insert(id) } }
      let (inner, outer) = split(conditions, by: keys)
      return over(.window(step, pushed(child, inner)), outer)
    case .scan, .values, .limit, .sample:
      return over(plan.with(plan.children.map { pushed($0, []) }), conditions)
    }
  }

  private static func over(_ plan: LogicalPlan, _ conditions: [TypedExpression]) -> LogicalPlan {
    conditions.reduce(nil, TypedExpression.both).map { .filter($0, plan) } ?? plan
  }

  /// The conditions on some columns only, and the others.
  private static func split(
    _ conditions: [TypedExpression], by columns: Set<ColumnID>
  ) -> (inner: [TypedExpression], outer: [TypedExpression]) {
    var inner: [TypedExpression] = []
    var outer: [TypedExpression] = []
    for condition in conditions {
      let used = condition.columns
      if !used.isEmpty, used.isSubset(of: columns) { inner.append(condition) } else { outer.append(condition) }
    }
    return (inner, outer)
  }

  // MARK: Joins.

  private static func pushed(_ join: Join, _ conditions: [TypedExpression]) -> LogicalPlan {
    var join = join
    let left = Set(join.left.output.map(\.id))
    let right = Set(join.right.output.map(\.id))
    let own = join.condition?.conjuncts ?? []
    var toLeft: [TypedExpression] = []
    var toRight: [TypedExpression] = []
    var kept: [TypedExpression] = []
    var above: [TypedExpression] = []
    for (parts, isAbove) in [(conditions, true), (own, false)] {
      for part in parts {
        let used = part.columns
        if goesLeft(join.kind, isAbove: isAbove), !used.isEmpty, used.isSubset(of: left) {
          toLeft.append(part)
        } else if goesRight(join.kind, isAbove: isAbove), !used.isEmpty, used.isSubset(of: right) {
          toRight.append(part)
        } else if isAbove, join.kind != .inner {
          above.append(part)
        } else {
          kept.append(part)
        }
      }
    }
    if join.kind == .inner {
      toLeft += kept.compactMap { $0.implied(for: left) }
      toRight += kept.compactMap { $0.implied(for: right) }
    }
    join.left = pushed(join.left, toLeft)
    join.right = pushed(join.right, toRight)
    join.condition = kept.reduce(nil, TypedExpression.both)
    return over(.join(join), above)
  }

  /// Whether a condition on the left side only may be met before the join.
  private static func goesLeft(_ kind: Join.Kind, isAbove: Bool) -> Bool {
    switch kind {
    case .inner: true
    case .left: isAbove
    // Of what the join itself demands, only that of rows which must have a pair.
    case .semi: true
    case .anti, .antiUnlessNull: isAbove
    case .right: !isAbove
    case .full: false
    }
  }

  private static func goesRight(_ kind: Join.Kind, isAbove: Bool) -> Bool {
    switch kind {
    case .inner: true
    case .right: isAbove
    case .left, .semi, .anti: !isAbove
    case .antiUnlessNull, .full: false
    }
  }
}

extension TypedExpression {
  /// What an OR demands of some columns alone, when each of its sides demands something of them; nil when it does not.
  fileprivate func implied(for columns: Set<ColumnID>) -> TypedExpression? {
    let sides = disjuncts
    guard sides.count > 1 else { return nil }
    var either: TypedExpression?
    for side in sides {
      let own = side.conjuncts.filter { !$0.columns.isEmpty && $0.columns.isSubset(of: columns) }
      guard let demand = own.reduce(nil, TypedExpression.both) else { return nil }
      either = either.map { $0.or(demand) } ?? demand
    }
    return either
  }

  /// The same with expressions in the places of columns.
  func substituting(_ definitions: [ColumnID: TypedExpression]) -> TypedExpression {
    replacing { part in
      guard case .column(let id, _) = part.node else { return nil }
      return definitions[id]
    }
  }
}
