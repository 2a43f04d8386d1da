/// Two limits of which one must be smaller, or at most as large, for the engine to work.
struct LimitRelation: Sendable {
  enum Order: String, Sendable {
    case below = "less than"
    case atMost = "at most"
  }

  let smaller: Limit
  let order: Order
  let larger: Limit
  /// What would go wrong otherwise.
  let reason: String

  init(_ smaller: Limit, _ order: Order, _ larger: Limit, _ reason: String) {
    self.smaller = smaller
    self.order = order
    self.larger = larger
    self.reason = reason
  }

  /// The least value that `larger` may have in `limits`.
  func leastLarger(in limits: Limits) -> Int64 {
    switch order {
    case .below: smaller.value(in: limits) + 1
    case .atMost: smaller.value(in: limits)
    }
  }

  func holds(in limits: Limits) -> Bool {
    // Not `leastLarger`, which overflows at the largest number.
    switch order {
    case .below: smaller.value(in: limits) < larger.value(in: limits)
    case .atMost: smaller.value(in: limits) <= larger.value(in: limits)
    }
  }
}
