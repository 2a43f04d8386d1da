extension Column {
  private static func made(_ kind: BinaryOperator, _ left: Column, _ right: Column) -> Column {
    Column(.binary(kind, left.expression, right.expression), left.origin)
  }

  private static func made(_ kind: BinaryOperator, _ left: Column, _ right: some ColumnLiteral) -> Column {
    made(kind, left, Column(.literal(right.literal), left.origin))
  }

  // MARK: Comparisons.

  /// Whether both are the same; null where one is null.
  public static func == (left: Column, right: Column) -> Column { made(.equal, left, right) }
  /// Whether both are the same; null where one is null.
  public static func == (left: Column, right: some ColumnLiteral) -> Column { made(.equal, left, right) }

  /// Whether they differ; null where one is null.
  public static func != (left: Column, right: Column) -> Column { made(.notEqual, left, right) }
  /// Whether they differ; null where one is null.
  public static func != (left: Column, right: some ColumnLiteral) -> Column { made(.notEqual, left, right) }

  /// Whether the first is less.
  public static func < (left: Column, right: Column) -> Column { made(.less, left, right) }
  /// Whether the first is less.
  public static func < (left: Column, right: some ColumnLiteral) -> Column { made(.less, left, right) }

  /// Whether the first is not greater.
  public static func <= (left: Column, right: Column) -> Column { made(.lessOrEqual, left, right) }
  /// Whether the first is not greater.
  public static func <= (left: Column, right: some ColumnLiteral) -> Column { made(.lessOrEqual, left, right) }

  /// Whether the first is greater.
  public static func > (left: Column, right: Column) -> Column { made(.greater, left, right) }
  /// Whether the first is greater.
  public static func > (left: Column, right: some ColumnLiteral) -> Column { made(.greater, left, right) }

  /// Whether the first is not less.
  public static func >= (left: Column, right: Column) -> Column { made(.greaterOrEqual, left, right) }
  /// Whether the first is not less.
  public static func >= (left: Column, right: some ColumnLiteral) -> Column { made(.greaterOrEqual, left, right) }

  // MARK: Numbers.

  /// The sum.
  public static func + (left: Column, right: Column) -> Column { made(.add, left, right) }
  /// The sum.
  public static func + (left: Column, right: some ColumnLiteral) -> Column { made(.add, left, right) }

  /// The difference.
  public static func - (left: Column, right: Column) -> Column { made(.subtract, left, right) }
  /// The difference.
  public static func - (left: Column, right: some ColumnLiteral) -> Column { made(.subtract, left, right) }

  /// The product.
  public static func * (left: Column, right: Column) -> Column { made(.multiply, left, right) }
  /// The product.
  public static func * (left: Column, right: some ColumnLiteral) -> Column { made(.multiply, left, right) }

  /// The quotient.
  public static func / (left: Column, right: Column) -> Column { made(.divide, left, right) }
  /// The quotient.
  public static func / (left: Column, right: some ColumnLiteral) -> Column { made(.divide, left, right) }

  /// What division leaves.
  public static func % (left: Column, right: Column) -> Column { made(.remainder, left, right) }
  /// What division leaves.
  public static func % (left: Column, right: some ColumnLiteral) -> Column { made(.remainder, left, right) }

  /// The number with the other sign.
  public static prefix func - (operand: Column) -> Column {
    Column(.unary(.negate, operand.expression), operand.origin)
  }

  // MARK: Truth values.

  /// Whether both are true; null where that is not known.
  public static func && (left: Column, right: Column) -> Column { made(.and, left, right) }
  /// Whether one is true; null where that is not known.
  public static func || (left: Column, right: Column) -> Column { made(.or, left, right) }
  /// Whether it is false; null where that is not known.
  public static prefix func ! (operand: Column) -> Column { Column(.unary(.not, operand.expression), operand.origin) }
}
