/// A function by its name, with what it is given.
struct FunctionCall: Hashable, Sendable {
  /// In lower case.
  let name: String
  let arguments: [Expression]
  /// Whether an aggregate looks at each different value once.
  var isDistinct = false
  /// Whether an aggregate or a window function leaves nulls out.
  var ignoresNulls = false
  /// Which rows an aggregate looks at.
  var filter: Expression?
}
