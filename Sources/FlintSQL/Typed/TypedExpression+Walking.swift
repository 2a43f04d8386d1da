extension TypedExpression {
  /// What it is computed of.
  var children: [TypedExpression] {
    switch node {
    case .column, .literal, .query: []
    case .call(_, let operands): operands
    case .cast(let operand, _), .isIn(let operand, _), .isInQuery(let operand, _): [operand]
    case .conditional(let branches, let otherwise): branches.flatMap { [$0.condition, $0.value] } + [otherwise]
    case .aggregate(let call): call.arguments
    case .window(let call): call.arguments + call.partition + call.order.map(\.expression)
    }
  }

  /// The same with other children, as many as it has.
  func with(_ children: [TypedExpression]) -> TypedExpression {
    let node: Node
    switch self.node {
    case .column, .literal, .query: return self
    case .call(let function, _): node = .call(function, children)
    case .cast(_, let orNull): node = .cast(children[0], orNull: orNull)
    case .isIn(_, let values): node = .isIn(children[0], values)
    case .isInQuery(_, let plan): node = .isInQuery(children[0], plan)
    case .conditional(let branches, _):
      node = .conditional(
        branches.indices.map { Branch(condition: children[2 * $0], value: children[2 * $0 + 1]) },
        otherwise: children[children.count - 1])
    case .aggregate(var call):
      call.arguments = children
      node = .aggregate(call)
    case .window(var call):
      let first = call.arguments.count
      let second = first + call.partition.count
      call.arguments = Array(children[..<first])
      call.partition = Array(children[first..<second])
      call.order = zip(call.order, children[second...]).map { $0.with($1) }
      node = .window(call)
    }
    return TypedExpression(node, type, isNullable: isNullable, origin)
  }

  /// Replaces parts from the outside in: where `body` returns something, nothing below is looked at.
  func replacing<Failure: Error>(
    _ body: (TypedExpression) throws(Failure) -> TypedExpression?
  ) throws(Failure) -> TypedExpression {
    if let replacement = try body(self) { return replacement }
    let children = children
    if children.isEmpty { return self }
    return with(try children.map { (child) throws(Failure) in try child.replacing(body) })
  }

  /// Whether something holds of it, or of a part.
  func contains(_ body: (TypedExpression) -> Bool) -> Bool {
    body(self) || children.contains { $0.contains(body) }
  }

  /// The columns that it is computed of.
  var columns: Set<ColumnID> {
    var columns: Set<ColumnID> = []
    collect(&columns)
    return columns
  }

  func collect(_ columns: inout Set<ColumnID>) {
    if case .column(let id, _) = node { columns.insert(id) }
    for child in children { child.collect(&columns) }
  }

  /// Whether it gives the same for every row.
  var isConstant: Bool {
    switch node {
    case .column, .aggregate, .window, .query, .isInQuery: false
    case .literal: true
    case .call(let function, let operands): function.isDeterministic && operands.allSatisfy(\.isConstant)
    case .cast, .conditional, .isIn: children.allSatisfy(\.isConstant)
    }
  }

  /// Whether computing it may fail for a row: such parts are not computed for rows for which nobody asked.
  var mayFail: Bool {
    switch node {
    case .cast: true
    case .call(let function, _): function.mayFail || children.contains(where: \.mayFail)
    case .column, .literal, .conditional, .isIn, .aggregate, .window, .query, .isInQuery:
      children.contains(where: \.mayFail)
    }
  }
}
