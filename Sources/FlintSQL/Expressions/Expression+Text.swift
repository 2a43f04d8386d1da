internal import FlintColumns
internal import FlintCore

extension Expression: CustomStringConvertible {
  /// As SQL, in the form in which Spark names columns: `(a + 1)`, `sum(fare)`, `CAST(a AS INT)`.
  public var description: String {
    switch node {
    case .name(let parts): parts.joined(separator: ".")
    case .star(let qualifier): (qualifier + ["*"]).joined(separator: ".")
    case .literal(let literal): literal.description
    case .cast(let operand, let type, let orNull):
      "\(orNull ? "TRY_CAST" : "CAST")(\(operand) AS \(type.description.uppercased()))"
    case .unary(let kind, let operand): kind.text(operand.description)
    case .binary(let kind, let left, let right): "(\(left) \(kind.rawValue) \(right))"
    case .function(let call): call.description
    case .conditional(let branches, let otherwise):
      "CASE" + branches.map { " WHEN \($0.condition) THEN \($0.value)" }.joined()
        + (otherwise.map { " ELSE \($0)" } ?? "") + " END"
    case .isIn(let operand, let values): "(\(operand) IN (\(Self.list(values))))"
    case .like(let operand, let pattern, _): "\(operand) LIKE \(pattern)"
    case .part(let whole, let key):
      if case .literal(.string(let field)) = key.node { "\(whole).\(field)" } else { "\(whole)[\(key)]" }
    case .window(let call, let window): "\(call) OVER (\(window))"
    case .alias(let operand, let name): "\(operand) AS \(name)"
    case .query: "scalarsubquery()"
    case .isInQuery(let operand, _): "(\(operand) IN (listquery()))"
    case .exists: "exists()"
    case .user(let function, let operands): "\(function.name)(\(Self.list(operands)))"
    case .column(_, let name): name
    case .wrong(let known): "error \(known.error.code.rawValue)"
    }
  }

  /// What a column that is computed so is called: its alias, its own name, or the expression.
  var columnName: String {
    switch node {
    case .alias(_, let name): name
    case .name(let parts): parts[parts.count - 1]
    case .column(_, let name): name
    case .part(_, let key):
      if case .literal(.string(let field)) = key.node { field } else { description }
    default: description
    }
  }

  static func list(_ expressions: [Expression]) -> String {
    expressions.map(\.description).joined(separator: ", ")
  }
}

extension UnaryOperator {
  /// The operator around its operand.
  func text(_ operand: String) -> String {
    switch self {
    case .not: "(NOT \(operand))"
    case .negate: "(- \(operand))"
    case .isNull: "(\(operand) IS NULL)"
    case .isNotNull: "(\(operand) IS NOT NULL)"
    case .isBoolean(let value): "(\(operand) IS \(value ? "TRUE" : "FALSE"))"
    case .isNotBoolean(let value): "(\(operand) IS NOT \(value ? "TRUE" : "FALSE"))"
    case .isNaN: "isnan(\(operand))"
    }
  }
}

extension FunctionCall: CustomStringConvertible {
  var description: String {
    let isCountOfRows = name == "count" && arguments.first.map { $0.node == .star([]) } == true
    let inner = isCountOfRows ? "1" : Expression.list(arguments)
    let condition = filter.map { " FILTER (WHERE \($0))" } ?? ""
    return "\(name)(\(isDistinct ? "DISTINCT " : "")\(inner))" + (ignoresNulls ? " IGNORE NULLS" : "") + condition
  }
}

extension SortOrder: CustomStringConvertible {
  /// Such as `fare DESC NULLS LAST`.
  public var description: String {
    "\(expression) \(isDescending ? "DESC" : "ASC") NULLS \(nullsFirst ? "FIRST" : "LAST")"
  }
}

extension WindowSpecification: CustomStringConvertible {
  var description: String {
    var parts: [String] = base.map { [$0] } ?? []
    if !partition.isEmpty { parts.append("PARTITION BY " + Expression.list(partition)) }
    if !order.isEmpty { parts.append("ORDER BY " + order.map(\.description).joined(separator: ", ")) }
    if let frame { parts.append(frame.description) }
    return parts.joined(separator: " ")
  }
}

extension WindowExtent: CustomStringConvertible {
  var description: String {
    "\(unit == .rows ? "ROWS" : "RANGE") BETWEEN \(text(start, "PRECEDING")) AND \(text(end, "FOLLOWING"))"
  }

  private func text(_ bound: Bound, _ side: String) -> String {
    switch bound {
    case .unbounded: "UNBOUNDED \(side)"
    case .current: "CURRENT ROW"
    case .preceding(let distance): "\(distance) PRECEDING"
    case .following(let distance): "\(distance) FOLLOWING"
    }
  }
}
