/// What is asked of one operand.
enum UnaryOperator: Hashable, Sendable {
  case not
  case negate
  case isNull
  case isNotNull
  /// Whether it is this value, where null is neither.
  case isBoolean(Bool)
  case isNotBoolean(Bool)
  case isNaN
}
