/// Tries every order in which the events of a case can happen.
package struct OrderSearch {
  /// How many orders were tried.
  package private(set) var orderCount = 0
  /// What was not as it must be in the first order that failed, and that order.
  package private(set) var violation: String?
  private let limit: Int

  /// Tries all orders, or gives up when there are more than `limit`.
  package init(_ order: OrderCase, limit: Int = 3_000_000) {
    self.limit = limit
    search(OrderState(order))
  }

  private mutating func search(_ state: OrderState) {
    guard violation == nil else { return }
    if let found = state.violation { return report(found, state) }
    guard !state.pending.isEmpty else {
      orderCount += 1
      if orderCount > limit { violation = "more than \(limit) orders" }
      var end = state
      end.checkEnd()
      if let found = end.violation { report(found, state) }
      return
    }
    for index in state.pending.indices {
      var next = state
      let choice = next.pending.remove(at: index)
      next.path.append(choice)
      next.perform(choice)
      search(next)
    }
  }

  private mutating func report(_ found: String, _ state: OrderState) {
    violation = found + "\n  after " + state.path.map { "\($0)" }.joined(separator: "\n  then ")
  }
}
