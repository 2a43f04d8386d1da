/// How two values are compared.
public enum ComparisonOperator: Hashable, Sendable, CaseIterable {
  /// The same; NaN equals NaN, and -0.0 equals 0.0.
  case equal
  /// Not the same.
  case notEqual
  /// Before; NaN stands behind all other numbers, texts are ordered by their bytes, false stands before true.
  case less
  /// Before or the same.
  case lessOrEqual
  /// Behind.
  case greater
  /// Behind or the same.
  case greaterOrEqual

  /// The operator for operands in the other order.
  var swapped: ComparisonOperator {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }

  /// Whether it is the opposite of another one.
  var isNegated: Bool {
    switch self {
    case .equal, .less, .greater: false
    case .notEqual, .lessOrEqual, .greaterOrEqual: true
    }
  }
}
