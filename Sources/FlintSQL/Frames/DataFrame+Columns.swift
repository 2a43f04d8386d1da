internal import FlintCore

extension DataFrame {
  /// The frame with a column more, or with another value in the column of that name, as an expression in SQL.
  public func withColumn(
    _ name: String, _ value: String, file: String = #fileID, line: Int = #line
  ) -> DataFrame {
    let place = SourceLocation(file: file, line: line)
    return adding([(name, expression(value, at: place))], place)
  }

  /// The frame with a column more, or with another value in the column of that name.
  public func withColumn(
    _ name: String, _ value: some ColumnConvertible, file: String = #fileID, line: Int = #line
  ) -> DataFrame {
    adding([(name, value.column.expression)], SourceLocation(file: file, line: line))
  }

  /// As ``withColumn(_:_:file:line:)`` for several at once, which do not see each other.
  public func withColumns(
    _ columns: KeyValuePairs<String, String>, file: String = #fileID, line: Int = #line
  ) -> DataFrame {
    let place = SourceLocation(file: file, line: line)
    return adding(columns.map { ($0.key, expression($0.value, at: place)) }, place)
  }

  /// As ``withColumn(_:_:file:line:)`` for several at once, which do not see each other.
  public func withColumns(
    _ columns: KeyValuePairs<String, Column>, file: String = #fileID, line: Int = #line
  ) -> DataFrame {
    adding(columns.map { ($0.key, $0.value.expression) }, SourceLocation(file: file, line: line))
  }

  /// The frame with another name for a column; without such a column it stays as it is.
  public func withColumnRenamed(
    _ old: String, _ new: String, file: String = #fileID, line: Int = #line
  ) -> DataFrame {
    reshaped(.renaming([Reshaping.Renaming(old: old, new: new)]), file, line)
  }

  /// The frame with other names for some columns.
  public func withColumnsRenamed(
    _ names: KeyValuePairs<String, String>, file: String = #fileID, line: Int = #line
  ) -> DataFrame {
    reshaped(.renaming(names.map { Reshaping.Renaming(old: $0.key, new: $0.value) }), file, line)
  }

  /// The frame with other names for all columns.
  public func toDF(_ names: String..., file: String = #fileID, line: Int = #line) -> DataFrame {
    reshaped(.naming(names), file, line)
  }

  /// The frame without some columns; names that it has not are passed over.
  public func drop(_ names: String..., file: String = #fileID, line: Int = #line) -> DataFrame {
    reshaped(.dropping(names), file, line)
  }

  /// The frame with a column as another type, such as `int` or `decimal(12,2)`.
  public func cast(_ name: String, to type: String, file: String = #fileID, line: Int = #line) -> DataFrame {
    let place = SourceLocation(file: file, line: line)
    return adding([(name, col(name, file: file, line: line).cast(type, file: file, line: line).expression)], place)
  }

  // MARK: Rows that lack something, or are there twice.

  /// A value in the place of null, in the columns of its kind; also in the place of what is no number.
  ///
  /// - Parameter columns: those that are filled; nil for all.
  public func fillna(
    _ value: some ColumnLiteral, _ columns: [String]? = nil, file: String = #fileID, line: Int = #line
  ) -> DataFrame {
    reshaped(.filling(value.literal, columns), file, line)
  }

  /// The rows without null and without what is no number.
  ///
  /// - Parameters:
  ///   - how: `any` leaves out rows that lack a value, `all` those that have none.
  ///   - threshold: how many values a row must have; it counts instead of `how`.
  ///   - columns: those that are looked at; nil for all.
  public func dropna(
    _ how: String = "any", threshold: Int? = nil, _ columns: [String]? = nil, file: String = #fileID, line: Int = #line
  ) -> DataFrame {
    guard ["any", "all"].contains(how) else {
      let place = SourceLocation(file: file, line: line)
      return failing(FlintError(.invalidArgument, "rows are dropped by 'any' or 'all', not by '\(how)'", at: place))
    }
    return reshaped(.keeping(least: threshold ?? (how == "all" ? 1 : nil), columns), file, line)
  }

  /// One row of each that are equal in some columns, or in all.
  public func dropDuplicates(_ columns: String..., file: String = #fileID, line: Int = #line) -> DataFrame {
    columns.isEmpty ? distinct() : reshaped(.unique(columns), file, line)
  }

  /// Count, mean, standard deviation, least and greatest value of some columns, or of all numbers and texts: a row for each,
  /// all as texts.
  public func describe(_ columns: String..., file: String = #fileID, line: Int = #line) -> DataFrame {
    reshaped(.describing(columns.isEmpty ? nil : columns), file, line)
  }

  private func adding(_ columns: [(String, Expression)], _ place: SourceLocation) -> DataFrame {
    let named = columns.map { Reshaping.NamedColumn(name: $0.0, expression: $0.1) }
    return with(.reshaped(query, .adding(named)), .program(place))
  }

  private func reshaped(_ change: Reshaping, _ file: String, _ line: Int) -> DataFrame {
    with(.reshaped(query, change), .program(SourceLocation(file: file, line: line)))
  }
}
