internal import FlintColumns
internal import FlintCore

extension Analyser {
  // MARK: Order and limit.

  mutating func sort(
    _ source: Query, _ orders: [SortOrder], _ origin: Origin
  ) throws(FlintError) -> (plan: LogicalPlan, scope: Scope) {
    if case .select(let select) = source.node { return try self.select(select, orders: orders, origin) }
    let (plan, scope) = try self.plan(source)
    let visible = scope.visible
    let typed = try orders.map { (order) throws(FlintError) -> TypedOrder in
      let expression: TypedExpression
      if case .literal(let literal) = order.expression.node, let number = literal.whole {
        guard number >= 1, number <= visible.count else {
          throw order.expression.origin.error(
            .invalidQuery, "ORDER BY names column \(number), and the result has \(visible.count)")
        }
        expression = visible[Int(number) - 1].reference(order.expression.origin)
      } else {
        expression = try resolve(order.expression, Resolution(scope, "ORDER BY"))
      }
      return TypedOrder(expression: expression, isDescending: order.isDescending, nullsFirst: order.nullsFirst)
    }
    return (.sort(typed, plan), scope)
  }

  mutating func limit(
    _ source: Query, _ count: Expression?, _ offset: Expression?
  ) throws(FlintError) -> (plan: LogicalPlan, scope: Scope) {
    let (plan, scope) = try self.plan(source)
    var numbers: [Int?] = []
    for expression in [count, offset] {
      guard let expression else {
        numbers.append(nil)
        continue
      }
      let context = context("LIMIT", expression.origin)
      let number = try context.constantWhole(try resolve(expression, Resolution(Scope(), "LIMIT")))
      guard number >= 0 else { throw expression.origin.error(.invalidQuery, "a number of rows is not negative") }
      numbers.append(number)
    }
    return (.limit(count: numbers[0], offset: numbers[1] ?? 0, plan), scope)
  }

  // MARK: Joins.

  mutating func join(
    _ query: JoinQuery, _ origin: Origin
  ) throws(FlintError) -> (plan: LogicalPlan, scope: Scope) {
    let (left, leftScope) = try plan(query.left)
    let (right, rightScope) = try plan(query.right)
    var join = Join(kind: query.kind.typed, left: left, right: right)
    for hint in JoinHint.allCases {
      if query.right.joinHint == hint { join.advice = hint.advice(.right) }
      if query.left.joinHint == hint { join.advice = hint.advice(.left) }
    }
    switch query.condition {
    case .none: return (.join(join), scope(of: join, leftScope, rightScope))
    case .on(let condition):
      let both = Scope(leftScope.columns + rightScope.columns)
      join.condition = try context("ON", condition.origin).boolean(
        try resolve(condition, Resolution(both, "ON")))
      return (.join(join), scope(of: join, leftScope, rightScope))
    case .using(let names): return try joined(&join, names, leftScope, rightScope, origin)
    case .natural:
      let others = Set(rightScope.visible.map { $0.name.lowercased() })
      let names = leftScope.visible.map(\.name).filter { others.contains($0.lowercased()) }
      return try joined(&join, names, leftScope, rightScope, origin)
    }
  }

  /// What the two sides of a join can name, with nulls where the other side may be missing.
  private func scope(of join: Join, _ left: Scope, _ right: Scope) -> Scope {
    var columns: [ColumnID: Attribute] = [:]
    for attribute in join.output { columns[attribute.id] = attribute }
    let all = left.columns + (join.givesRight ? right.columns : [])
    return Scope(
      all.map { column in
        var column = column
        let old = column.attribute
        let isNullable = columns[old.id]?.isNullable ?? old.isNullable
        column.attribute = Attribute(id: old.id, name: old.name, type: old.type, isNullable: isNullable)
        return column
      })
  }

  /// A join of columns with the same names, of which the result has one each.
  private mutating func joined(
    _ join: inout Join, _ names: [String], _ left: Scope, _ right: Scope, _ origin: Origin
  ) throws(FlintError) -> (plan: LogicalPlan, scope: Scope) {
    var pairs: [(name: String, left: TypedExpression, right: TypedExpression)] = []
    for name in names {
      guard let (first, _) = try left.find([name], origin) else { throw left.unknown([name], origin) }
      guard let (second, _) = try right.find([name], origin) else { throw right.unknown([name], origin) }
      let context = context("USING", origin)
      let test = try context.compare(.equal, first.reference(origin), second.reference(origin))
      join.condition = TypedExpression.both(join.condition, test)
      pairs.append((first.name, first.reference(origin), second.reference(origin)))
    }
    let scope = scope(of: join, left, right)
    guard join.givesRight else { return (.join(join), scope) }
    // The common columns first, then the others of either side.
    var items: [NamedExpression] = []
    var columns: [Scope.Column] = []
    let shared = Set(pairs.flatMap { $0.left.columns.union($0.right.columns) })
    for pair in pairs {
      let item = try common(pair.name, pair.left, pair.right, join.kind, origin)
      items.append(item)
      columns.append(Scope.Column(attribute: item.attribute, qualifier: []))
    }
    for column in scope.columns where !shared.contains(column.attribute.id) {
      items.append(NamedExpression(column.attribute))
      columns.append(column)
    }
    for column in scope.columns where shared.contains(column.attribute.id) {
      var column = column
      column.isHidden = true
      if !items.contains(where: { $0.id == column.attribute.id }) { items.append(NamedExpression(column.attribute)) }
      columns.append(column)
    }
    return (.project(items, .join(join)), Scope(columns))
  }

