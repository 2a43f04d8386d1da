internal import FlintColumns
internal import FlintCore

extension Analyser {
  /// A query that gives one value.
  mutating func scalarQuery(_ query: Query, _ origin: Origin) throws(FlintError) -> TypedExpression {
    let plan = try independent(query)
    guard plan.output.count == 1 else {
      throw origin.error(.invalidQuery, "a query in an expression gives one column, not \(plan.output.count)")
    }
    return TypedExpression(.query(plan), plan.output[0].type, isNullable: true, origin)
  }

  /// Whether a value is among those of a query.
  mutating func isInQuery(
    _ operand: TypedExpression, _ query: Query, _ origin: Origin
  ) throws(FlintError) -> TypedExpression {
    let plan = try independent(query)
    guard plan.output.count == 1 else {
      throw origin.error(.invalidQuery, "a query behind IN gives one column, not \(plan.output.count)")
    }
    let column = plan.output[0]
    let context = context("IN", origin)
    let (typed, other) = try context.comparable(operand, column.reference(origin))
    let cast = other.type == column.type ? plan : .project([NamedExpression(self.column(), column.name, other)], plan)
    return TypedExpression(.isInQuery(typed, cast), .boolean, isNullable: true, origin)
  }

  /// Whether a query gives a row.
  mutating func exists(_ query: Query, _ origin: Origin) throws(FlintError) -> TypedExpression {
    let plan = LogicalPlan.limit(count: 1, offset: 0, try independent(query))
    let count = Aggregation.Call(id: column(), call: AggregateCall(kind: .countRows, arguments: []))
    let counted = LogicalPlan.aggregate(Aggregation(keys: [], calls: [count]), plan)
    let number = TypedExpression(.query(counted), .int64, isNullable: true, origin)
    return TypedExpression(
      .call(.compare(.greater), [number, TypedExpression(.int64(0))]), .boolean, isNullable: false, origin)
  }

  /// The plan of a query that stands in an expression. Names of the query around are not seen in it.
  private mutating func independent(_ query: Query) throws(FlintError) -> LogicalPlan {
    try plan(query).plan
  }

  /// The rows for which a condition is true. Conditions that ask whether a value is in a query become joins.
  mutating func filtered(_ plan: LogicalPlan, _ condition: TypedExpression) -> LogicalPlan {
    var plan = plan
    var rest: TypedExpression?
    for part in condition.conjuncts {
      if case .isInQuery(let operand, let other) = part.node {
        plan = joined(plan, operand, other, .semi, part.origin)
      } else if case .call(.not, let operands) = part.node, case .isInQuery(let operand, let other) = operands[0].node {
        plan = joined(plan, operand, other, .antiUnlessNull, part.origin)
      } else {
        rest = TypedExpression.both(rest, part)
      }
    }
    return rest.map { .filter($0, plan) } ?? plan
  }

  private func joined(
    _ left: LogicalPlan, _ operand: TypedExpression, _ right: LogicalPlan, _ kind: Join.Kind, _ origin: Origin
  ) -> LogicalPlan {
    let condition = TypedExpression(
      .call(.compare(.equal), [operand, right.output[0].reference(origin)]), .boolean, isNullable: true, origin)
    return .join(Join(kind: kind, left: left, right: right, condition: condition))
  }
}
