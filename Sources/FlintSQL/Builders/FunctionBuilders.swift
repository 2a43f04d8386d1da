internal import FlintCore

// Functions of SQL as functions of Swift. Each stands for the one of its name, which SQL writes with `_`.

/// The number without its sign.
public func abs(_ column: some ColumnConvertible, file: String = #fileID, line: Int = #line) -> Column {
  Column("abs", [column.column], .program(SourceLocation(file: file, line: line)))
}

/// The square root.
public func sqrt(_ column: some ColumnConvertible, file: String = #fileID, line: Int = #line) -> Column {
  Column("sqrt", [column.column], .program(SourceLocation(file: file, line: line)))
}

/// e to the power of the number.
public func exp(_ column: some ColumnConvertible, file: String = #fileID, line: Int = #line) -> Column {
  Column("exp", [column.column], .program(SourceLocation(file: file, line: line)))
}

/// The whole number below.
public func floor(_ column: some ColumnConvertible, file: String = #fileID, line: Int = #line) -> Column {
  Column("floor", [column.column], .program(SourceLocation(file: file, line: line)))
}

/// The whole number above.
public func ceil(_ column: some ColumnConvertible, file: String = #fileID, line: Int = #line) -> Column {
  Column("ceil", [column.column], .program(SourceLocation(file: file, line: line)))
}

/// The text in upper case.
public func upper(_ column: some ColumnConvertible, file: String = #fileID, line: Int = #line) -> Column {
  Column("upper", [column.column], .program(SourceLocation(file: file, line: line)))
}

/// The text in lower case.
public func lower(_ column: some ColumnConvertible, file: String = #fileID, line: Int = #line) -> Column {
  Column("lower", [column.column], .program(SourceLocation(file: file, line: line)))
}

/// The text without blanks around it.
public func trim(_ column: some ColumnConvertible, file: String = #fileID, line: Int = #line) -> Column {
  Column("trim", [column.column], .program(SourceLocation(file: file, line: line)))
}

/// How many characters the text has.
public func length(_ column: some ColumnConvertible, file: String = #fileID, line: Int = #line) -> Column {
  Column("length", [column.column], .program(SourceLocation(file: file, line: line)))
}

/// The year of a time.
public func year(_ column: some ColumnConvertible, file: String = #fileID, line: Int = #line) -> Column {
  Column("year", [column.column], .program(SourceLocation(file: file, line: line)))
}

/// The month of a time.
public func month(_ column: some ColumnConvertible, file: String = #fileID, line: Int = #line) -> Column {
  Column("month", [column.column], .program(SourceLocation(file: file, line: line)))
}

/// The day of the month of a time.
public func dayofmonth(_ column: some ColumnConvertible, file: String = #fileID, line: Int = #line) -> Column {
  Column("dayofmonth", [column.column], .program(SourceLocation(file: file, line: line)))
}

/// The hour of a time.
public func hour(_ column: some ColumnConvertible, file: String = #fileID, line: Int = #line) -> Column {
  Column("hour", [column.column], .program(SourceLocation(file: file, line: line)))
}

/// The minute of a time.
public func minute(_ column: some ColumnConvertible, file: String = #fileID, line: Int = #line) -> Column {
  Column("minute", [column.column], .program(SourceLocation(file: file, line: line)))
}

/// The second of a time.
public func second(_ column: some ColumnConvertible, file: String = #fileID, line: Int = #line) -> Column {
  Column("second", [column.column], .program(SourceLocation(file: file, line: line)))
}

/// The day of the week of a time, Sunday as 1.
public func dayofweek(_ column: some ColumnConvertible, file: String = #fileID, line: Int = #line) -> Column {
  Column("dayofweek", [column.column], .program(SourceLocation(file: file, line: line)))
}

/// The date of a time or a text.
public func toDate(_ column: some ColumnConvertible, file: String = #fileID, line: Int = #line) -> Column {
  Column("to_date", [column.column], .program(SourceLocation(file: file, line: line)))
}

/// The moment of a text.
public func toTimestamp(_ column: some ColumnConvertible, file: String = #fileID, line: Int = #line) -> Column {
  Column("to_timestamp", [column.column], .program(SourceLocation(file: file, line: line)))
}

/// Seconds since 1970 of a time.
public func unixTimestamp(_ column: some ColumnConvertible, file: String = #fileID, line: Int = #line) -> Column {
  Column("unix_timestamp", [column.column], .program(SourceLocation(file: file, line: line)))
}

/// How many elements a list has.
public func size(_ column: some ColumnConvertible, file: String = #fileID, line: Int = #line) -> Column {
  Column("size", [column.column], .program(SourceLocation(file: file, line: line)))
}

/// A row for each element of a list, or each entry of a map.
public func explode(_ column: some ColumnConvertible, file: String = #fileID, line: Int = #line) -> Column {
  Column("explode", [column.column], .program(SourceLocation(file: file, line: line)))
}

/// Whether it is null.
public func isnull(_ column: some ColumnConvertible, file: String = #fileID, line: Int = #line) -> Column {
  Column("isnull", [column.column], .program(SourceLocation(file: file, line: line)))
}

/// The first value that is not null.
public func coalesce(_ columns: Column..., file: String = #fileID, line: Int = #line) -> Column {
  Column("coalesce", columns, .program(SourceLocation(file: file, line: line)))
}

/// The texts one behind another.
public func concat(_ columns: Column..., file: String = #fileID, line: Int = #line) -> Column {
  Column("concat", columns, .program(SourceLocation(file: file, line: line)))
}

/// The greatest of the values.
public func greatest(_ columns: Column..., file: String = #fileID, line: Int = #line) -> Column {
  Column("greatest", columns, .program(SourceLocation(file: file, line: line)))
}

/// The least of the values.
public func least(_ columns: Column..., file: String = #fileID, line: Int = #line) -> Column {
  Column("least", columns, .program(SourceLocation(file: file, line: line)))
}

/// A list of the values.
public func array(_ columns: Column..., file: String = #fileID, line: Int = #line) -> Column {
  Column("array", columns, .program(SourceLocation(file: file, line: line)))
}

/// A list of structures of the elements that stand at the same place.
public func arraysZip(_ columns: Column..., file: String = #fileID, line: Int = #line) -> Column {
  Column("arrays_zip", columns, .program(SourceLocation(file: file, line: line)))
}
