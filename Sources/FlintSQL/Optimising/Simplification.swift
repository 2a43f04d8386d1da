internal import FlintColumns
internal import FlintCore

/// Computes what is known before, and leaves out conditions that say nothing.
struct Simplification {
  private let folding: Folding

  init(_ kernels: Kernels, zones: [String: ZoneRules]) {
    folding = Folding(kernels, zones: zones)
  }

  func simplified(_ plan: LogicalPlan) -> LogicalPlan {
    plan.rewritten { plan in
      let simple = plan.with(expressions: plan.expressions.map(simplified))
      guard case .filter(let condition, let child) = simple else { return simple }
      switch condition.literal {
      case .boolean(true): return child
      case .boolean(false), .null: return .values(child.output, [])
      default: return simple
      }
    }
  }

  func simplified(_ expression: TypedExpression) -> TypedExpression {
    var expression = expression
    let children = expression.children
    if !children.isEmpty { expression = expression.with(children.map(simplified)) }
    switch expression.node {
    case .literal, .column: return expression
    case .query(let plan):
      return TypedExpression(
        .query(simplified(plan)), expression.type, isNullable: expression.isNullable, expression.origin)
    case .call(.and, let operands), .call(.or, let operands): return logic(expression, operands)
    case .call(.compare(let kind), let operands): return comparison(expression, kind, operands)
    default: return folded(expression)
    }
  }

  /// The value where it is known; what fails is left to fail for a row that counts.
  private func folded(_ expression: TypedExpression) -> TypedExpression {
    guard expression.isConstant, let value = try? folding.value(of: expression) else {
      return expression
    }
    return TypedExpression(value, expression.type, expression.origin)
  }

  // MARK: AND and OR.

  private func logic(_ expression: TypedExpression, _ operands: [TypedExpression]) -> TypedExpression {
    let isAnd = if case .call(.and, _) = expression.node { true } else { false }
    for (one, other) in [(operands[0], operands[1]), (operands[1], operands[0])] {
      if one.literal == .boolean(isAnd) { return other }
      if one.literal == .boolean(!isAnd) { return one }
    }
    if operands[0] == operands[1] { return operands[0] }
    return isAnd ? folded(expression) : factored(folded(expression))
  }

  /// What all sides of an OR demand is demanded once: such a condition may be the key of a join.
  private func factored(_ expression: TypedExpression) -> TypedExpression {
    let sides = expression.disjuncts
    guard sides.count > 1, sides.count < 50 else { return expression }
    let lists = sides.map(\.conjuncts)
    let common = lists[0].filter { part in lists.dropFirst().allSatisfy { $0.contains(part) } }
    if common.isEmpty { return expression }
    var rests: [TypedExpression] = []
    for list in lists {
      let rest = list.filter { !common.contains($0) }
      // A side that demands nothing else makes the others idle.
      guard let condition = rest.reduce(nil, TypedExpression.both) else {
        return common.reduce(nil, TypedExpression.both) ?? expression
      }
      rests.append(condition)
    }
    let either = rests.dropFirst().reduce(rests[0]) { $0.or($1) }
    return (common + [either]).reduce(nil, TypedExpression.both) ?? expression
  }

  // MARK: Comparisons.

  /// A column that is cast to a wider whole number is compared as it is, if the other side has such a value: then files can
  /// be asked.
  private func comparison(
    _ expression: TypedExpression, _ kind: ComparisonOperator, _ operands: [TypedExpression]
  ) -> TypedExpression {
    if operands[0].literal != nil, operands[1].literal == nil {
      return comparison(
        TypedExpression(
          .call(.compare(kind.mirrored), [operands[1], operands[0]]), .boolean, isNullable: expression.isNullable,
          expression.origin), kind.mirrored, [operands[1], operands[0]])
    }
    guard case .cast(let inner, orNull: false) = operands[0].node, let whole = operands[1].literal?.whole,
      let narrow = Literal(whole, as: inner.type)
    else { return folded(expression) }
    return TypedExpression(
      .call(.compare(kind), [inner, TypedExpression(narrow, nil, operands[1].origin)]), .boolean,
      isNullable: expression.isNullable, expression.origin)
  }
}

extension Literal {
  /// A whole number of a type; nil when it has no room there.
  fileprivate init?(_ whole: Int64, as type: DataType) {
    switch type {
    case .int8: guard let value = Int8(exactly: whole) else { return nil }; self = .int8(value)
    case .int16: guard let value = Int16(exactly: whole) else { return nil }; self = .int16(value)
    case .int32: guard let value = Int32(exactly: whole) else { return nil }; self = .int32(value)
    case .int64: self = .int64(whole)
    default: return nil
    }
  }
}
