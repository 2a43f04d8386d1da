extension Limits {
  /// Limits for one simulation: most are drawn from their hostile range, about every fourth keeps its default, and all
  /// relations hold.
  public static func hostile(using generator: inout some RandomNumberGenerator) -> Limits {
    var limits = Limits()
    for limit in all where Int.random(in: 0..<4, using: &generator) > 0 { limit.choose(in: &limits, using: &generator) }
    limits.raise()
    return limits
  }

  /// Limits of which those with these names are drawn from their hostile range. All relations hold.
  package static func hostile(_ names: Set<String>, using generator: inout some RandomNumberGenerator) -> Limits {
    var limits = Limits()
    for limit in all where names.contains(limit.name) { limit.choose(in: &limits, using: &generator) }
    limits.raise()
    return limits
  }

  private mutating func raise() {
    // Raising the larger of two limits may break a relation further up; there are no cycles, so this ends.
    while let broken = Limits.relations.first(where: { !$0.holds(in: self) }) {
      broken.larger.set(broken.leastLarger(in: self), in: &self)
    }
  }
}

extension Limit {
  fileprivate func choose(in limits: inout Limits, using generator: inout some RandomNumberGenerator) {
    set(Int64.random(in: hostile, using: &generator), in: &limits)
  }
}
