extension Limits {
  /// Limits for one simulation: most are drawn from their hostile range, about every fourth keeps its default, and all
  /// relations hold.
  public static func hostile(using generator: inout some RandomNumberGenerator) -> Limits {
    var limits = Limits()
    for limit in all where Int.random(in: 0..<4, using: &generator) > 0 {
      limit.set(Int64.random(in: limit.hostile, using: &generator), in: &limits)
    }
    // Raising the larger of two limits may break a relation further up; there are no cycles, so this ends.
    while let broken = relations.first(where: { !$0.holds(in: limits) }) {
      broken.larger.set(broken.leastLarger(in: limits), in: &limits)
    }
    return limits
  }
}
