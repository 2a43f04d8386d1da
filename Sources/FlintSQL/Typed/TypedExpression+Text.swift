internal import FlintColumns

extension TypedExpression: CustomStringConvertible {
  /// For explanations.
  var description: String {
    switch node {
    case .column(let id, let name): "\(name)\(id)"
    case .literal(let literal): if case .string(let text) = literal { "'\(text)'" } else { literal.description }
    case .call(let function, let operands): Self.text(function, operands.map(\.description))
    case .cast(let operand, let orNull): "\(orNull ? "try_cast" : "cast")(\(operand) as \(type))"
    case .conditional(let branches, let otherwise):
      "case" + branches.map { " when \($0.condition) then \($0.value)" }.joined() + " else \(otherwise) end"
    case .isIn(let operand, let values): "\(operand) in (\(values.map(\.description).joined(separator: ", ")))"
    case .aggregate(let call): call.description
    case .window(let call): call.description
    case .query: "query()"
    case .isInQuery(let operand, _): "\(operand) in (query())"
    }
  }

  private static func text(_ function: ScalarFunction, _ operands: [String]) -> String {
    let list = operands.joined(separator: ", ")
    switch function {
    case .arithmetic(let kind): return "(\(operands[0]) \(kind.rawValue) \(operands[1]))"
    case .compare(let kind): return "(\(operands[0]) \(kind.symbol) \(operands[1]))"
    case .same: return "(\(operands[0]) <=> \(operands[1]))"
    case .and: return "(\(operands.joined(separator: " and ")))"
    case .or: return "(\(operands.joined(separator: " or ")))"
    case .not: return "not \(list)"
    case .isNull: return "\(list) is null"
    case .isNotNull: return "\(list) is not null"
    case .like(let pattern, _): return "\(list) like '\(pattern)'"
    case .math(let kind): return "\(kind.rawValue)(\(list))"
    case .datePart(let part): return "\(part.rawValue)(\(list))"
    case .user(let function): return "\(function.name)(\(list))"
    case .truncate(let unit): return "date_trunc(\(unit.rawValue), \(list))"
    default: return "\(function)(\(list))"
    }
  }
}
