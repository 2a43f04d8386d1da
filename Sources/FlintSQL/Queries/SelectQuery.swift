/// SELECT without what comes behind it: ORDER BY and LIMIT are queries around it.
struct SelectQuery: Hashable, Sendable {
  var items: [Expression]
  var source: Query
  var condition: Expression?
  /// Nil where there is no GROUP BY; aggregates among the items make one group of all rows then.
  var groups: [Expression]?
  var having: Expression?
  var isDistinct = false
  var windows: [NamedWindow] = []
  var hints: [Hint] = []

  /// A window with a name.
  struct NamedWindow: Hashable, Sendable {
    let name: String
    let specification: WindowSpecification
  }

  /// Advice to the planner.
  struct Hint: Hashable, Sendable {
    /// In lower case.
    let name: String
    let tables: [String]
  }
}
