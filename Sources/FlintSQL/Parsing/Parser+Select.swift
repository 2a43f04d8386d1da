internal import FlintCore

extension Parser {
  mutating func select() throws(FlintError) -> Query {
    try descend()
    defer { ascend() }
    let start = place
    var select = try selectHead()
    select.source = accept("FROM") ? try relations() : Query(.oneRow)
    return try selectRest(select, start)
  }

  /// `FROM t SELECT a`.
  mutating func fromFirst() throws(FlintError) -> Query {
    let start = place
    try expect("FROM")
    let source = try relations()
    guard isWord("SELECT") else {
      let all = SelectQuery(items: [Expression(.star([]), origin(from: start))], source: source)
      return try selectRest(all, start)
    }
    var select = try selectHead()
    select.source = source
    return try selectRest(select, start)
  }

  private mutating func selectHead() throws(FlintError) -> SelectQuery {
    try expect("SELECT")
    var hints: [SelectQuery.Hint] = []
    while acceptSymbol("/*+") { hints += try self.hints() }
    let isDistinct = accept("DISTINCT")
    if !isDistinct { _ = accept("ALL") }
    var items: [Expression] = []
    repeat { items.append(try selectItem()) } while acceptSymbol(",")
    var select = SelectQuery(items: items, source: Query(.oneRow))
    select.isDistinct = isDistinct
    select.hints = hints
    return select
  }

  private mutating func hints() throws(FlintError) -> [SelectQuery.Hint] {
    var hints: [SelectQuery.Hint] = []
    while !acceptSymbol("*/") {
      let name = try part("the name of a hint").lowercased()
      var tables: [String] = []
      if acceptSymbol("(") {
        if !acceptSymbol(")") {
          tables = try list { (parser) throws(FlintError) in
            if case .number(let digits) = parser.token.kind {
              parser.advance()
              return digits
            }
            return try parser.names("a table").joined(separator: ".")
          }
        }
      }
      hints.append(SelectQuery.Hint(name: name, tables: tables))
      _ = acceptSymbol(",")
    }
    return hints
  }

  /// An expression, perhaps with a name.
  mutating func selectItem() throws(FlintError) -> Expression {
    let start = place
    let expression = try expression()
    if accept("AS") {
      return Expression(.alias(expression, try part("a name for this column")), origin(from: start))
    }
    guard let name = implicitAlias() else { return expression }
    return Expression(.alias(expression, name), origin(from: start))
  }

  /// A name without AS before it.
  mutating func implicitAlias() -> String? {
    switch token.kind {
    case .quoted(let name):
      advance()
      return name
    case .word(let word) where !Keywords.endAlias.contains(word.uppercased()):
      advance()
      return word
    default: return nil
    }
  }

  private mutating func selectRest(_ head: SelectQuery, _ start: Int) throws(FlintError) -> Query {
    var select = head
    if accept("WHERE") { select.condition = try expression() }
    if accept("GROUP", "BY") { select.groups = try groups(select.items) }
    if accept("HAVING") { select.having = try expression() }
    if accept("WINDOW") {
      repeat {
        let name = try name("the name of a window")
        try expect("AS")
        select.windows.append(SelectQuery.NamedWindow(name: name, specification: try windowSpecification()))
      } while acceptSymbol(",")
    }
    return Query(.select(select), origin(from: start))
  }

  private mutating func groups(_ items: [Expression]) throws(FlintError) -> [Expression] {
    for word in ["ROLLUP", "CUBE", "GROUPING"] where isWord(word) {
      throw here.error(.invalidQuery, "GROUP BY \(word) is not supported", remedy: "unite one query for each grouping")
    }
    if isWord("ALL"), !isSymbol("(", ahead: 1) {
      advance()
      // Numbers of the columns; those with aggregates are left out by the analyser.
      return [Expression(.function(FunctionCall(name: "group_by_all", arguments: [])), origin(from: place - 1))]
    }
    var groups: [Expression] = []
    repeat { groups.append(try expression()) } while acceptSymbol(",")
    return groups
  }
}
