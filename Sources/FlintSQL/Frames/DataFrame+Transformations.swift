internal import FlintCore

extension DataFrame {
  /// These columns, each an expression in SQL that may have a name behind AS; `*` stands for all.
  public func select(_ columns: String..., file: String = #fileID, line: Int = #line) throws -> DataFrame {
    try select(columns, at: SourceLocation(file: file, line: line))
  }

  /// These columns, each an expression in SQL that may have a name behind AS; `*` stands for all.
  public func select(_ columns: [String], file: String = #fileID, line: Int = #line) throws -> DataFrame {
    try select(columns, at: SourceLocation(file: file, line: line))
  }

  /// The rows for which a condition in SQL is true.
  public func `where`(_ condition: String, file: String = #fileID, line: Int = #line) throws -> DataFrame {
    let place = SourceLocation(file: file, line: line)
    var select = SelectQuery(items: [Expression(.star([]), .program(place))], source: query)
    select.condition = try expression(condition, at: place)
    return with(.select(select), .program(place))
  }

  /// The rows for which a condition in SQL is true.
  public func filter(_ condition: String, file: String = #fileID, line: Int = #line) throws -> DataFrame {
    try self.where(condition, file: file, line: line)
  }

  /// Groups of rows with equal values of some expressions.
  public func groupBy(_ keys: String..., file: String = #fileID, line: Int = #line) throws -> GroupedFrame {
    let place = SourceLocation(file: file, line: line)
    let keys = try keys.map { (key) throws(FlintError) in try expression(key, at: place) }
    return GroupedFrame(frame: self, keys: keys, place: place)
  }

  /// Aggregates of all rows.
  public func agg(_ columns: String..., file: String = #fileID, line: Int = #line) throws -> DataFrame {
    let place = SourceLocation(file: file, line: line)
    return try GroupedFrame(frame: self, keys: [], place: place).aggregated(columns, at: place)
  }

  /// Rows beside those of another frame that have the same values in some columns, which the result has once.
  ///
  /// - Parameter kind: `inner`, `left`, `right`, `full`, `semi`, `anti`.
  public func join(
    _ other: DataFrame, using columns: [String], _ kind: String = "inner", file: String = #fileID, line: Int = #line
  ) throws -> DataFrame {
    let place = Origin.program(SourceLocation(file: file, line: line))
    return with(
      .join(
        JoinQuery(
          left: query, right: other.query, kind: try joinKind(kind, place), condition: .using(columns))), place)
  }

  /// Rows beside those of another frame for which a condition is true; give both frames names by ``alias(_:)``.
  public func join(
    _ other: DataFrame, on condition: String, _ kind: String = "inner", file: String = #fileID, line: Int = #line
  ) throws -> DataFrame {
    let place = SourceLocation(file: file, line: line)
    let join = JoinQuery(
      left: query, right: other.query, kind: try joinKind(kind, .program(place)),
      condition: .on(try expression(condition, at: place)))
    return with(.join(join), .program(place))
  }

  /// Each row beside each of another frame.
  public func crossJoin(_ other: DataFrame) -> DataFrame {
    with(.join(JoinQuery(left: query, right: other.query, kind: .cross, condition: .none)), query.origin)
  }

  /// The rows of both, whose columns belong together by their places.
  public func union(_ other: DataFrame, file: String = #fileID, line: Int = #line) -> DataFrame {
    let place = Origin.program(SourceLocation(file: file, line: line))
    return with(.set(SetQuery(kind: .union, left: query, right: other.query, keepsDuplicates: true)), place)
  }

  /// The rows of both, whose columns belong together by their names.
  public func unionByName(
    _ other: DataFrame, allowMissingColumns: Bool = false, file: String = #fileID, line: Int = #line
  ) -> DataFrame {
    var set = SetQuery(kind: .union, left: query, right: other.query, keepsDuplicates: true)
    set.isByName = true
    set.allowsMissing = allowMissingColumns
    return with(.set(set), .program(SourceLocation(file: file, line: line)))
  }

  /// Each different row once.
  public func distinct() -> DataFrame { with(.distinct(query), query.origin) }

  /// The rows sorted by expressions in SQL, behind which `DESC` and `NULLS LAST` may stand.
  public func orderBy(_ orders: String..., file: String = #fileID, line: Int = #line) throws -> DataFrame {
    let place = SourceLocation(file: file, line: line)
    let sorted = try orders.flatMap { (order) throws(FlintError) in
      var parser = try located(place) { () throws(FlintError) in try Parser(order, limits: context.limits) }
      return try located(place) { () throws(FlintError) in
        let sorted = try parser.sortOrders()
        try parser.expectEnd()
        return sorted
      }
    }
    return with(.sort(query, sorted), .program(place))
  }

  /// So many of the first rows.
  public func limit(_ count: Int, offset: Int = 0) -> DataFrame {
    with(
      .limit(
        query, count: Expression(.literal(.int64(Int64(count)))),
        offset: offset == 0 ? nil : Expression(.literal(.int64(Int64(offset))))), query.origin)
  }

  /// The rows in fewer partitions.
  public func coalesce(_ count: Int, file: String = #fileID, line: Int = #line) -> DataFrame {
    with(.repartition(query, count: count, by: []), .program(SourceLocation(file: file, line: line)))
  }

  /// The frame under a name, for conditions of joins.
  public func alias(_ name: String) -> DataFrame { with(.alias(query, name, columns: []), query.origin) }

  /// Names the frame for queries in SQL, in place of what had that name.
  public func createOrReplaceTempView(_ name: String) throws {
    try context.register(name, query, replaces: true)
  }

  // MARK: Texts in SQL.

  func select(_ columns: [String], at place: SourceLocation) throws(FlintError) -> DataFrame {
    let items = try columns.map { (column) throws(FlintError) in try expression(column, at: place) }
    return with(.select(SelectQuery(items: items, source: query)), .program(place))
  }

  func expression(_ text: String, at place: SourceLocation) throws(FlintError) -> Expression {
    try located(place) { () throws(FlintError) in try Parser.expression(text, limits: context.limits) }
  }

  /// Names the line of the program in errors.
  private func located<Result>(
    _ place: SourceLocation, _ body: () throws(FlintError) -> Result
  ) throws(FlintError) -> Result {
    do { return try body() } catch {
      throw FlintError(error.code, error.what, why: error.why, remedy: error.remedy, at: place)
    }
  }

  private func joinKind(_ name: String, _ origin: Origin) throws(FlintError) -> JoinQuery.Kind {
    let kinds: [String: JoinQuery.Kind] = [
      "inner": .inner, "left": .left, "left_outer": .left, "right": .right, "right_outer": .right, "full": .full,
      "outer": .full, "full_outer": .full, "semi": .semi, "left_semi": .semi, "anti": .anti, "left_anti": .anti,
    ]
    guard let kind = kinds[name.lowercased()] else {
      throw origin.error(
        .invalidArgument, "there is no join '\(name)'",
        remedy: NearestName.find(for: name, in: kinds.keys.sorted()).map { "did you mean \($0)?" })
    }
    return kind
  }
}
