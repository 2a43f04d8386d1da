internal import FlintColumns

/// What is computed of a row, with its type. All names are resolved, and operands have the types that their functions take.
struct TypedExpression: Sendable {
  /// The forms of an expression.
  indirect enum Node: Hashable, Sendable {
    case column(ColumnID, String)
    case literal(Literal)
    case call(ScalarFunction, [TypedExpression])
    case cast(TypedExpression, orNull: Bool)
    /// The value of the first condition that is true, else the last one.
    case conditional([Branch], otherwise: TypedExpression)
    /// One of these values, none of which is null.
    case isIn(TypedExpression, [Literal])
    /// Of many rows; only while a query is analysed.
    case aggregate(AggregateCall)
    /// Of the rows around; only while a query is analysed.
    case window(WindowCall)
    /// The only value of a plan with one column; null if it has no rows.
    case query(LogicalPlan)
    /// Whether the value is among those of a plan with one column.
    case isInQuery(TypedExpression, LogicalPlan)
  }

  /// A condition, and the value where it is true.
  struct Branch: Hashable, Sendable {
    let condition: TypedExpression
    let value: TypedExpression
  }

  let node: Node
  let type: DataType
  let isNullable: Bool
  let origin: Origin

  init(_ node: Node, _ type: DataType, isNullable: Bool, _ origin: Origin = .none) {
    self.node = node
    self.type = type
    self.isNullable = isNullable
    self.origin = origin
  }

  /// A value. Null without a type is a text until somebody wants another.
  init(_ literal: Literal, _ type: DataType? = nil, _ origin: Origin = .none) {
    self.init(.literal(literal), type ?? literal.type ?? .string, isNullable: literal == .null, origin)
  }
}

extension TypedExpression: Hashable {
  static func == (left: TypedExpression, right: TypedExpression) -> Bool {
    left.type == right.type && left.node == right.node
  }
  func hash(into hasher: inout Hasher) { hasher.combine(node) }
}

extension TypedExpression {
  /// The value that it is; nil when it must be computed.
  var literal: Literal? {
    if case .literal(let literal) = node { literal } else { nil }
  }

  /// Whether it is NULL as it is written, which has every type.
  var isNullLiteral: Bool { literal == .null }

  static let yes = TypedExpression(.boolean(true))
  static let no = TypedExpression(.boolean(false))

  /// Both, where nil demands nothing.
  static func both(_ left: TypedExpression?, _ right: TypedExpression?) -> TypedExpression? {
    guard let left else { return right }
    guard let right else { return left }
    return TypedExpression(
      .call(.and, [left, right]), .boolean, isNullable: left.isNullable || right.isNullable, left.origin)
  }

  /// The conditions that must all be true.
  var conjuncts: [TypedExpression] {
    if case .call(.and, let operands) = node { return operands.flatMap(\.conjuncts) }
    return [self]
  }

  /// The conditions of which one must be true.
  var disjuncts: [TypedExpression] {
    if case .call(.or, let operands) = node { return operands.flatMap(\.disjuncts) }
    return [self]
  }

  /// That this or another condition is true.
  func or(_ other: TypedExpression) -> TypedExpression {
    TypedExpression(.call(.or, [self, other]), .boolean, isNullable: isNullable || other.isNullable, origin)
  }
}
