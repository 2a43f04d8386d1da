/// What stands between two operands.
enum BinaryOperator: String, Hashable, Sendable, CaseIterable {
  case or = "OR"
  case and = "AND"
  case equal = "="
  case notEqual = "<>"
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  /// The same or both null, never null itself.
  case same = "<=>"
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  /// The quotient without what stands behind the point.
  case wholeDivide = "DIV"
  case remainder = "%"

  /// The higher it is, the closer it binds its operands.
  var precedence: Int {
    switch self {
    case .or: 1
    case .and: 2
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .same: 4
    case .add, .subtract: 5
    case .multiply, .divide, .wholeDivide, .remainder: 6
    }
  }
}
