extension DataFrame {
  /// Prints the first rows as a table, whose cells are cut to `width` characters.
  public func show(_ count: Int = 20, width: Int = 20) async throws {
    print(try await shown(count, width: width))
  }

  /// Prints the columns as a tree.
  public func printSchema() async throws {
    print(try await schemaTree())
  }

  /// Prints how the rows will be computed; with `isExtended` also what was written and what it was taken for.
  public func explain(isExtended: Bool = false) async throws {
    print(try await explained(isExtended: isExtended))
  }
}
