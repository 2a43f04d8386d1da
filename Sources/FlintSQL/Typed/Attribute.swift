internal import FlintColumns

/// A column that a plan gives: which one it is, what it is called, and what it holds.
struct Attribute: Hashable, Sendable {
  let id: ColumnID
  let name: String
  let type: DataType
  let isNullable: Bool

  /// The same column, which may hold null too.
  var nullable: Attribute { Attribute(id: id, name: name, type: type, isNullable: true) }

  /// The column as something that is computed.
  func reference(_ origin: Origin = .none) -> TypedExpression {
    TypedExpression(.column(id, name), type, isNullable: isNullable, origin)
  }

  var field: Field { Field(name, type, isNullable: isNullable) }
}

extension Attribute: CustomStringConvertible {
  var description: String { "\(name)\(id)" }
}
