/// One thing that rows are sorted by.
struct TypedOrder: Hashable, Sendable {
  let expression: TypedExpression
  let isDescending: Bool
  let nullsFirst: Bool

  func with(_ expression: TypedExpression) -> TypedOrder {
    TypedOrder(expression: expression, isDescending: isDescending, nullsFirst: nullsFirst)
  }
}

extension TypedOrder: CustomStringConvertible {
  var description: String {
    "\(expression) \(isDescending ? "DESC" : "ASC") NULLS \(nullsFirst ? "FIRST" : "LAST")"
  }
}
