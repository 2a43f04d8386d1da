/// A type of Swift whose values stand in expressions.
public protocol ColumnLiteral: Sendable {
  /// The value as queries have it.
  var literal: Literal { get }
}

extension Int: ColumnLiteral {
  /// An `int` where it has room, else a `bigint`.
  public var literal: Literal { Int32(exactly: self).map { .int32($0) } ?? .int64(Int64(self)) }
}

extension Int32: ColumnLiteral {
  /// An `int`.
  public var literal: Literal { .int32(self) }
}

extension Int64: ColumnLiteral {
  /// A `bigint`.
  public var literal: Literal { .int64(self) }
}

extension Double: ColumnLiteral {
  /// A `double`.
  public var literal: Literal { .double(self) }
}

extension Float: ColumnLiteral {
  /// A `float`.
  public var literal: Literal { .float(self) }
}

extension Bool: ColumnLiteral {
  /// A truth value.
  public var literal: Literal { .boolean(self) }
}

extension String: ColumnLiteral {
  /// A text.
  public var literal: Literal { .string(self) }
}

extension Literal: ColumnLiteral {
  /// Itself.
  public var literal: Literal { self }
}
