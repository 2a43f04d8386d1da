internal import FlintCore

extension DataFrame {
  /// These columns, each an expression in SQL that may have a name behind AS; `*` stands for all.
  public func select(_ columns: String..., file: String = #fileID, line: Int = #line) -> DataFrame {
    select(columns, file: file, line: line)
  }

  /// These columns, each an expression in SQL that may have a name behind AS; `*` stands for all.
  public func select(_ columns: [String], file: String = #fileID, line: Int = #line) -> DataFrame {
    let place = SourceLocation(file: file, line: line)
    return selecting(columns.map { expression($0, at: place) }, place)
  }

  /// These columns.
  public func select(_ columns: any ColumnConvertible..., file: String = #fileID, line: Int = #line) -> DataFrame {
    selecting(columns.map(\.column.expression), SourceLocation(file: file, line: line))
  }

  /// The rows for which a condition in SQL is true.
  public func `where`(_ condition: String, file: String = #fileID, line: Int = #line) -> DataFrame {
    let place = SourceLocation(file: file, line: line)
    return filtered(expression(condition, at: place), place)
  }

  /// The rows for which a condition is true.
  public func `where`(_ condition: Column, file: String = #fileID, line: Int = #line) -> DataFrame {
    filtered(condition.expression, SourceLocation(file: file, line: line))
  }

  /// The rows for which a condition in SQL is true.
  public func filter(_ condition: String, file: String = #fileID, line: Int = #line) -> DataFrame {
    self.where(condition, file: file, line: line)
  }

  /// The rows for which a condition is true.
  public func filter(_ condition: Column, file: String = #fileID, line: Int = #line) -> DataFrame {
    self.where(condition, file: file, line: line)
  }

  // MARK: Groups.

  /// Groups of rows with equal values of some expressions.
  public func groupBy(_ keys: String..., file: String = #fileID, line: Int = #line) -> GroupedFrame {
    let place = SourceLocation(file: file, line: line)
    return GroupedFrame(frame: self, keys: keys.map { expression($0, at: place) }, place: place)
  }

  /// Groups of rows with equal values of some expressions.
  public func groupBy(_ keys: any ColumnConvertible..., file: String = #fileID, line: Int = #line) -> GroupedFrame {
    GroupedFrame(frame: self, keys: keys.map(\.column.expression), place: SourceLocation(file: file, line: line))
  }

  /// Aggregates of all rows.
  public func agg(_ columns: String..., file: String = #fileID, line: Int = #line) -> DataFrame {
    let place = SourceLocation(file: file, line: line)
    return GroupedFrame(frame: self, keys: [], place: place).aggregated(
      columns.map { expression($0, at: place) }, place)
  }

  /// Aggregates of all rows.
  public func agg(_ columns: any ColumnConvertible..., file: String = #fileID, line: Int = #line) -> DataFrame {
    let place = SourceLocation(file: file, line: line)
    return GroupedFrame(frame: self, keys: [], place: place).aggregated(columns.map(\.column.expression), place)
  }

  // MARK: Order and number of rows.

  /// Each different row once.
  public func distinct() -> DataFrame { with(.distinct(query), query.origin) }

  /// The rows sorted by expressions in SQL, behind which `DESC` and `NULLS LAST` may stand.
  public func orderBy(_ orders: String..., file: String = #fileID, line: Int = #line) -> DataFrame {
    let place = SourceLocation(file: file, line: line)
    return with(.sort(query, orders.flatMap { sortOrders($0, at: place) }), .program(place))
  }

  /// The rows sorted by what ``Column/asc()`` and ``Column/desc()`` say.
  public func orderBy(_ orders: SortOrder..., file: String = #fileID, line: Int = #line) -> DataFrame {
    with(.sort(query, orders), .program(SourceLocation(file: file, line: line)))
  }

  /// So many of the first rows.
  public func limit(_ count: Int, offset: Int = 0) -> DataFrame {
    with(
      .limit(
        query, count: Expression(.literal(.int64(Int64(count)))),
        offset: offset == 0 ? nil : Expression(.literal(.int64(Int64(offset))))), query.origin)
  }

  /// About this part of the rows, from 0 to 1: the same ones for the same seed.
  public func sample(
    _ fraction: Double, seed: UInt64 = 0, file: String = #fileID, line: Int = #line
  ) -> DataFrame {
    let place = SourceLocation(file: file, line: line)
    guard (0...1).contains(fraction) else {
      return failing(FlintError(.invalidArgument, "a part of \(fraction) of the rows is not from 0 to 1", at: place))
    }
    return with(.sample(query, fraction: fraction, seed: seed), .program(place))
  }

  // MARK: Partitions.

  /// The rows in fewer partitions.
  public func coalesce(_ count: Int, file: String = #fileID, line: Int = #line) -> DataFrame {
    repartition(count, file: file, line: line)
  }

  /// The rows in so many partitions; those with equal values of some expressions in the same one.
  public func repartition(
    _ count: Int, _ keys: String..., file: String = #fileID, line: Int = #line
  ) -> DataFrame {
    let place = SourceLocation(file: file, line: line)
    guard count > 0 else {
      return failing(FlintError(.invalidArgument, "rows are put into \(count) partitions", at: place))
    }
    return with(.repartition(query, count: count, by: keys.map { expression($0, at: place) }), .program(place))
  }

  // MARK: Names.

  /// The frame under a name, for conditions of joins.
  public func alias(_ name: String) -> DataFrame { with(.alias(query, name, columns: []), query.origin) }

  /// Names the frame for queries in SQL, in place of what had that name.
  public func createOrReplaceTempView(_ name: String) { context.replace(name, query) }

  /// Names the frame for queries in SQL. Throws `invalid-query` when something has that name.
  public func createTempView(_ name: String) throws { try context.register(name, query, replaces: false) }

  // MARK: Making.

  func selecting(_ items: [Expression], _ place: SourceLocation) -> DataFrame {
    with(.select(SelectQuery(items: items, source: query)), .program(place))
  }

  private func filtered(_ condition: Expression, _ place: SourceLocation) -> DataFrame {
    var select = SelectQuery(items: [Expression(.star([]), .program(place))], source: query)
    select.condition = condition
    return with(.select(select), .program(place))
  }

  /// A frame of which nothing comes but an error.
  func failing(_ error: FlintError) -> DataFrame { with(.wrong(KnownError(error: error)), .none) }

  func expression(_ text: String, at place: SourceLocation) -> Expression {
    .parsed(text, at: place, limits: context.limits)
  }

  private func sortOrders(_ text: String, at place: SourceLocation) -> [SortOrder] {
    do throws(FlintError) {
      var parser = try Parser(text, limits: context.limits)
      let sorted = try parser.sortOrders()
      try parser.expectEnd()
      return sorted
    } catch {
      return [SortOrder(Expression(.wrong(KnownError(error: error.located(place))), .program(place)))]
    }
  }
}
