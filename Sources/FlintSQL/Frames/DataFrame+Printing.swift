extension DataFrame {
  /// Prints the first rows as a table.
  ///
  /// - Parameters:
  ///   - truncate: how many characters of a cell are shown; 0 for all.
  ///   - vertical: whether each row is a block with a line for each column.
  public func show(
    _ count: Int = 20, truncate: Int = 20, vertical: Bool = false, file: String = #fileID, line: Int = #line
  ) async throws {
    print(try await shown(count, width: truncate, vertical: vertical, file: file, line: line), terminator: "")
  }

  /// Prints the first rows as a table, with whole cells or cut to 20 characters.
  public func show(
    _ count: Int = 20, truncate: Bool, vertical: Bool = false, file: String = #fileID, line: Int = #line
  ) async throws {
    try await show(count, truncate: truncate ? 20 : 0, vertical: vertical, file: file, line: line)
  }

  /// Prints the columns as a tree.
  public func printSchema() async throws {
    print(try await schemaTree(), terminator: "")
  }

  /// Prints how the rows will be computed; with `isExtended` also what was written and what it was taken for.
  public func explain(isExtended: Bool = false) async throws {
    print(try await explained(isExtended: isExtended))
  }
}
