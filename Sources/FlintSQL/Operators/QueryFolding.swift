internal import FlintColumns
internal import FlintCore

/// Puts the results of queries that stand in expressions in their places, before the plan around them runs.
struct QueryFolding {
  let memory: ColumnMemory
  /// Computes all rows of a plan.
  let rows: (LogicalPlan) async throws -> Batch

  /// The plan with the results of queries in its expressions in their places.
  func folded(_ plan: LogicalPlan) async throws -> LogicalPlan {
    var children: [LogicalPlan] = []
    for child in plan.children { children.append(try await folded(child)) }
    var expressions: [TypedExpression] = []
    for expression in plan.expressions { expressions.append(try await folded(expression)) }
    return plan.with(children).with(expressions: expressions)
  }

  private func folded(_ expression: TypedExpression) async throws -> TypedExpression {
    switch expression.node {
    case .query(let plan):
      let rows = try await rows(.limit(count: 2, offset: 0, plan))
      guard rows.length < 2 else {
        throw expression.origin.error(.invalidQuery, "a query in an expression gave more than one row")
      }
      guard rows.length == 1 else { return TypedExpression(.null, expression.type, expression.origin) }
      guard let value = Literal(try rows.columns[0].flat(memory), 0) else {
        throw expression.origin.error(.unsupportedType, "a query in an expression gives no \(expression.type)")
      }
      return TypedExpression(value, expression.type, expression.origin)
    case .isInQuery(let operand, let plan):
      let column = try await rows(plan).columns[0].flat(memory)
      var values: [Literal] = []
      for row in 0..<column.count where !column.isNull(row) {
        guard let value = Literal(column, row) else {
          throw expression.origin.error(.unsupportedType, "values of \(column.type) are not looked for")
        }
        values.append(value)
      }
      let typed = try await folded(operand)
      let isIn = TypedExpression(.isIn(typed, values), .boolean, isNullable: true, expression.origin)
      if column.count == 0 { return TypedExpression(.boolean(false), nil, expression.origin) }
      if column.nullCount == 0 { return isIn }
      return TypedExpression(
        .call(.or, [isIn, TypedExpression(.null, .boolean)]), .boolean, isNullable: true, expression.origin)
    default:
      var children: [TypedExpression] = []
      for child in expression.children { children.append(try await folded(child)) }
      return children.isEmpty ? expression : expression.with(children)
    }
  }
}
