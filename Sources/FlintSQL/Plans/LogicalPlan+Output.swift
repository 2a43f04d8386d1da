extension LogicalPlan {
  /// The columns that it gives.
  var output: [Attribute] {
    switch self {
    case .scan(let scan): scan.columns
    case .values(let columns, _), .union(let columns, _): columns
    case .project(let items, _): items.map(\.attribute)
    case .filter(_, let child), .sort(_, let child), .limit(_, _, let child), .repartition(_, _, let child),
      .sample(_, _, let child):
      child.output
    case .aggregate(let aggregation, _): aggregation.keys.map(\.attribute) + aggregation.calls.map(\.attribute)
    case .join(let join): join.output
    case .window(let step, let child): child.output + step.functions.map(\.attribute)
    case .generate(let generation, let child): child.output + generation.columns
    }
  }

  /// The plans whose rows it reads.
  var children: [LogicalPlan] {
    switch self {
    case .scan, .values: []
    case .project(_, let child), .filter(_, let child), .aggregate(_, let child), .sort(_, let child),
      .limit(_, _, let child), .window(_, let child), .generate(_, let child), .repartition(_, _, let child),
      .sample(_, _, let child):
      [child]
    case .join(let join): [join.left, join.right]
    case .union(_, let children): children
    }
  }

  /// The same over other plans, as many as it has, which give the same columns at least.
  func with(_ children: [LogicalPlan]) -> LogicalPlan {
    switch self {
    case .scan, .values: return self
    case .project(let items, _): return .project(items, children[0])
    case .filter(let condition, _): return .filter(condition, children[0])
    case .aggregate(let aggregation, _): return .aggregate(aggregation, children[0])
    case .sort(let orders, _): return .sort(orders, children[0])
    case .limit(let count, let offset, _): return .limit(count: count, offset: offset, children[0])
    case .window(let step, _): return .window(step, children[0])
    case .generate(let generation, _): return .generate(generation, children[0])
    case .repartition(let count, let keys, _): return .repartition(count: count, by: keys, children[0])
    case .sample(let fraction, let seed, _): return .sample(fraction: fraction, seed: seed, children[0])
    case .join(var join):
      join.left = children[0]
      join.right = children[1]
      return .join(join)
    case .union(let columns, _): return .union(columns, children)
    }
  }
}

extension Join {
  var output: [Attribute] {
    guard let kept else { return all }
    return all.filter { kept.contains($0.id) }
  }

  /// What it could give.
  var all: [Attribute] {
    switch kind {
    case .inner: left.output + right.output
    case .left: left.output + right.output.map(\.nullable)
    case .right: left.output.map(\.nullable) + right.output
    case .full: left.output.map(\.nullable) + right.output.map(\.nullable)
    case .semi, .anti, .antiUnlessNull: left.output
    }
  }
}
