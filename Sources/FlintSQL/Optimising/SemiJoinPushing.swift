internal import FlintColumns

/// Asks whether rows have a pair before they are joined with others, where that is asked of fewer rows.
enum SemiJoinPushing {
  static func pushed(_ plan: LogicalPlan) -> LogicalPlan {
    plan.rewritten { plan in
      guard case .join(let join) = plan, !join.givesRight else { return plan }
      return pushed(join, to: join.left) ?? plan
    }
  }

  /// The rows of `plan` that have a pair, asked further down; nil where there is no better place.
  private static func pushed(_ semi: Join, to plan: LogicalPlan) -> LogicalPlan? {
    switch plan {
    case .project(let items, let child) where items.allSatisfy(\.isPlain):
      return pushed(semi, to: child).map { .project(items, $0) }
    case .join(var join) where join.kind == .inner:
      let own = Set(plan.output.map(\.id))
      let asked = (semi.condition?.columns ?? []).intersection(own)
      guard !asked.isEmpty else { return nil }
      for side in [\Join.left, \Join.right] {
        let rows = join[keyPath: side]
        guard asked.isSubset(of: rows.output.map(\.id)), Estimate(rows).rows <= Estimate(plan).rows else { continue }
        var moved = semi
        moved.left = rows
        join[keyPath: side] = pushed(semi, to: rows) ?? .join(moved)
        return .join(join)
      }
      return nil
    default: return nil
    }
  }
}
