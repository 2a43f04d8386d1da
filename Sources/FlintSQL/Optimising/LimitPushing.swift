/// Moves limits to where rows come from.
enum LimitPushing {
  static func pushed(_ plan: LogicalPlan) -> LogicalPlan {
    switch plan {
    case .limit(let count, let offset, let child):
      switch child {
      case .project(let items, let inner):
        return .project(items, pushed(.limit(count: count, offset: offset, inner)))
      case .union(let columns, let children):
        guard let count else { break }
        let parts = children.map { pushed(.limit(count: count + offset, offset: 0, $0)) }
        return .limit(count: count, offset: offset, .union(columns, parts))
      case .limit(let innerCount, let innerOffset, let inner):
        let left = innerCount.map { max(0, $0 - offset) }
        let both = [count, left].compactMap { $0 }.min()
        return pushed(.limit(count: both, offset: innerOffset + offset, inner))
      default: break
      }
      return .limit(count: count, offset: offset, pushed(child))
    default: return plan.with(plan.children.map(pushed))
    }
  }
}
