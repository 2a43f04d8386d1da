internal import FlintCore

// Aggregates of SQL as functions of Swift. Each stands for the one of its name, which SQL writes with `_`; a text is the
// name of a column.

/// The sum of all values.
public func sum(_ name: String, file: String = #fileID, line: Int = #line) -> Column {
  sum(col(name, file: file, line: line), file: file, line: line)
}

/// The sum of all values.
public func sum(_ column: some ColumnConvertible, file: String = #fileID, line: Int = #line) -> Column {
  Column("sum", [column.column], .program(SourceLocation(file: file, line: line)))
}

/// The average of all values.
public func avg(_ name: String, file: String = #fileID, line: Int = #line) -> Column {
  avg(col(name, file: file, line: line), file: file, line: line)
}

/// The average of all values.
public func avg(_ column: some ColumnConvertible, file: String = #fileID, line: Int = #line) -> Column {
  Column("avg", [column.column], .program(SourceLocation(file: file, line: line)))
}

/// The average of all values.
public func mean(_ name: String, file: String = #fileID, line: Int = #line) -> Column {
  mean(col(name, file: file, line: line), file: file, line: line)
}

/// The average of all values.
public func mean(_ column: some ColumnConvertible, file: String = #fileID, line: Int = #line) -> Column {
  Column("avg", [column.column], .program(SourceLocation(file: file, line: line)))
}

/// The least value.
public func min(_ name: String, file: String = #fileID, line: Int = #line) -> Column {
  min(col(name, file: file, line: line), file: file, line: line)
}

/// The least value.
public func min(_ column: some ColumnConvertible, file: String = #fileID, line: Int = #line) -> Column {
  Column("min", [column.column], .program(SourceLocation(file: file, line: line)))
}

/// The greatest value.
public func max(_ name: String, file: String = #fileID, line: Int = #line) -> Column {
  max(col(name, file: file, line: line), file: file, line: line)
}

/// The greatest value.
public func max(_ column: some ColumnConvertible, file: String = #fileID, line: Int = #line) -> Column {
  Column("max", [column.column], .program(SourceLocation(file: file, line: line)))
}

/// The value of the first row.
public func first(_ name: String, file: String = #fileID, line: Int = #line) -> Column {
  first(col(name, file: file, line: line), file: file, line: line)
}

/// The value of the first row.
public func first(_ column: some ColumnConvertible, file: String = #fileID, line: Int = #line) -> Column {
  Column("first", [column.column], .program(SourceLocation(file: file, line: line)))
}

/// The value of the last row.
public func last(_ name: String, file: String = #fileID, line: Int = #line) -> Column {
  last(col(name, file: file, line: line), file: file, line: line)
}

/// The value of the last row.
public func last(_ column: some ColumnConvertible, file: String = #fileID, line: Int = #line) -> Column {
  Column("last", [column.column], .program(SourceLocation(file: file, line: line)))
}

/// All values, as a list.
public func collectList(_ name: String, file: String = #fileID, line: Int = #line) -> Column {
  collectList(col(name, file: file, line: line), file: file, line: line)
}

/// All values, as a list.
public func collectList(_ column: some ColumnConvertible, file: String = #fileID, line: Int = #line) -> Column {
  Column("collect_list", [column.column], .program(SourceLocation(file: file, line: line)))
}

/// All different values, as a list.
public func collectSet(_ name: String, file: String = #fileID, line: Int = #line) -> Column {
  collectSet(col(name, file: file, line: line), file: file, line: line)
}

/// All different values, as a list.
public func collectSet(_ column: some ColumnConvertible, file: String = #fileID, line: Int = #line) -> Column {
  Column("collect_set", [column.column], .program(SourceLocation(file: file, line: line)))
}

/// The standard deviation of a sample.
public func stddev(_ name: String, file: String = #fileID, line: Int = #line) -> Column {
  stddev(col(name, file: file, line: line), file: file, line: line)
}

/// The standard deviation of a sample.
public func stddev(_ column: some ColumnConvertible, file: String = #fileID, line: Int = #line) -> Column {
  Column("stddev", [column.column], .program(SourceLocation(file: file, line: line)))
}

/// The variance of a sample.
public func variance(_ name: String, file: String = #fileID, line: Int = #line) -> Column {
  variance(col(name, file: file, line: line), file: file, line: line)
}

/// The variance of a sample.
public func variance(_ column: some ColumnConvertible, file: String = #fileID, line: Int = #line) -> Column {
  Column("variance", [column.column], .program(SourceLocation(file: file, line: line)))
}

/// How many values there are; of `*`, how many rows.
public func count(_ name: String, file: String = #fileID, line: Int = #line) -> Column {
  count(col(name, file: file, line: line), file: file, line: line)
}

/// How many values there are; of `*`, how many rows.
public func count(_ column: some ColumnConvertible, file: String = #fileID, line: Int = #line) -> Column {
  Column("count", [column.column], .program(SourceLocation(file: file, line: line)))
}

/// How many different values there are.
public func countDistinct(_ names: String..., file: String = #fileID, line: Int = #line) -> Column {
  let columns = names.map { col($0, file: file, line: line) }
  return Column("count", columns, isDistinct: true, .program(SourceLocation(file: file, line: line)))
}
