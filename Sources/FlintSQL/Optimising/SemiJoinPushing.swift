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
      for side in [join.left, join.right] {
        guard !asked.isEmpty, asked.isSubset(of: side.output.map(\.id)), Estimate(side).rows <= Estimate(plan).rows
        else { continue }
        var moved = semi
        moved.left = side
        let place = pushed(semi, to: side) ?? .join(moved)
        if side == join.left { join.left = place } else { join.right = place }
        return .join(join)
      }
      return nil
    default: return nil
    }
  }
}
