internal import FlintColumns

/// What is computed of a row, or of many, as the user wrote it: names are not resolved and types not known. The origin is no
/// part of what two expressions are compared by.
public struct Expression: Sendable {
  /// The forms of an expression.
  indirect enum Node: Hashable, Sendable {
    /// A column by its name, which may have qualifiers before it and fields of structures behind it.
    case name([String])
    /// All columns, or all of one table.
    case star([String])
    case literal(Literal)
    case cast(Expression, DataType, orNull: Bool)
    case unary(UnaryOperator, Expression)
    case binary(BinaryOperator, Expression, Expression)
    case function(FunctionCall)
    /// The value of the first condition that is true, else the last one.
    case conditional([Branch], otherwise: Expression?)
    case isIn(Expression, [Expression])
    case like(Expression, Expression, escape: Unicode.Scalar?)
    /// A field of a structure by its name, an element of a list by its number from 0 on, or a value of a map by its key.
    case part(Expression, Expression)
    case window(FunctionCall, WindowSpecification)
    case alias(Expression, String)
    /// The only value of a query with one column.
    case query(Query)
    case isInQuery(Expression, Query)
    case exists(Query)
    /// A function of the program.
    case user(UserFunction, [Expression])
    /// A column that is known already; only while a query is analysed.
    case column(ColumnID, String)
    /// Nothing but an error.
    case wrong(KnownError)
  }

  /// A condition, and the value where it is true.
  struct Branch: Hashable, Sendable {
    let condition: Expression
    let value: Expression
  }

  let node: Node
  let origin: Origin

  init(_ node: Node, _ origin: Origin = .none) {
    self.node = node
    self.origin = origin
  }
}

extension Expression: Hashable {
  /// Whether both compute the same, wherever they were written.
  public static func == (left: Expression, right: Expression) -> Bool { left.node == right.node }

  /// Hashes what is computed.
  public func hash(into hasher: inout Hasher) { hasher.combine(node) }
}
