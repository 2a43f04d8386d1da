internal import FlintColumns
internal import FlintCore

extension Column {
  /// The column under a name.
  public func `as`(_ name: String) -> Column { Column(.alias(expression, name), origin) }

  /// The value as a type, such as `int` or `decimal(12,2)`.
  public func cast(_ type: String, file: String = #fileID, line: Int = #line) -> Column {
    let place = SourceLocation(file: file, line: line)
    do throws(FlintError) {
      return Column(.cast(expression, try DataType(parsing: type), orNull: false), .program(place))
    } catch {
      return Column(.wrong(KnownError(error: error.located(place))), .program(place))
    }
  }

  // MARK: Tests.

  /// Whether it is null.
  public func isNull() -> Column { Column(.unary(.isNull, expression), origin) }
  /// Whether it is not null.
  public func isNotNull() -> Column { Column(.unary(.isNotNull, expression), origin) }
  /// Whether it is no number.
  public func isNaN() -> Column { Column(.unary(.isNaN, expression), origin) }
  /// Whether both are the same or both null.
  public func eqNullSafe(_ other: Column) -> Column { Column(.binary(.same, expression, other.expression), origin) }
  /// Whether it is one of these values.
  public func isIn<Value: ColumnLiteral>(_ values: [Value]) -> Column {
    Column(.isIn(expression, values.map { Expression(.literal($0.literal), origin) }), origin)
  }
  /// Whether it lies between two values, which count.
  public func between(_ lower: some ColumnLiteral, _ upper: some ColumnLiteral) -> Column {
    self >= lower && self <= upper
  }
  /// Whether the text is as a pattern of SQL says, with `%` and `_`.
  public func like(_ pattern: String) -> Column {
    Column(.like(expression, Expression(.literal(.string(pattern)), origin), escape: nil), origin)
  }
  /// Whether a part of the text is as a regular expression says.
  public func rlike(_ pattern: String) -> Column { called("rlike", pattern) }
  /// Whether the text begins with another one.
  public func startsWith(_ text: String) -> Column { called("startswith", text) }
  /// Whether the text ends with another one.
  public func endsWith(_ text: String) -> Column { called("endswith", text) }
  /// Whether the text contains another one.
  public func contains(_ text: String) -> Column { called("contains", text) }

  private func called(_ function: String, _ text: String) -> Column {
    Column(function, [self, Column(.literal(.string(text)), origin)], origin)
  }

  // MARK: Parts.

  /// A part of the text, from a character counted from 1 on.
  public func substr(_ start: Int, _ count: Int) -> Column {
    Column(
      "substring", [self, Column(.literal(start.literal), origin), Column(.literal(count.literal), origin)], origin)
  }
  /// A field of a structure.
  public func getField(_ name: String) -> Column {
    Column(.part(expression, Expression(.literal(.string(name)), origin)), origin)
  }
  /// An element of a list by its number, from 0 on.
  public func getItem(_ number: Int) -> Column {
    Column(.part(expression, Expression(.literal(number.literal), origin)), origin)
  }

  // MARK: Order and windows.

  /// Rows with the least value first, null before all.
  public func asc() -> SortOrder { SortOrder(expression) }
  /// Rows with the greatest value first, null behind all.
  public func desc() -> SortOrder { SortOrder(expression, isDescending: true) }
  /// Rows with the least value first, null behind all.
  public func ascNullsLast() -> SortOrder { SortOrder(expression, nullsFirst: false) }
  /// Rows with the greatest value first, null before all.
  public func descNullsFirst() -> SortOrder { SortOrder(expression, isDescending: true, nullsFirst: true) }

  /// The function over the rows of a window.
  public func over(_ window: Window) -> Column {
    guard case .function(let call) = expression.node else {
      let error = origin.error(.invalidQuery, "\(expression) is no function, and is not computed over a window")
      return Column(.wrong(KnownError(error: error)), origin)
    }
    return Column(.window(call, window.specification), origin)
  }

  // MARK: Cases.

  /// Behind ``when(_:_:file:line:)``: the value where the conditions before are not true and this one is.
  public func when(_ condition: Column, _ value: some ColumnConvertible) -> Column {
    guard case .conditional(let branches, nil) = expression.node else { return notCase() }
    let branch = Expression.Branch(condition: condition.expression, value: value.column.expression)
    return Column(.conditional(branches + [branch], otherwise: nil), origin)
  }

  /// Behind ``when(_:_:file:line:)``: the value where no condition is true.
  public func otherwise(_ value: some ColumnConvertible) -> Column {
    guard case .conditional(let branches, nil) = expression.node else { return notCase() }
    return Column(.conditional(branches, otherwise: value.column.expression), origin)
  }

  private func notCase() -> Column {
    let error = origin.error(.invalidQuery, "\(expression) does not wait for another case", remedy: "begin with when")
    return Column(.wrong(KnownError(error: error)), origin)
  }
}

/// The value where a condition is true, else null; other cases may follow.
public func when(
  _ condition: Column, _ value: some ColumnConvertible, file: String = #fileID, line: Int = #line
) -> Column {
  let branch = Expression.Branch(condition: condition.expression, value: value.column.expression)
  return Column(.conditional([branch], otherwise: nil), .program(SourceLocation(file: file, line: line)))
}
