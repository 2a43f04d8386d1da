internal import FlintColumns
internal import FlintCore

/// The functions of all rows of a group, by their names.
enum AggregateFunctions {
  /// The names that there are.
  static let names: Set<String> = Set(kinds.keys).union([
    "count", "count_if", "sum_distinct", "stddev", "stddev_samp", "stddev_pop", "std", "bool_and", "every", "bool_or",
    "any", "some",
  ])

  private static let kinds: [String: AggregateFunction.Kind] = [
    "sum": .sum, "avg": .average, "mean": .average, "min": .minimum, "max": .maximum, "first": .firstRow,
    "first_value": .firstRow, "any_value": .firstRow, "last": .lastRow, "last_value": .lastRow, "var_pop": .variance,
    "var_samp": .sampleVariance, "variance": .sampleVariance, "collect_list": .collectList, "array_agg": .collectList,
    "collect_set": .collectSet,
  ]

  /// The call of a function by its name; nil when there is none.
  static func call(
    _ call: FunctionCall, _ operands: [TypedExpression], filter: TypedExpression?, _ context: FunctionContext
  ) throws(FlintError) -> TypedExpression? {
    guard names.contains(call.name) else { return nil }
    let filter = try filter.map { (filter) throws(FlintError) in try context.boolean(filter) }
    switch call.name {
    case "count": return try count(call, operands, filter, context)
    case "count_if":
      let condition = try context.boolean(try single(operands, context))
      return made(.count, [chosen(TypedExpression(.int32(1)), .both(filter, condition))], false, context)
    case "stddev", "stddev_samp", "std", "stddev_pop":
      let kind: AggregateFunction.Kind = call.name == "stddev_pop" ? .variance : .sampleVariance
      let number = chosen(try context.double(try single(operands, context)), filter)
      let variance = try measured(kind, number, call.isDistinct, context)
      return context.call(.math(.squareRoot), [variance], .double, mayBeNull: true)
    case "bool_and", "every", "bool_or", "any", "some":
      let isAnd = call.name == "bool_and" || call.name == "every"
      let value = chosen(try context.boolean(try single(operands, context)), filter)
      return made(isAnd ? .minimum : .maximum, [value], false, context)
    default: break
    }
    guard var kind = kinds[call.name] else { return nil }
    if kind == .firstRow || kind == .lastRow { return try outermost(kind, call, operands, filter, context) }
    if kind == .collectList, call.isDistinct { kind = .collectSet }
    var operand = try single(operands, context)
    switch kind {
    case .sum, .average: if !operand.type.isNumeric { operand = try context.double(operand) }
    case .variance, .sampleVariance: operand = try context.double(operand)
    case .countRows, .count, .minimum, .maximum, .first, .last, .collectList, .collectSet, .countDistinct, .firstRow,
      .lastRow:
      break
    }
    let typed = chosen(operand, filter)
    guard AggregateFunction(kind, of: typed.type).isDefined else {
      throw context.mismatch(typed, "something else")
    }
    let isDistinct = call.isDistinct && ![.minimum, .maximum, .collectSet].contains(kind)
    if kind == .sampleVariance { return try measured(kind, typed, isDistinct, context) }
    return made(kind, [typed], isDistinct, context)
  }

  /// The value of the first row, or of the last; of those that have one, if nulls are left out.
  private static func outermost(
    _ kind: AggregateFunction.Kind, _ call: FunctionCall, _ operands: [TypedExpression], _ filter: TypedExpression?,
    _ context: FunctionContext
  ) throws(FlintError) -> TypedExpression {
    guard (1...2).contains(operands.count) else {
      throw context.origin.error(.invalidQuery, "\(call.name) takes one operand or two, not \(operands.count)")
    }
    var ignoresNulls = call.ignoresNulls
    if operands.count == 2 {
      ignoresNulls = try context.constant(try context.boolean(operands[1])) == .boolean(true)
    }
    guard ignoresNulls else {
      guard filter == nil else {
        throw context.origin.error(
          .invalidQuery, "\(call.name) looks at every row, null or not, and takes no FILTER",
          remedy: "write IGNORE NULLS")
      }
      return made(kind, [operands[0]], false, context)
    }
    let value = chosen(operands[0], filter)
    guard AggregateFunction(.first, of: value.type).isDefined else { throw context.mismatch(value, "a plain value") }
    return made(kind == .firstRow ? .first : .last, [value], false, context)
  }

  /// A variance: of a sample of one value it is null.
  private static func measured(
    _ kind: AggregateFunction.Kind, _ value: TypedExpression, _ isDistinct: Bool, _ context: FunctionContext
  ) throws(FlintError) -> TypedExpression {
    let variance = made(kind, [value], isDistinct, context)
    guard kind == .sampleVariance else { return variance }
    let count = made(.count, [value], isDistinct, context)
    let isKnown = try context.compare(.greater, count, TypedExpression(.int64(1)))
    return try context.conditional([(isKnown, variance)], TypedExpression(.null, .double))
  }

  private static func single(
    _ operands: [TypedExpression], _ context: FunctionContext
  ) throws(FlintError) -> TypedExpression {
    guard operands.count == 1 else {
      throw context.origin.error(.invalidQuery, "\(context.name) takes one operand, not \(operands.count)")
    }
    return operands[0]
  }

  private static func count(
    _ call: FunctionCall, _ operands: [TypedExpression], _ filter: TypedExpression?, _ context: FunctionContext
  ) throws(FlintError) -> TypedExpression {
    let isOfRows = call.arguments.allSatisfy { argument in
      if case .star = argument.node { true } else { false }
    }
    if isOfRows || (!call.isDistinct && operands.count == 1 && operands[0].literal.map { $0 != .null } == true) {
      if let filter { return made(.count, [chosen(TypedExpression(.int32(1)), filter)], false, context) }
      return made(.countRows, [], false, context)
    }
    if call.isDistinct { return made(.count, operands.map { chosen($0, filter) }, true, context) }
    // Rows in which none is null.
    var isThere = filter
    for operand in operands.dropFirst() { isThere = .both(isThere, try context.unary(.isNotNull, operand)) }
    return made(.count, [chosen(operands[0], isThere)], false, context)
  }

  /// The value where a condition is true, else null.
  private static func chosen(_ value: TypedExpression, _ condition: TypedExpression?) -> TypedExpression {
    guard let condition else { return value }
    return TypedExpression(
      .conditional(
        [TypedExpression.Branch(condition: condition, value: value)],
        otherwise: TypedExpression(.null, value.type)), value.type, isNullable: true, value.origin)
  }

  private static func made(
    _ kind: AggregateFunction.Kind, _ operands: [TypedExpression], _ isDistinct: Bool, _ context: FunctionContext
  ) -> TypedExpression {
    let call = AggregateCall(kind: kind, arguments: operands, isDistinct: isDistinct)
    let isCount = [.count, .countRows, .collectList, .collectSet].contains(kind)
    return TypedExpression(.aggregate(call), call.function.result, isNullable: !isCount, context.origin)
  }
}
