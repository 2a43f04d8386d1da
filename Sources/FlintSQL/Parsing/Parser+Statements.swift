internal import FlintCore

extension Parser {
  mutating func statement() throws(FlintError) -> Statement {
    if accept("EXPLAIN") {
      let modes: [Statement.ExplainMode] = [.extended, .formatted, .cost, .codegen]
      let mode = modes.first { isWord($0.rawValue.uppercased()) }
      if mode != nil { advance() }
      return .explain(try query(), mode ?? .simple)
    }
    if isWord("CREATE") { return try createView() }
    if accept("DROP") {
      try expect("VIEW")
      let ifExists = accept("IF", "EXISTS")
      return .dropView(try names("the name of a view").joined(separator: "."), ifExists: ifExists)
    }
    if accept("SET") { return try setting() }
    if accept("RESET") { return .reset(token.kind == .end ? nil : try settingName()) }
    guard isWord("SELECT") || isWord("WITH") || isWord("VALUES") || isWord("TABLE") || isWord("FROM") || isSymbol("(")
    else {
      throw unexpected(
        "a statement",
        words: ["SELECT", "WITH", "VALUES", "TABLE", "EXPLAIN", "CREATE", "DROP", "SET", "RESET", "FROM"])
    }
    return .query(try query())
  }

  private mutating func createView() throws(FlintError) -> Statement {
    try expect("CREATE")
    let replaces = accept("OR", "REPLACE")
    _ = accept("GLOBAL")
    guard accept("TEMP") || accept("TEMPORARY") else {
      throw here.error(
        .invalidQuery, "only temporary views are created",
        remedy: "write CREATE OR REPLACE TEMPORARY VIEW, or save the rows as files")
    }
    try expect("VIEW")
    let name = try names("the name of a view").joined(separator: ".")
    let columns = isSymbol("(") ? try nameList("the name of a column") : []
    try expect("AS")
    let start = place
    let query = try query()
    return .createView(
      name,
      columns.isEmpty ? query : Query(.alias(query, name, columns: columns), origin(from: start)), replaces: replaces)
  }

  /// `SET`, `SET key`, `SET key = value`: the value is everything up to the end.
  private mutating func setting() throws(FlintError) -> Statement {
    if token.kind == .end || isSymbol(";") { return .set(nil, value: nil) }
    if accept("TIME", "ZONE") {
      guard case .string(let zone) = token.kind else { throw unexpected("the name of a time zone as a text") }
      advance()
      return .set("flint.sql.session.timeZone", value: zone)
    }
    let name = try settingName()
    guard acceptSymbol("=") else { return .set(name, value: nil) }
    if case .string(let value) = token.kind {
      advance()
      return .set(name, value: value)
    }
    let start = token.range.lowerBound
    var end = start
    while token.kind != .end, !isSymbol(";") {
      end = token.range.upperBound
      advance()
    }
    return .set(name, value: String(decoding: text.bytes[start..<end], as: UTF8.self))
  }

  private mutating func settingName() throws(FlintError) -> String {
    var name = try part("the name of a setting")
    while acceptSymbol(".") { name += "." + (try part("the rest of the setting's name")) }
    return name
  }
}
