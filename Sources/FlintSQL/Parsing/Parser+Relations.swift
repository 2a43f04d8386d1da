internal import FlintCore

extension Parser {
  /// What stands behind FROM.
  mutating func relations() throws(FlintError) -> Query {
    let start = place
    var left = try joins()
    var length = 0
    while acceptSymbol(",") {
      length += 1
      try demandDepth(length)
      let right = try joins()
      left = Query(
        .join(JoinQuery(left: left, right: right, kind: .cross, condition: .none)), origin(from: start))
    }
    while isWord("LATERAL") {
      length += 1
      try demandDepth(length)
      left = try lateral(left, start)
    }
    return left
  }

  private mutating func joins() throws(FlintError) -> Query {
    let start = place
    var left = try relation()
    var length = 0
    while let (kind, isNatural) = try joinKind() {
      length += 1
      try demandDepth(length)
      let right = try relation()
      var condition = JoinQuery.Condition.none
      if isNatural {
        condition = .natural
      } else if accept("ON") {
        condition = .on(try expression())
      } else if accept("USING") {
        condition = .using(try nameList("the name of a column"))
      } else if kind != .cross, kind != .inner {
        throw unexpected("ON or USING", words: ["ON", "USING"])
      }
      left = Query(
        .join(JoinQuery(left: left, right: right, kind: kind, condition: condition)), origin(from: start))
    }
    return left
  }

  private mutating func joinKind() throws(FlintError) -> (JoinQuery.Kind, isNatural: Bool)? {
    let isNatural = accept("NATURAL")
    var kind: JoinQuery.Kind?
    if accept("CROSS") {
      kind = .cross
    } else if accept("INNER") {
      kind = .inner
    } else if accept("LEFT") {
      kind = accept("SEMI") ? .semi : accept("ANTI") ? .anti : .left
      _ = accept("OUTER")
    } else if accept("RIGHT") {
      kind = .right
      _ = accept("OUTER")
    } else if accept("FULL") {
      kind = .full
      _ = accept("OUTER")
    } else if isWord("SEMI"), isWord("JOIN", ahead: 1) {
      advance()
      kind = .semi
    } else if isWord("ANTI"), isWord("JOIN", ahead: 1) {
      advance()
      kind = .anti
    }
    if kind == nil, !isNatural, !isWord("JOIN") { return nil }
    try expect("JOIN")
    return (kind ?? .inner, isNatural)
  }

  private mutating func relation() throws(FlintError) -> Query {
    try descend()
    defer { ascend() }
    let start = place
    let relation = try plainRelation()
    return try aliased(try sampled(relation, start), start)
  }

  private mutating func plainRelation() throws(FlintError) -> Query {
    let start = place
    if acceptSymbol("(") {
      // A query, or relations in brackets.
      let isQuery = isWord("SELECT") || isWord("WITH") || isWord("VALUES") || isWord("FROM") || isSymbol("(")
      let inner = isQuery ? try query() : try relations()
      try expectSymbol(")")
      return inner
    }
    if isWord("VALUES") { return try values() }
    if isWord("SELECT") { throw here.error(.invalidQuery, "a query behind FROM stands in brackets") }
    let names = try names("the name of a table")
    if isSymbol("(") {
      throw origin(from: start).error(.invalidQuery, "there is no function \(names.joined(separator: ".")) of tables")
    }
    if names.count == 2, let format = FileSource.formats.first(where: { $0 == names[0].lowercased() }) {
      return Query(.files(FileSource(format: format, paths: [names[1]])), origin(from: start))
    }
    return Query(.table(names), origin(from: start))
  }

  private mutating func sampled(_ query: Query, _ start: Int) throws(FlintError) -> Query {
    guard accept("TABLESAMPLE") else { return query }
    try expectSymbol("(")
    guard case .number(let digits) = token.kind, let percent = Double(digits), (0...100).contains(percent) else {
      throw unexpected("a share in percent, from 0 to 100")
    }
    advance()
    try expect("PERCENT")
    try expectSymbol(")")
    return Query(.sample(query, fraction: percent / 100, seed: 0), origin(from: start))
  }

  private mutating func aliased(_ query: Query, _ start: Int) throws(FlintError) -> Query {
    let name: String
    if accept("AS") {
      name = try part("a name for this table")
    } else if let alias = implicitAlias() {
      name = alias
    } else {
      return query
    }
    let columns = isSymbol("(") ? try nameList("the name of a column") : []
    return Query(.alias(query, name, columns: columns), origin(from: start))
  }

  private mutating func lateral(_ source: Query, _ start: Int) throws(FlintError) -> Query {
    try expect("LATERAL", "VIEW")
    let isOuter = accept("OUTER")
    let first = place
    let name = try part("a function that makes rows").lowercased()
    try expectSymbol("(")
    let arguments = acceptSymbol(")") ? [] : try list { (parser) throws(FlintError) in try parser.expression() }
    let origin = origin(from: first)
    let table = implicitAlias() ?? ""
    var columns: [String] = []
    if accept("AS") {
      repeat { columns.append(try part("a name for a column")) } while acceptSymbol(",")
    }
    return Query(
      .lateral(
        LateralQuery(
          source: source, function: FunctionCall(name: name, arguments: arguments), origin: origin, isOuter: isOuter,
          table: table, columns: columns)), self.origin(from: start))
  }
}

extension FileSource {
  /// Formats that can stand before the path of a table.
  static let formats = ["parquet", "csv", "json", "text"]
}
