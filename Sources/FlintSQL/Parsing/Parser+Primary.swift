internal import FlintColumns
internal import FlintCore

extension Parser {
  /// What is no operation on something else.
  mutating func primary() throws(FlintError) -> Expression {
    try descend()
    defer { ascend() }
    let start = place
    switch token.kind {
    case .number(let digits):
      let origin = here
      advance()
      return Expression(.literal(try NumberLiteral.value(digits, origin)), origin)
    case .string(let text):
      advance()
      return Expression(.literal(.string(text)), origin(from: start))
    case .binary(let bytes):
      advance()
      return Expression(.literal(.binary(bytes)), origin(from: start))
    case .symbol("("): return try bracket()
    case .symbol("*"):
      advance()
      return Expression(.star([]), origin(from: start))
    case .word:
      if let special = try special() { return special }
      return try named()
    case .quoted: return try named()
    case .symbol, .end: throw unexpected("an expression")
    }
  }

  /// A query, an expression, or several of them as a structure.
  private mutating func bracket() throws(FlintError) -> Expression {
    let start = place
    try expectSymbol("(")
    if isWord("SELECT") || isWord("WITH") || isWord("VALUES") || isWord("FROM") {
      let query = try query()
      try expectSymbol(")")
      return Expression(.query(query), origin(from: start))
    }
    let values = try list { (parser) throws(FlintError) in try parser.expression() }
    if values.count == 1 { return values[0] }
    return Expression(.function(FunctionCall(name: "struct", arguments: values)), origin(from: start))
  }

  // MARK: Words with a grammar of their own.

  private mutating func special() throws(FlintError) -> Expression? {
    let start = place
    let literals: [(String, Literal)] = [("NULL", .null), ("TRUE", .boolean(true)), ("FALSE", .boolean(false))]
    for (word, literal) in literals where isWord(word) {
      advance()
      return Expression(.literal(literal), origin(from: start))
    }
    if accept("CASE") { return try conditional(start) }
    if isWord("INTERVAL"), let interval = try interval() { return interval }
    if let typed = try typedLiteral() { return typed }
    if case .word(let word) = token.kind, Keywords.bareFunctions.contains(word.uppercased()),
      !isSymbol("(", ahead: 1)
    {
      advance()
      return Expression(.function(FunctionCall(name: word.lowercased(), arguments: [])), origin(from: start))
    }
    guard isSymbol("(", ahead: 1) else { return nil }
    if isWord("CAST") || isWord("TRY_CAST") { return try cast() }
    if isWord("EXTRACT") { return try extract() }
    if isWord("EXISTS") {
      advance()
      try expectSymbol("(")
      let query = try query()
      try expectSymbol(")")
      return Expression(.exists(query), origin(from: start))
    }
    if isWord("POSITION") { return try position() }
    if isWord("TRIM") { return try trim() }
    if isWord("SUBSTRING") || isWord("SUBSTR") { return try substring() }
    return nil
  }

  /// `DATE '2020-01-01'` and the like.
  private mutating func typedLiteral() throws(FlintError) -> Expression? {
    let start = place
    guard case .string(let text) = token(ahead: 1).kind else { return nil }
    let types: [(String, DataType)] = [("DATE", .date), ("TIMESTAMP", .timestamp)]
    for (word, type) in types where isWord(word) {
      advance()
      advance()
      let origin = origin(from: start)
      return Expression(.cast(Expression(.literal(.string(text)), origin), type, orNull: false), origin)
    }
    return nil
  }

  private mutating func conditional(_ start: Int) throws(FlintError) -> Expression {
    let subject = isWord("WHEN") ? nil : try expression()
    var branches: [Expression.Branch] = []
    while accept("WHEN") {
      let condition = try expression()
      try expect("THEN")
      let test = subject.map { Expression(.binary(.equal, $0, condition), condition.origin) } ?? condition
      branches.append(Expression.Branch(condition: test, value: try expression()))
    }
    if branches.isEmpty { throw unexpected("WHEN", words: ["WHEN"]) }
    let otherwise = accept("ELSE") ? try expression() : nil
    try expect("END")
    return Expression(.conditional(branches, otherwise: otherwise), origin(from: start))
  }

