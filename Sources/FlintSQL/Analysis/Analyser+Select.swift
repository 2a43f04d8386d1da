internal import FlintColumns
internal import FlintCore

/// A column of a result while it is analysed.
private struct SelectItem {
  let name: String
  /// As it was written; nil for what a star stands for.
  let written: Expression?
  var typed: TypedExpression
}

extension Analyser {
  /// SELECT with the order that stands behind it, which may name columns that are not in the result.
  mutating func select(
    _ query: SelectQuery, orders: [SortOrder], _ origin: Origin
  ) throws(FlintError) -> (plan: LogicalPlan, scope: Scope) {
    try select(query, over: try plan(query.source), orders: orders, origin)
  }

  /// SELECT of a source that is analysed already.
  mutating func select(
    _ query: SelectQuery, over source: (plan: LogicalPlan, scope: Scope), orders: [SortOrder] = [], _ origin: Origin
  ) throws(FlintError) -> (plan: LogicalPlan, scope: Scope) {
    var query = query
    var (plan, scope) = source
    try addTimeWindows(&query, &plan, &scope)
    if let condition = query.condition {
      let typed = try context("WHERE", condition.origin).boolean(try resolve(condition, Resolution(scope, "WHERE")))
      plan = filtered(plan, typed)
    }
    try addGenerator(&query, &plan, &scope)
    applyHints(query.hints, &plan, scope)
    var resolution = Resolution(scope, "SELECT")
    resolution.allowsAggregates = true
    resolution.allowsWindows = true
    for window in query.windows { resolution.windows[window.name.lowercased()] = window.specification }
    var items = try self.items(query.items, resolution)
    for item in items {
      if case .alias(let inner, let name)? = item.written?.node { resolution.aliases[name.lowercased()] = inner }
    }
    var having = try query.having.map { (having) throws(FlintError) in
      try context("HAVING", having.origin).boolean(try resolve(having, resolution.within("HAVING")))
    }
    var order = try orders.map { (order) throws(FlintError) in
      try typed(order, items, resolution.within("ORDER BY"))
    }
    if query.groups != nil || having != nil
      || (items.map(\.typed) + order.map(\.expression)).contains(where: \.isOfGroup)
    {
      let keys = try groups(query.groups ?? [], items, resolution.within("GROUP BY"))
      let all = items.map(\.typed) + order.map(\.expression) + (having.map { [$0] } ?? [])
      let (aggregated, rewritten) = try self.aggregated(plan, keys, all)
      plan = aggregated
      for index in items.indices { items[index].typed = rewritten[index] }
      order = order.indices.map { order[$0].with(rewritten[items.count + $0]) }
      having = having == nil ? nil : rewritten[rewritten.count - 1]
      if let having { plan = filtered(plan, having) }
    }
    let (windowed, rewritten) = self.windowed(plan, items.map(\.typed) + order.map(\.expression))
    for index in items.indices { items[index].typed = rewritten[index] }
    order = order.indices.map { order[$0].with(rewritten[items.count + $0]) }
    return try result(windowed, items, order, isDistinct: query.isDistinct, scope)
  }

  /// The columns of the result, sorted: what is sorted by and not among them is computed and then left out.
  private mutating func result(
    _ plan: LogicalPlan, _ items: [SelectItem], _ orders: [TypedOrder], isDistinct: Bool, _ source: Scope
  ) throws(FlintError) -> (plan: LogicalPlan, scope: Scope) {
    var named: [NamedExpression] = []
    var scope = Scope()
    for item in items {
      var expression = NamedExpression(column(), item.name, item.typed)
      var qualifier: [String] = []
      if case .column(let id, let name) = item.typed.node {
        if name == item.name { expression = NamedExpression(id, item.name, item.typed) }
        qualifier = source.columns.first { $0.attribute.id == id }?.qualifier ?? []
      }
      named.append(expression)
      scope.columns.append(Scope.Column(attribute: expression.attribute, qualifier: qualifier))
    }
    var hidden: [NamedExpression] = []
    var sorted: [TypedOrder] = []
    for order in orders {
      if let same = (named + hidden).first(where: { $0.expression == order.expression }) {
        sorted.append(order.with(same.attribute.reference(order.expression.origin)))
        continue
      }
      guard !isDistinct else {
        throw order.expression.origin.error(
          .invalidQuery, "with DISTINCT rows are sorted by columns of the result only")
      }
      hidden.append(NamedExpression(column(), order.expression.description, order.expression))
      sorted.append(order.with(hidden[hidden.count - 1].attribute.reference(order.expression.origin)))
    }
    var plan = LogicalPlan.project(named + hidden, plan)
    if isDistinct { plan = distinct(plan) }
    if !sorted.isEmpty { plan = .sort(sorted, plan) }
    if !hidden.isEmpty { plan = .project(named.map { NamedExpression($0.attribute) }, plan) }
    return (plan, scope)
  }

  // MARK: Columns of the result.

  private mutating func items(
    _ expressions: [Expression], _ resolution: Resolution
  ) throws(FlintError) -> [SelectItem] {
    var items: [SelectItem] = []
    for expression in expressions {
      guard case .star(let qualifier) = expression.node else {
        items.append(
          SelectItem(name: expression.columnName, written: expression, typed: try resolve(expression, resolution)))
        continue
      }
      let columns = qualifier.isEmpty ? resolution.scope.visible : resolution.scope.columns(of: qualifier)
      guard let columns else { throw resolution.scope.unknown(qualifier + ["*"], expression.origin) }
      if columns.isEmpty { throw expression.origin.error(.invalidQuery, "there is nothing for the star to stand for") }
      items += columns.map { SelectItem(name: $0.name, written: nil, typed: $0.reference(expression.origin)) }
    }
    return items
  }

