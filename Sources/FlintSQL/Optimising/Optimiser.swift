internal import FlintColumns
internal import FlintCore

/// Makes a plan that gives the same rows for less work.
struct Optimiser {
  let kernels: Kernels
  let zones: [String: ZoneRules]
  /// Whether joins merge sorted sides where nobody knows a better way.
  let prefersMergeJoin: Bool

  init(_ kernels: Kernels, zones: [String: ZoneRules] = [:], prefersMergeJoin: Bool = false) {
    self.kernels = kernels
    self.zones = zones
    self.prefersMergeJoin = prefersMergeJoin
  }

  func optimised(_ plan: LogicalPlan) -> LogicalPlan {
    var plan = Simplification(kernels, zones: zones).simplified(plan)
    plan = FilterPushing.pushed(plan)
    plan = SemiJoinPushing.pushed(plan)
    plan = JoinOrdering.ordered(plan)
    // Conditions that joins could not take at first may have found their tables.
    plan = FilterPushing.pushed(plan)
    plan = LimitPushing.pushed(plan)
    plan = ScanFiltering.filtered(plan)
    plan = ColumnPruning.pruned(plan)
    return prefersMergeJoin ? Self.merging(plan) : plan
  }

  private static func merging(_ plan: LogicalPlan) -> LogicalPlan {
    plan.rewritten { plan in
      guard case .join(var join) = plan else { return plan }
      join.prefersMerge = true
      return .join(join)
    }
  }
}

extension LogicalPlan {
  /// Each plan replaced by what `body` makes of it, those below first.
  func rewritten(_ body: (LogicalPlan) -> LogicalPlan) -> LogicalPlan {
    let children = children
    return body(children.isEmpty ? self : with(children.map { $0.rewritten(body) }))
  }
}