  private mutating func cast() throws(FlintError) -> Expression {
    let start = place
    let orNull = isWord("TRY_CAST")
    advance()
    try expectSymbol("(")
    let operand = try expression()
    try expect("AS")
    let type = try dataType()
    try expectSymbol(")")
    return Expression(.cast(operand, type, orNull: orNull), origin(from: start))
  }

  private mutating func extract() throws(FlintError) -> Expression {
    let start = place
    advance()
    try expectSymbol("(")
    let field = Expression(.literal(.string(try part("a part of a date").lowercased())), here)
    try expect("FROM")
    let operand = try expression()
    try expectSymbol(")")
    return Expression(.function(FunctionCall(name: "date_part", arguments: [field, operand])), origin(from: start))
  }

  /// `position(a IN b)`, or with a comma.
  private mutating func position() throws(FlintError) -> Expression {
    let start = place
    advance()
    try expectSymbol("(")
    var arguments = [try expression(BinaryOperator.add.precedence)]
    if accept("IN") {
      arguments.append(try expression())
      try expectSymbol(")")
    } else {
      try expectSymbol(",")
      arguments += try list { (parser) throws(FlintError) in try parser.expression() }
    }
    return Expression(.function(FunctionCall(name: "position", arguments: arguments)), origin(from: start))
  }

  /// `trim(BOTH FROM a)`; what is trimmed are blanks.
  private mutating func trim() throws(FlintError) -> Expression {
    let start = place
    advance()
    try expectSymbol("(")
    let sides = [("BOTH", "trim"), ("LEADING", "ltrim"), ("TRAILING", "rtrim")]
    let side = sides.first { isWord($0.0) && !isSymbol(",", ahead: 1) && !isSymbol(")", ahead: 1) }
    if side != nil {
      advance()
      if !isWord("FROM") {
        throw here.error(.invalidQuery, "only blanks are trimmed", remedy: "use replace for other characters")
      }
      try expect("FROM")
    }
    let operand = try expression()
    try expectSymbol(")")
    return Expression(
      .function(FunctionCall(name: side?.1 ?? "trim", arguments: [operand])), origin(from: start))
  }

  /// `substring(a FROM 2 FOR 3)`, or with commas.
  private mutating func substring() throws(FlintError) -> Expression {
    let start = place
    advance()
    try expectSymbol("(")
    var arguments = [try expression()]
    if accept("FROM") {
      arguments.append(try expression())
      if accept("FOR") { arguments.append(try expression()) }
      try expectSymbol(")")
    } else {
      try expectSymbol(",")
      arguments += try list { (parser) throws(FlintError) in try parser.expression() }
    }
    return Expression(.function(FunctionCall(name: "substring", arguments: arguments)), origin(from: start))
  }

  // MARK: Names and functions.

  private mutating func named() throws(FlintError) -> Expression {
    let start = place
    if isSymbol("(", ahead: 1), case .word(let word) = token.kind,
      !Keywords.reserved.contains(word.uppercased()) || ["LEFT", "RIGHT"].contains(word.uppercased())
    {
      return try call()
    }
    var names = [try name("an expression")]
    while isSymbol(".") {
      if isSymbol("*", ahead: 1) {
        advance()
        advance()
        return Expression(.star(names), origin(from: start))
      }
      advance()
      names.append(try part("a name behind the point"))
    }
    return Expression(.name(names), origin(from: start))
  }

  private mutating func call() throws(FlintError) -> Expression {
    let start = place
    let name = try part("a function").lowercased()
    try expectSymbol("(")
    let isDistinct = accept("DISTINCT")
    if !isDistinct { _ = accept("ALL") }
    let arguments =
      acceptSymbol(")") ? [] : try list { (parser) throws(FlintError) in try parser.selectItem() }
    var call = FunctionCall(name: name, arguments: arguments)
    call.isDistinct = isDistinct
    if accept("FILTER") {
      try expectSymbol("(")
      try expect("WHERE")
      call.filter = try expression()
      try expectSymbol(")")
    }
    if accept("IGNORE", "NULLS") { call.ignoresNulls = true } else { _ = accept("RESPECT", "NULLS") }
    guard accept("OVER") else { return Expression(.function(call), origin(from: start)) }
    let window: WindowSpecification
    if isSymbol("(") {
      window = try windowSpecification()
    } else {
      window = WindowSpecification(base: try self.name("the name of a window"))
    }
    return Expression(.window(call, window), origin(from: start))
  }
}
