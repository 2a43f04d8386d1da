/// One thing that rows are sorted by.
public struct SortOrder: Hashable, Sendable {
  let expression: Expression
  let isDescending: Bool
  let nullsFirst: Bool

  /// As in Spark, null is the least value unless said otherwise.
  init(_ expression: Expression, isDescending: Bool = false, nullsFirst: Bool? = nil) {
    self.expression = expression
    self.isDescending = isDescending
    self.nullsFirst = nullsFirst ?? !isDescending
  }
}
