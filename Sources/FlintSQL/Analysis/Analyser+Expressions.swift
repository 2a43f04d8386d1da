internal import FlintColumns
internal import FlintCore

extension Analyser {
  /// The expression with all names resolved and all types known.
  mutating func resolve(
    _ expression: Expression, _ resolution: Resolution
  ) throws(FlintError) -> TypedExpression {
    let origin = expression.origin
    switch expression.node {
    case .name(let names): return try name(names, origin, resolution)
    case .star: throw origin.error(.invalidQuery, "a star stands for columns of a list only")
    case .literal(.list), .literal(.structure), .literal(.map):
      throw origin.error(
        .unsupportedType, "\(expression) is no value that queries write down", remedy: "use array or struct")
    case .literal(let literal): return TypedExpression(literal, nil, origin)
    case .cast(let operand, let type, let orNull):
      return try cast(try resolve(operand, resolution), type, orNull: orNull, origin)
    case .unary(let kind, let operand):
      let typed = try resolve(operand, resolution)
      return try context(kind.text("a value"), origin).unary(kind, typed)
    case .binary(let kind, let left, let right):
      let first = try resolve(left, resolution)
      let second = try resolve(right, resolution)
      return try context(kind.rawValue, origin).binary(kind, first, second)
    case .function(let call): return try function(call, origin, resolution)
    case .conditional(let branches, let otherwise): return try conditional(branches, otherwise, origin, resolution)
    case .isIn(let operand, let values):
      let typed = try resolve(operand, resolution)
      let list = try values.map { (value) throws(FlintError) in try resolve(value, resolution) }
      return try isIn(typed, list, origin)
    case .like(let operand, let pattern, let escape):
      let text = try resolve(operand, resolution)
      return try context("LIKE", origin).like(text, try resolve(pattern, resolution), escape: escape)
    case .part(let whole, let key):
      let structure = try resolve(whole, resolution)
      return try context("this", origin).part(structure, try resolve(key, resolution))
    case .window(let call, let specification): return try window(call, specification, origin, resolution)
    case .alias(let operand, _): return try resolve(operand, resolution)
    case .query(let query): return try scalarQuery(query, origin)
    case .isInQuery(let operand, let query): return try isInQuery(try resolve(operand, resolution), query, origin)
    case .exists(let query): return try exists(query, origin)
    case .user(let function, let operands):
      let typed = try operands.map { (operand) throws(FlintError) in try resolve(operand, resolution) }
      return try context(function.name, origin).call(function, typed)
    case .column(let id, _):
      guard let column = resolution.scope.columns.first(where: { $0.attribute.id == id }) else {
        preconditionFailure("\(expression) is no column here")
      }
      return column.attribute.reference(origin)
    case .wrong(let known): throw known.error
    }
  }

  // MARK: Names.

  private mutating func name(
    _ names: [String], _ origin: Origin, _ resolution: Resolution
  ) throws(FlintError) -> TypedExpression {
    let alias = names.count == 1 ? resolution.aliases[names[0].lowercased()] : nil
    if resolution.prefersAliases, let alias { return try resolved(alias, resolution) }
    guard let (attribute, used) = try resolution.scope.find(names, origin) else {
      if let alias { return try resolved(alias, resolution) }
      throw resolution.scope.unknown(names, origin)
    }
    var typed = attribute.reference(origin)
    for field in names[used...] {
      let key = TypedExpression(.string(field), nil, origin)
      typed = try context("this", origin).part(typed, key)
    }
    return typed
  }

  /// What a column of the result stands for; names in it are those of the source.
  private mutating func resolved(
    _ alias: Expression, _ resolution: Resolution
  ) throws(FlintError) -> TypedExpression {
    guard resolution.depth < 20 else {
      throw alias.origin.error(.invalidQuery, "this column is defined by itself")
    }
    var inner = resolution
    inner.prefersAliases = false
    inner.depth += 1
    return try resolve(alias, inner)
  }

  // MARK: Casts, conditions and lists.

  func cast(
    _ operand: TypedExpression, _ type: DataType, orNull: Bool, _ origin: Origin
  ) throws(FlintError) -> TypedExpression {
    if operand.isNullLiteral { return TypedExpression(.null, type, origin) }
    guard Self.canCast(operand.type, to: type) else {
      throw origin.error(.typeMismatch, "\(operand.type) is not cast to \(type)", why: "no such cast is defined")
    }
    if operand.type == type { return operand }
    let mayBeNull = operand.isNullable || orNull || kernels.rules == .legacy
    return TypedExpression(.cast(operand, orNull: orNull), type, isNullable: mayBeNull, origin)
  }

