internal import FlintCore

// Functions of SQL as functions of Swift. Each stands for the one of its name, which SQL writes with `_`.

/// The number rounded to so many digits behind the point, halves away from zero.
public func round(_ column: some ColumnConvertible, _ digits: Int = 0, file: String = #fileID, line: Int = #line)
  -> Column
{
  Column("round", [column.column, lit(digits)], .program(SourceLocation(file: file, line: line)))
}

/// The beginning of the year, month, hour, ... in which a time lies.
public func dateTrunc(_ unit: String, _ column: some ColumnConvertible, file: String = #fileID, line: Int = #line)
  -> Column
{
  Column("date_trunc", [lit(unit), column.column], .program(SourceLocation(file: file, line: line)))
}

/// The time as a text, by a pattern such as `yyyy-MM-dd HH:00`.
public func dateFormat(_ column: some ColumnConvertible, _ pattern: String, file: String = #fileID, line: Int = #line)
  -> Column
{
  Column("date_format", [column.column, lit(pattern)], .program(SourceLocation(file: file, line: line)))
}

/// Days from the second date to the first.
public func datediff(_ last: Column, _ first: Column, file: String = #fileID, line: Int = #line) -> Column {
  Column("datediff", [last, first], .program(SourceLocation(file: file, line: line)))
}

/// The date so many days later.
public func dateAdd(_ column: some ColumnConvertible, _ days: Int, file: String = #fileID, line: Int = #line) -> Column
{
  Column("date_add", [column.column, lit(days)], .program(SourceLocation(file: file, line: line)))
}

/// A part of a text, from a character counted from 1 on.
public func substring(
  _ column: some ColumnConvertible, _ start: Int, _ count: Int, file: String = #fileID, line: Int = #line
) -> Column {
  Column("substring", [column.column, lit(start), lit(count)], .program(SourceLocation(file: file, line: line)))
}

/// What a group of a regular expression matches in a text, an empty text where nothing does.
public func regexpExtract(
  _ column: some ColumnConvertible, _ pattern: String, _ group: Int = 1, file: String = #fileID, line: Int = #line
) -> Column {
  Column("regexp_extract", [column.column, lit(pattern), lit(group)], .program(SourceLocation(file: file, line: line)))
}

/// The span of time in which a moment lies, such as `5 minutes`; with a slide, each of those in which it lies.
public func window(
  _ column: some ColumnConvertible, _ length: String, slide: String? = nil, file: String = #fileID, line: Int = #line
) -> Column {
  let spans = [length, slide].compactMap { $0 }.map { lit($0) }
  return Column("window", [column.column] + spans, .program(SourceLocation(file: file, line: line)))
}

// MARK: Functions over windows.

/// The number of the row in its window, from 1 on.
public func rowNumber(file: String = #fileID, line: Int = #line) -> Column {
  Column("row_number", [], .program(SourceLocation(file: file, line: line)))
}

/// The rank of the row in its window, with gaps behind equal ones.
public func rank(file: String = #fileID, line: Int = #line) -> Column {
  Column("rank", [], .program(SourceLocation(file: file, line: line)))
}

/// The value of the row that stands so many before this one.
public func lag(_ column: some ColumnConvertible, _ distance: Int = 1, file: String = #fileID, line: Int = #line)
  -> Column
{
  Column("lag", [column.column, lit(distance)], .program(SourceLocation(file: file, line: line)))
}

/// The value of the row that stands so many behind this one.
public func lead(_ column: some ColumnConvertible, _ distance: Int = 1, file: String = #fileID, line: Int = #line)
  -> Column
{
  Column("lead", [column.column, lit(distance)], .program(SourceLocation(file: file, line: line)))
}
