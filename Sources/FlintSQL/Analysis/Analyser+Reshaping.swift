internal import FlintColumns
internal import FlintCore

/// Changes of columns by their names.
extension Analyser {
  mutating func reshaped(
    _ source: Query, _ change: Reshaping, _ origin: Origin
  ) throws(FlintError) -> (plan: LogicalPlan, scope: Scope) {
    let (plan, scope) = try self.plan(source)
    switch change {
    case .adding(let added):
      return try select(adding(added, to: scope, origin), over: (plan, scope), origin)
    case .renaming(let pairs):
      return renamed(plan, scope) { name in
        pairs.last { $0.old.lowercased() == name.lowercased() }?.new ?? name
      }
    case .naming(let names):
      guard names.count == scope.visible.count else {
        throw origin.error(.invalidQuery, "\(scope.visible.count) columns get \(names.count) names")
      }
      var rest = names[...]
      return renamed(plan, scope) { rest.popFirst() ?? $0 }
    case .dropping(let names):
      let dropped = Set(names.map { $0.lowercased() })
      let kept = scope.columns.filter { !$0.isHidden && !dropped.contains($0.attribute.name.lowercased()) }
      guard !kept.isEmpty else { throw origin.error(.invalidQuery, "no column is left") }
      return (.project(kept.map { NamedExpression($0.attribute) }, plan), Scope(kept))
    case .filling(let value, let names): return try filled(plan, scope, value, names, origin)
    case .keeping(let least, let names):
      return (filtered(plan, try presence(try columns(names, scope, origin), least, origin)), scope)
    case .unique(let names): return try unique(plan, scope, try columns(names, scope, origin))
    case .describing(let names): return try described(plan, scope, names, origin)
    }
  }

  /// The columns of these names; nil for all.
  private func columns(
    _ names: [String]?, _ scope: Scope, _ origin: Origin
  ) throws(FlintError) -> [Attribute] {
    guard let names else { return scope.visible }
    return try names.map { (name) throws(FlintError) in
      guard let (attribute, _) = try scope.find([name], origin) else { throw scope.unknown([name], origin) }
      return attribute
    }
  }

  private func adding(_ added: [Reshaping.NamedColumn], to scope: Scope, _ origin: Origin) -> SelectQuery {
    let columns = scope.visible
    var items = columns.map { Expression(.column($0.id, $0.name), origin) }
    for column in added {
      let item = Expression(.alias(column.expression, column.name), column.expression.origin)
      let places = columns.indices.filter { columns[$0].name.lowercased() == column.name.lowercased() }
      for place in places { items[place] = item }
      if places.isEmpty { items.append(item) }
    }
    return SelectQuery(items: items, source: Query(.oneRow))
  }

  private func renamed(
    _ plan: LogicalPlan, _ scope: Scope, _ name: (String) -> String
  ) -> (plan: LogicalPlan, scope: Scope) {
    var items: [NamedExpression] = []
    var columns: [Scope.Column] = []
    for column in scope.columns where !column.isHidden {
      let old = column.attribute
      let item = NamedExpression(old.id, name(old.name), old.reference())
      items.append(item)
      columns.append(Scope.Column(attribute: item.attribute, qualifier: column.qualifier))
    }
    return (.project(items, plan), Scope(columns))
  }

  // MARK: Missing values.

  private mutating func filled(
    _ plan: LogicalPlan, _ scope: Scope, _ value: Literal, _ names: [String]?, _ origin: Origin
  ) throws(FlintError) -> (plan: LogicalPlan, scope: Scope) {
    let wanted = Set(try columns(names, scope, origin).map(\.id))
    let context = context("fillna", origin)
    var items: [NamedExpression] = []
    for column in scope.visible {
      guard wanted.contains(column.id), value.fills(column.type) else {
        items.append(NamedExpression(column))
        continue
      }
      let filling = try cast(TypedExpression(value, nil, origin), column.type, orNull: false, origin)
      let filled = try context.filled(column.reference(origin), by: filling)
      items.append(NamedExpression(self.column(), column.name, filled))
    }
    return (.project(items, plan), Scope(items.map(\.attribute)))
  }

  /// Whether at least so many columns have a value that is a number; nil for all.
  private func presence(
    _ columns: [Attribute], _ least: Int?, _ origin: Origin
  ) throws(FlintError) -> TypedExpression {
    let context = context("dropna", origin)
    let tests = try columns.map { (column) throws(FlintError) in try context.isPresent(column.reference(origin)) }
    guard let least else { return tests.reduce(nil, TypedExpression.both) ?? .yes }
    var sum = TypedExpression(.int32(0))
    for test in tests {
      let one = try context.conditional([(test, TypedExpression(.int32(1)))], TypedExpression(.int32(0)))
      sum = try context.arithmetic(.add, sum, one)
    }
    return try context.compare(.greaterOrEqual, sum, TypedExpression(.int32(Int32(clamping: least))))
  }

