/// Where an expression stands, and so what it can name and contain.
struct Resolution {
  let scope: Scope
  /// The clause, for errors.
  let clause: String
  /// Columns of the result by their names in lower case, which stand for their expressions.
  var aliases: [String: Expression] = [:]
  /// Whether those come before the columns of the source.
  var prefersAliases = false
  var allowsAggregates = false
  var allowsWindows = false
  /// Windows by their names in lower case.
  var windows: [String: WindowSpecification] = [:]
  /// How many names that stand for expressions it is in: one that stands for itself has no end.
  var depth = 0

  init(_ scope: Scope, _ clause: String) {
    self.scope = scope
    self.clause = clause
  }
}
