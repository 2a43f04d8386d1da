internal import FlintCore

extension Parser {
  /// A whole query: tables of its own, sets, order and limit.
  mutating func query() throws(FlintError) -> Query {
    try descend()
    defer { ascend() }
    let start = place
    let own = try ownTables()
    var query = try unions()
    query = try orderAndLimit(query, start)
    return own.isEmpty ? query : Query(.with(own, query), origin(from: start))
  }

  private mutating func ownTables() throws(FlintError) -> [NamedQuery] {
    guard accept("WITH") else { return [] }
    if accept("RECURSIVE") { throw here.error(.invalidQuery, "tables that refer to themselves are not supported") }
    var tables: [NamedQuery] = []
    repeat {
      let start = place
      let name = try name("the name of a table")
      let columns = isSymbol("(") ? try nameList("the name of a column") : []
      _ = accept("AS")
      try expectSymbol("(")
      let query = try query()
      try expectSymbol(")")
      if tables.contains(where: { $0.name.lowercased() == name.lowercased() }) {
        throw origin(from: start).error(.invalidQuery, "WITH defines \(name) twice")
      }
      tables.append(NamedQuery(name: name, columns: columns, query: query))
    } while acceptSymbol(",")
    return tables
  }

  // MARK: Sets.

  private mutating func unions() throws(FlintError) -> Query {
    let start = place
    var left = try intersections()
    var length = 0
    while let kind = setKind([("UNION", .union), ("EXCEPT", .except), ("MINUS", .except)]) {
      length += 1
      try demandDepth(length)
      left = try set(kind, left, start) { (parser) throws(FlintError) in try parser.intersections() }
    }
    return left
  }

  private mutating func intersections() throws(FlintError) -> Query {
    let start = place
    var left = try simpleQuery()
    var length = 0
    while let kind = setKind([("INTERSECT", .intersect)]) {
      length += 1
      try demandDepth(length)
      left = try set(kind, left, start) { (parser) throws(FlintError) in try parser.simpleQuery() }
    }
    return left
  }

  private mutating func setKind(_ words: [(String, SetQuery.Kind)]) -> SetQuery.Kind? {
    for (word, kind) in words where accept(word) { return kind }
    return nil
  }

  private mutating func set(
    _ kind: SetQuery.Kind, _ left: Query, _ start: Int, _ right: (inout Parser) throws(FlintError) -> Query
  ) throws(FlintError) -> Query {
    let keepsDuplicates = accept("ALL")
    if !keepsDuplicates { _ = accept("DISTINCT") }
    let isByName = accept("BY", "NAME")
    return Query(
      .set(
        SetQuery(
          kind: kind, left: left, right: try right(&self), keepsDuplicates: keepsDuplicates, isByName: isByName)),
      origin(from: start))
  }

  private mutating func simpleQuery() throws(FlintError) -> Query {
    let start = place
    if isWord("SELECT") { return try select() }
    if isWord("VALUES") { return try values() }
    if accept("TABLE") { return Query(.table(try names("the name of a table")), origin(from: start)) }
    if isWord("FROM") { return try fromFirst() }
    if acceptSymbol("(") {
      let query = try query()
      try expectSymbol(")")
      return query
    }
    throw unexpected("a query", words: ["SELECT", "VALUES", "TABLE", "FROM"])
  }

  mutating func values() throws(FlintError) -> Query {
    let start = place
    try expect("VALUES")
    var rows: [[Expression]] = []
    repeat {
      if acceptSymbol("(") {
        rows.append(try list { (parser) throws(FlintError) in try parser.expression() })
      } else {
        rows.append([try expression()])
      }
    } while acceptSymbol(",")
    return Query(.values(rows), origin(from: start))
  }

  // MARK: Order and limit.

  private mutating func orderAndLimit(_ query: Query, _ start: Int) throws(FlintError) -> Query {
    var query = query
    if accept("ORDER", "BY") {
      query = Query(.sort(query, try sortOrders()), origin(from: start))
    } else if accept("SORT", "BY") {
      query = Query(.sort(query, try sortOrders()), origin(from: start))
    } else if accept("DISTRIBUTE", "BY") || accept("CLUSTER", "BY") {
      query = Query(.repartition(query, count: nil, by: try sortOrders().map(\.expression)), origin(from: start))
    }
    var count: Expression?
    var offset: Expression?
    while true {
      if accept("LIMIT") {
        if !accept("ALL") { count = try expression() }
      } else if accept("OFFSET") {
        offset = try expression()
      } else {
        break
      }
    }
    if count == nil, offset == nil { return query }
    return Query(.limit(query, count: count, offset: offset), origin(from: start))
  }

  mutating func sortOrders() throws(FlintError) -> [SortOrder] {
    var orders: [SortOrder] = []
    repeat {
      let expression = try expression()
      let isDescending = accept("DESC")
      if !isDescending { _ = accept("ASC") }
      var nullsFirst: Bool?
      if accept("NULLS") {
        if accept("FIRST") {
          nullsFirst = true
        } else {
          try expect("LAST")
          nullsFirst = false
        }
      }
      orders.append(SortOrder(expression, isDescending: isDescending, nullsFirst: nullsFirst))
    } while acceptSymbol(",")
    return orders
  }
}