  // MARK: Equal rows.

  private mutating func unique(
    _ plan: LogicalPlan, _ scope: Scope, _ keys: [Attribute]
  ) throws(FlintError) -> (plan: LogicalPlan, scope: Scope) {
    var aggregation = Aggregation(keys: [], calls: [])
    for key in keys where !aggregation.keys.contains(where: { $0.id == key.id }) {
      aggregation.keys.append(NamedExpression(key))
    }
    var items: [NamedExpression] = []
    for column in scope.visible {
      if keys.contains(where: { $0.id == column.id }) {
        items.append(NamedExpression(column))
        continue
      }
      let call = AggregateCall(kind: .firstRow, arguments: [column.reference()])
      let made = Aggregation.Call(id: self.column(), call: call)
      aggregation.calls.append(made)
      items.append(NamedExpression(made.id, column.name, made.attribute.reference()))
    }
    return (.project(items, .aggregate(aggregation, plan)), Scope(items.map(\.attribute)))
  }

  // MARK: Describing.

  /// One row of all measures, which becomes a row for each.
  private mutating func described(
    _ plan: LogicalPlan, _ scope: Scope, _ names: [String]?, _ origin: Origin
  ) throws(FlintError) -> (plan: LogicalPlan, scope: Scope) {
    let chosen = try columns(names, scope, origin).filter { $0.type.isNumeric || $0.type == .string }
    let measures = ["count", "mean", "stddev", "min", "max"]
    var items: [Expression] = []
    for (place, column) in chosen.enumerated() {
      for measure in measures {
        var operand = Expression(.column(column.id, column.name), origin)
        if column.type == .string, measure == "mean" || measure == "stddev" {
          operand = Expression(.cast(operand, .double, orNull: true), origin)
        }
        let call = Expression(.function(FunctionCall(name: measure, arguments: [operand])), origin)
        items.append(Expression(.alias(Expression(.cast(call, .string, orNull: false), origin), "\(measure)\(place)")))
      }
    }
    if chosen.isEmpty {
      items = [Expression(.alias(Expression(.function(FunctionCall(name: "count", arguments: [])), origin), "rows"))]
    }
    let measured = try select(SelectQuery(items: items, source: Query(.oneRow)), over: (plan, scope), origin)
    let rows = measures.map { measure in
      var parts = [Expression(.literal(.string("summary"))), Expression(.literal(.string(measure)))]
      for place in chosen.indices {
        parts.append(Expression(.literal(.string("c\(place)"))))
        parts.append(Expression(.name(["\(measure)\(place)"]), origin))
      }
      return Expression(.function(FunctionCall(name: "named_struct", arguments: parts)), origin)
    }
    let list = Expression(.function(FunctionCall(name: "array", arguments: rows)), origin)
    let each = Expression(
      .alias(Expression(.function(FunctionCall(name: "explode", arguments: [list])), origin), "row"), origin)
    let turned = try select(SelectQuery(items: [each], source: Query(.oneRow)), over: measured, origin)
    var result = [Expression(.name(["row", "summary"]), origin)]
    result[0] = Expression(.alias(result[0], "summary"), origin)
    for (place, column) in chosen.enumerated() {
      result.append(Expression(.alias(Expression(.name(["row", "c\(place)"]), origin), column.name), origin))
    }
    return try select(SelectQuery(items: result, source: Query(.oneRow)), over: turned, origin)
  }
}

extension Literal {
  /// Whether it stands for null in columns of a type.
  fileprivate func fills(_ type: DataType) -> Bool {
    switch self {
    case .string: type == .string
    case .boolean: type == .boolean
    default: type.isNumeric && self.type?.isNumeric == true
    }
  }
}

extension FunctionContext {
  /// The value, or another one where it is null or no number.
  fileprivate func filled(
    _ value: TypedExpression, by other: TypedExpression
  ) throws(FlintError) -> TypedExpression {
    var branches: [(condition: TypedExpression, value: TypedExpression)] = [(try unary(.isNull, value), other)]
    if value.type.isFloating { branches.append((try unary(.isNaN, value), other)) }
    return try conditional(branches, value)
  }

  fileprivate func isPresent(_ value: TypedExpression) throws(FlintError) -> TypedExpression {
    let isThere = try unary(.isNotNull, value)
    guard value.type.isFloating else { return isThere }
    return call(.and, [isThere, call(.not, [try unary(.isNaN, value)], .boolean)], .boolean)
  }
}

extension DataType {
  fileprivate var isFloating: Bool { self == .float || self == .double }
}