  /// A column of the result by its number, from 1 on.
  private func item(
    _ expression: Expression, _ items: [SelectItem], _ clause: String
  ) throws(FlintError) -> SelectItem? {
    guard case .literal(let literal) = expression.node, let number = literal.whole else { return nil }
    guard number >= 1, number <= items.count else {
      throw expression.origin.error(
        .invalidQuery, "\(clause) names column \(number), and the result has \(items.count)")
    }
    return items[Int(number) - 1]
  }

  // MARK: Order and groups.

  /// What rows are sorted by: a column by its number, a column of the result by its name, or anything of the source.
  private mutating func typed(
    _ order: SortOrder, _ items: [SelectItem], _ resolution: Resolution
  ) throws(FlintError) -> TypedOrder {
    let typed: TypedExpression
    if let item = try item(order.expression, items, "ORDER BY") {
      typed = item.typed
    } else if case .name(let names) = order.expression.node, names.count == 1,
      let item = items.first(where: { $0.name.lowercased() == names[0].lowercased() })
    {
      typed = item.typed
    } else {
      var resolution = resolution
      resolution.prefersAliases = true
      typed = try resolve(order.expression, resolution)
    }
    if case .map = typed.type {
      throw order.expression.origin.error(.typeMismatch, "maps have no order")
    }
    return TypedOrder(expression: typed, isDescending: order.isDescending, nullsFirst: order.nullsFirst)
  }

  private mutating func groups(
    _ groups: [Expression], _ items: [SelectItem], _ resolution: Resolution
  ) throws(FlintError) -> [TypedExpression] {
    if case .function(let call)? = groups.first?.node, call.name == "group_by_all" {
      return items.map(\.typed).filter { !$0.isOfGroup }
    }
    var resolution = resolution
    resolution.allowsAggregates = false
    resolution.allowsWindows = false
    var keys: [TypedExpression] = []
    for group in groups {
      let key: TypedExpression
      if let item = try item(group, items, "GROUP BY") {
        key = item.typed
      } else {
        key = try resolve(group, resolution)
      }
      guard !key.isOfGroup else {
        throw group.origin.error(.invalidQuery, "\(group) is computed of groups, and cannot make them")
      }
      if case .map = key.type { throw group.origin.error(.typeMismatch, "maps make no groups") }
      if !keys.contains(key) { keys.append(key) }
    }
    return keys
  }

  /// Groups below, and expressions in which keys and aggregates stand as columns.
  private mutating func aggregated(
    _ plan: LogicalPlan, _ keys: [TypedExpression], _ expressions: [TypedExpression]
  ) throws(FlintError) -> (plan: LogicalPlan, expressions: [TypedExpression]) {
    var aggregation = Aggregation(keys: [], calls: [])
    for key in keys {
      if case .column(let id, let name) = key.node {
        aggregation.keys.append(NamedExpression(id, name, key))
      } else {
        aggregation.keys.append(NamedExpression(column(), key.description, key))
      }
    }
    var analyser = self
    let rewritten = try expressions.map { (expression) throws(FlintError) in
      try expression.replacing { (part) throws(FlintError) in
        if let key = aggregation.keys.first(where: { $0.expression == part }) {
          return key.attribute.reference(part.origin)
        }
        if case .aggregate(let call) = part.node {
          if let known = aggregation.calls.first(where: { $0.call == call }) {
            return known.attribute.reference(part.origin)
          }
          let made = Aggregation.Call(id: analyser.column(), call: call)
          aggregation.calls.append(made)
          return made.attribute.reference(part.origin)
        }
        guard case .column(_, let name) = part.node else { return nil }
        throw part.origin.error(
          .invalidQuery, "\(name) is neither in GROUP BY nor in an aggregate",
          remedy: "group by it too, or write first(\(name)) if any value will do")
      }
    }
    self = analyser
    return (.aggregate(aggregation, plan), rewritten)
  }

  // MARK: Hints.

  /// What the user knows of the best way to join some tables.
  private func applyHints(_ hints: [SelectQuery.Hint], _ plan: inout LogicalPlan, _ scope: Scope) {
    for hint in JoinHint.allCases {
      for name in hints.filter({ hint.names.contains($0.name) }).flatMap(\.tables) {
        let parts = name.split(separator: ".").map(String.init)
        guard let columns = scope.columns(of: parts) else { continue }
        plan = plan.advised(hint, Set(columns.map(\.id)))
      }
    }
  }
}

extension Resolution {
  /// The same in another clause.
  fileprivate func within(_ clause: String) -> Resolution {
    var other = Resolution(scope, clause)
    other.aliases = aliases
    other.allowsAggregates = allowsAggregates
    other.allowsWindows = clause == "ORDER BY"
    other.windows = windows
    return other
  }
}

extension TypedExpression {
  /// Whether it is computed of groups of rows.
  fileprivate var isOfGroup: Bool {
    contains { part in
      if case .aggregate = part.node { true } else { false }
    }
  }
}

extension LogicalPlan {
  /// With advice for the joins of whose sides one gives these columns.
  fileprivate func advised(_ hint: JoinHint, _ columns: Set<ColumnID>) -> LogicalPlan {
    switch self {
    case .join(var join):
      if Set(join.right.output.map(\.id)).isSubset(of: columns) {
        join.advice = hint.advice(.right)
      } else if Set(join.left.output.map(\.id)).isSubset(of: columns) {
        join.advice = hint.advice(.left)
      } else {
        join.left = join.left.advised(hint, columns)
        join.right = join.right.advised(hint, columns)
      }
      return .join(join)
    case .filter, .project: return with(children.map { $0.advised(hint, columns) })
    default: return self
    }
  }
}
