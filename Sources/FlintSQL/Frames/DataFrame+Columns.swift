internal import FlintCore

// These need the columns' names, and so look at the files that are read.
extension DataFrame {
  /// The frame with a column more, or with another value in the column of that name.
  public func withColumn(
    _ name: String, _ value: String, file: String = #fileID, line: Int = #line
  ) async throws -> DataFrame {
    let place = SourceLocation(file: file, line: line)
    let expression = Expression(.alias(try expression(value, at: place), name), .program(place))
    var items = try await columns(at: place)
    let known = items.firstIndex { $0.columnName.lowercased() == name.lowercased() }
    if let known { items[known] = expression } else { items.append(expression) }
    return with(.select(SelectQuery(items: items, source: query)), .program(place))
  }

  /// The frame with another name for a column; without such a column it stays as it is.
  public func withColumnRenamed(
    _ old: String, _ new: String, file: String = #fileID, line: Int = #line
  ) async throws -> DataFrame {
    let place = SourceLocation(file: file, line: line)
    let items = try await columns(at: place).map { item in
      item.columnName.lowercased() == old.lowercased() ? Expression(.alias(item, new), item.origin) : item
    }
    return with(.select(SelectQuery(items: items, source: query)), .program(place))
  }

  /// The frame without some columns; names that it has not are passed over.
  public func drop(_ names: String..., file: String = #fileID, line: Int = #line) async throws -> DataFrame {
    let place = SourceLocation(file: file, line: line)
    let dropped = Set(names.map { $0.lowercased() })
    let items = try await columns(at: place).filter { !dropped.contains($0.columnName.lowercased()) }
    return with(.select(SelectQuery(items: items, source: query)), .program(place))
  }

  private func columns(at place: SourceLocation) async throws -> [Expression] {
    try await plan().plan.output.map { Expression(.name([$0.name]), .program(place)) }
  }
}
