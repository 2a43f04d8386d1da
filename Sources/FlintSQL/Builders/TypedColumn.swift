internal import FlintCore

/// A column of rows whose type Swift knows, so that it is only compared with values of its own type.
///
/// ```swift
/// import FlintSQL
///
/// struct Trip: Sendable {
///   var zone: Int32
///   var fare: Double?
/// }
///
/// func paid(_ trips: DataFrame) -> DataFrame {
///   trips.filter(col(\Trip.fare) > 0 && col(\Trip.zone) != 1).select(col(\Trip.zone), col(\Trip.fare) * 2)
/// }
/// ```
public struct TypedColumn<Value>: ColumnConvertible {
  /// The column without its type.
  public let column: Column

  fileprivate init(_ column: Column) {
    self.column = column
  }

  /// The column under a name.
  public func `as`(_ name: String) -> Column { column.as(name) }
}

/// The column of a stored property, also within another one. Of a computed one there is none, which is told when rows are
/// asked for.
public func col<Row, Value>(
  _ property: KeyPath<Row, Value>, file: String = #fileID, line: Int = #line
) -> TypedColumn<Value> {
  TypedColumn(named("\(property)", Row.self, SourceLocation(file: file, line: line)))
}

/// The column of a stored property that may be nil.
public func col<Row, Value>(
  _ property: KeyPath<Row, Value?>, file: String = #fileID, line: Int = #line
) -> TypedColumn<Value> {
  TypedColumn(named("\(property)", Row.self, SourceLocation(file: file, line: line)))
}

/// The names that a key path such as `\Trip.fare` has in its description.
private func named(_ description: String, _ row: Any.Type, _ place: SourceLocation) -> Column {
  let names = description.split(separator: ".").dropFirst().map(String.init)
  guard !names.isEmpty, !description.contains("<") else {
    let error = FlintError(
      .unsupportedType, "\(description) is no column of \(row)", why: "only stored properties are", at: place)
    return Column(.wrong(KnownError(error: error)), .program(place))
  }
  return Column(.name(names), .program(place))
}

extension TypedColumn where Value: ColumnLiteral {
  /// Whether it is this value; null where it is null.
  public static func == (left: TypedColumn, right: Value) -> Column { left.column == right }
  /// Whether it is another value; null where it is null.
  public static func != (left: TypedColumn, right: Value) -> Column { left.column != right }
  /// Whether both are the same; null where one is null.
  public static func == (left: TypedColumn, right: TypedColumn) -> Column { left.column == right.column }
  /// Whether they differ; null where one is null.
  public static func != (left: TypedColumn, right: TypedColumn) -> Column { left.column != right.column }
}

extension TypedColumn where Value: ColumnLiteral & Comparable {
  /// Whether it is less.
  public static func < (left: TypedColumn, right: Value) -> Column { left.column < right }
  /// Whether it is not greater.
  public static func <= (left: TypedColumn, right: Value) -> Column { left.column <= right }
  /// Whether it is greater.
  public static func > (left: TypedColumn, right: Value) -> Column { left.column > right }
  /// Whether it is not less.
  public static func >= (left: TypedColumn, right: Value) -> Column { left.column >= right }
}

extension TypedColumn where Value: ColumnLiteral & AdditiveArithmetic {
  /// The sum.
  public static func + (left: TypedColumn, right: Value) -> TypedColumn { TypedColumn(left.column + right) }
  /// The sum.
  public static func + (left: TypedColumn, right: TypedColumn) -> TypedColumn {
    TypedColumn(left.column + right.column)
  }
  /// The difference.
  public static func - (left: TypedColumn, right: Value) -> TypedColumn { TypedColumn(left.column - right) }
  /// The difference.
  public static func - (left: TypedColumn, right: TypedColumn) -> TypedColumn {
    TypedColumn(left.column - right.column)
  }
}

extension TypedColumn where Value: ColumnLiteral & Numeric {
  /// The product.
  public static func * (left: TypedColumn, right: Value) -> TypedColumn { TypedColumn(left.column * right) }
  /// The product.
  public static func * (left: TypedColumn, right: TypedColumn) -> TypedColumn {
    TypedColumn(left.column * right.column)
  }
}