  /// The value of the side that is there.
  private mutating func common(
    _ name: String, _ left: TypedExpression, _ right: TypedExpression, _ kind: Join.Kind, _ origin: Origin
  ) throws(FlintError) -> NamedExpression {
    switch kind {
    case .right: return NamedExpression(column(), name, right)
    case .full:
      guard let both = try ScalarFunctions.call("coalesce", [left, right], context("USING", origin)) else {
        preconditionFailure("coalesce is a function")
      }
      return NamedExpression(column(), name, both)
    case .inner, .left, .semi, .anti, .antiUnlessNull: return NamedExpression(column(), name, left)
    }
  }

  // MARK: Sets.

  mutating func set(_ query: SetQuery, _ origin: Origin) throws(FlintError) -> (plan: LogicalPlan, scope: Scope) {
    var (left, leftScope) = try plan(query.left)
    var (right, rightScope) = try plan(query.right)
    if query.isByName {
      (left, leftScope, right, rightScope) = try matched(query, left, leftScope, right, rightScope, origin)
    }
    let first = leftScope.visible
    let second = rightScope.visible
    guard first.count == second.count else {
      throw origin.error(
        .invalidQuery, "the sides of \(query.kind.rawValue) have \(first.count) and \(second.count) columns")
    }
    let coercion = Coercion(rules: kernels.rules)
    var columns: [Attribute] = []
    for (one, other) in zip(first, second) {
      guard let type = coercion.common(one.type, other.type) else {
        throw origin.error(
          .typeMismatch,
          "\(one.name) is \(one.type) on the left and \(other.type) on the right of \(query.kind.rawValue)")
      }
      columns.append(attribute(Field(one.name, type, isNullable: one.isNullable || other.isNullable)))
    }
    let sides = [
      try side(left, first, columns, coercion), try side(right, second, columns, coercion),
    ]
    switch query.kind {
    case .union:
      let all = LogicalPlan.union(columns, sides)
      return (query.keepsDuplicates ? all : distinct(all), Scope(columns))
    case .except: return matching(sides, .anti, query.keepsDuplicates)
    case .intersect: return matching(sides, .semi, query.keepsDuplicates)
    }
  }

  /// The columns of a side with the types of the result, and names of its own.
  private mutating func side(
    _ plan: LogicalPlan, _ from: [Attribute], _ to: [Attribute], _ coercion: Coercion
  ) throws(FlintError) -> LogicalPlan {
    var items: [NamedExpression] = []
    for (column, wanted) in zip(from, to) {
      items.append(NamedExpression(self.column(), wanted.name, coercion.cast(column.reference(), to: wanted.type)))
    }
    return .project(items, plan)
  }

  /// Rows of the left side that have, or have not, an equal one on the right. With ALL, equal rows are numbered on both
  /// sides, so that each one on the right stands for one on the left.
  private mutating func matching(
    _ sides: [LogicalPlan], _ kind: Join.Kind, _ keepsDuplicates: Bool
  ) -> (plan: LogicalPlan, scope: Scope) {
    var left = sides[0]
    var right = sides[1]
    let columns = left.output
    if keepsDuplicates {
      left = numbered(left)
      right = numbered(right)
    }
    var condition: TypedExpression?
    for (one, other) in zip(left.output, right.output) {
      condition = TypedExpression.both(
        condition,
        TypedExpression(.call(.same, [one.reference(), other.reference()]), .boolean, isNullable: false))
    }
    let join = LogicalPlan.join(Join(kind: kind, left: left, right: right, condition: condition))
    if !keepsDuplicates { return (distinct(join), Scope(columns)) }
    return (.project(columns.map { NamedExpression($0) }, join), Scope(columns))
  }

  private mutating func numbered(_ plan: LogicalPlan) -> LogicalPlan {
    let call = WindowCall(
      function: .rowNumber, arguments: [], partition: plan.output.map { $0.reference() }, order: [], frame: .whole)
    let function = WindowStep.Function(id: column(), call: call, type: .int64)
    return .window(WindowStep(partition: call.partition, order: [], functions: [function]), plan)
  }

  /// Both sides with their columns in the order of the left one's names; those that a side lacks are null if they may be.
  private mutating func matched(
    _ query: SetQuery, _ left: LogicalPlan, _ leftScope: Scope, _ right: LogicalPlan, _ rightScope: Scope,
    _ origin: Origin
  ) throws(FlintError) -> (LogicalPlan, Scope, LogicalPlan, Scope) {
    var names = leftScope.visible.map(\.name)
    let known = Set(names.map { $0.lowercased() })
    names += rightScope.visible.map(\.name).filter { !known.contains($0.lowercased()) }
    var plans: [(LogicalPlan, Scope)] = []
    for (plan, scope, other) in [(left, leftScope, rightScope), (right, rightScope, leftScope)] {
      var items: [NamedExpression] = []
      for name in names {
        if let (attribute, _) = try scope.find([name], origin) {
          items.append(NamedExpression(attribute))
        } else if query.allowsMissing, let (attribute, _) = try other.find([name], origin) {
          items.append(NamedExpression(column(), attribute.name, TypedExpression(.null, attribute.type)))
        } else {
          throw scope.unknown([name], origin)
        }
      }
      plans.append((.project(items, plan), Scope(items.map(\.attribute))))
    }
    return (plans[0].0, plans[0].1, plans[1].0, plans[1].1)
  }
}

extension JoinQuery.Kind {
  fileprivate var typed: Join.Kind {
    switch self {
    case .inner, .cross: .inner
    case .left: .left
    case .right: .right
    case .full: .full
    case .semi: .semi
    case .anti: .anti
    }
  }
}
