/// Which rows a window function looks at, and in which order.
struct WindowSpecification: Hashable, Sendable {
  /// A window of this name, which the query defines elsewhere.
  var base: String?
  var partition: [Expression] = []
  var order: [SortOrder] = []
  var frame: WindowExtent?
}

/// Which of the rows, counted from the current one.
struct WindowExtent: Hashable, Sendable {
  /// What its bounds count.
  enum Unit: Hashable, Sendable { case rows, range }

  /// One end.
  enum Bound: Hashable, Sendable {
    case unbounded
    case current
    case preceding(Expression)
    case following(Expression)
  }

  let unit: Unit
  let start: Bound
  let end: Bound
}
