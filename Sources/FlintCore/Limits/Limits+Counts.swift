extension Limits {
  /// Every value as a whole number, in the order of ``all``: for another process of the same build.
  package var counts: [Int64] { Limits.all.map { $0.value(in: self) } }

  /// The limits with these values; nil when there are more or fewer than there are limits.
  package init?(counts: [Int64]) {
    guard counts.count == Limits.all.count else { return nil }
    self.init()
    for (limit, count) in zip(Limits.all, counts) { limit.set(count, in: &self) }
  }
}