  private static func canCast(_ type: DataType, to wanted: DataType) -> Bool {
    if type == wanted { return true }
    switch (type, wanted) {
    case (.list(let first), .list(let second)): return canCast(first.type, to: second.type)
    case (.structure(let first), .structure(let second)):
      return first.count == second.count && zip(first, second).allSatisfy { canCast($0.type, to: $1.type) }
    case (.map(let key, let value), .map(let otherKey, let otherValue)):
      return canCast(key.type, to: otherKey.type) && canCast(value.type, to: otherValue.type)
    case (_, .string): return type != .interval
    case (.string, _): return !wanted.isNested && wanted != .interval
    case (.boolean, _): return wanted.isNumeric
    case (_, .boolean): return type.isNumeric
    case (.date, .timestamp), (.timestamp, .date): return true
    case (.timestamp, _): return wanted.isNumeric && wanted.decimal == nil
    case (_, .timestamp): return type.isNumeric && type.decimal == nil
    default: return type.isNumeric && wanted.isNumeric
    }
  }

  private mutating func conditional(
    _ branches: [Expression.Branch], _ otherwise: Expression?, _ origin: Origin, _ resolution: Resolution
  ) throws(FlintError) -> TypedExpression {
    let context = context("CASE", origin)
    var typed: [(condition: TypedExpression, value: TypedExpression)] = []
    for branch in branches {
      let condition = try context.boolean(try resolve(branch.condition, resolution))
      typed.append((condition, try resolve(branch.value, resolution)))
    }
    let last = try otherwise.map { (value) throws(FlintError) in try resolve(value, resolution) }
    return try context.conditional(typed, last ?? TypedExpression(.null, nil, origin))
  }

  private func isIn(
    _ operand: TypedExpression, _ values: [TypedExpression], _ origin: Origin
  ) throws(FlintError) -> TypedExpression {
    let context = context("IN", origin)
    var common = operand.isNullLiteral ? nil : operand.type
    for value in values where !value.isNullLiteral {
      guard let sofar = common else {
        common = value.type
        continue
      }
      guard let type = context.coercion.compared(sofar, value.type) else { throw context.mismatch(operand, value) }
      common = type
    }
    let type = common ?? .string
    let typed = context.coercion.cast(operand, to: type)
    var literals: [Literal] = []
    var others: [TypedExpression] = []
    var hasNull = false
    for value in values {
      let value = context.coercion.cast(value, to: type)
      if value.isConstant, let literal = try Folding(kernels, zones: catalog.zones).value(of: value) {
        if literal == .null { hasNull = true } else { literals.append(literal) }
      } else {
        others.append(value)
      }
    }
    var result: TypedExpression?
    if !literals.isEmpty || others.isEmpty {
      result = TypedExpression(.isIn(typed, literals), .boolean, isNullable: typed.isNullable, origin)
    }
    for value in others {
      let test = try context.compare(.equal, typed, value)
      result = result.map { context.call(.or, [$0, test], .boolean) } ?? test
    }
    guard let result else { preconditionFailure("IN has a value") }
    if !hasNull { return result }
    // What is not among the values may be the unknown one.
    return context.call(.or, [result, TypedExpression(.null, .boolean, origin)], .boolean)
  }

  // MARK: Functions.

  private mutating func function(
    _ call: FunctionCall, _ origin: Origin, _ resolution: Resolution
  ) throws(FlintError) -> TypedExpression {
    let context = context(call.name, origin)
    if AggregateFunctions.names.contains(call.name) {
      guard resolution.allowsAggregates else {
        throw origin.error(
          .invalidQuery, "\(call.name) is computed of many rows, and stands in \(resolution.clause)",
          remedy: resolution.clause == "WHERE" ? "write the condition in HAVING" : nil)
      }
      var inner = resolution
      inner.allowsAggregates = false
      inner.allowsWindows = false
      if let typed = try aggregate(call, context, inner) { return typed }
    }
    if call.isDistinct || call.filter != nil {
      throw origin.error(.invalidQuery, "DISTINCT and FILTER belong to aggregates, and \(call.name) is none")
    }
    if WindowFunctions.names.contains(call.name) {
      throw origin.error(.invalidQuery, "\(call.name) needs a window", remedy: "write OVER (...) behind it")
    }
    let operands = try call.arguments.map { (argument) throws(FlintError) in try resolve(argument, resolution) }
    if let typed = try ScalarFunctions.call(call.name, operands, context) { return typed }
    if let function = catalog.functions[call.name] { return try context.call(function, operands) }
    let names =
      Array(ScalarFunctions.all.keys) + Array(catalog.functions.keys) + AggregateFunctions.names + WindowFunctions.names
    throw origin.error(
      .unknownName, "there is no function \(call.name)",
      remedy: NearestName.find(for: call.name, in: names.sorted()).map { "did you mean \($0)?" })
  }

  /// An aggregate of expressions that stand in `resolution`.
  mutating func aggregate(
    _ call: FunctionCall, _ context: FunctionContext, _ resolution: Resolution
  ) throws(FlintError) -> TypedExpression? {
    var operands: [TypedExpression] = []
    for argument in call.arguments {
      if case .star = argument.node, call.name == "count" { continue }
      operands.append(try resolve(argument, resolution))
    }
    let filter = try call.filter.map { (filter) throws(FlintError) in try resolve(filter, resolution) }
    return try AggregateFunctions.call(call, operands, filter: filter, context)
  }
}
