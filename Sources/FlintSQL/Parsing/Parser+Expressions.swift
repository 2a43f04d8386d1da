internal import FlintCore

extension Parser {
  private static let symbols: [String: BinaryOperator] = [
    "=": .equal, "==": .equal, "<>": .notEqual, "!=": .notEqual, "<": .less, "<=": .lessOrEqual, ">": .greater,
    ">=": .greaterOrEqual, "<=>": .same, "+": .add, "-": .subtract, "*": .multiply, "/": .divide, "%": .remainder,
  ]
  /// Of NOT, which stands between AND and the comparisons.
  private static let negation = 3
  private static let comparison = BinaryOperator.equal.precedence

  /// An expression whose operators bind as closely as `precedence` at least.
  mutating func expression(_ precedence: Int = 0) throws(FlintError) -> Expression {
    try descend()
    defer { ascend() }
    return try operands(precedence)
  }

  private mutating func operands(_ precedence: Int) throws(FlintError) -> Expression {
    let start = place
    var left = try firstOperand(precedence, start)
    var length = 0
    while true {
      length += 1
      try demandDepth(length)
      if let next = binaryOperator(), next.precedence >= precedence {
        advance()
        left = try operation(next, left, start)
      } else if isSymbol("||"), BinaryOperator.add.precedence >= precedence {
        left = try concatenation(left, start)
      } else if Self.comparison >= precedence, let test = try predicate(left, start) {
        left = test
      } else {
        break
      }
    }
    return left
  }

  private mutating func firstOperand(_ precedence: Int, _ start: Int) throws(FlintError) -> Expression {
    if isWord("NOT") || isSymbol("!") {
      advance()
      let operand = try expression(Self.negation)
      return Expression(.unary(.not, operand), origin(from: start))
    }
    return try unary()
  }

  private func binaryOperator() -> BinaryOperator? {
    switch token.kind {
    case .symbol(let symbol): return Self.symbols[symbol]
    case .word:
      if isWord("OR") { return .or }
      if isWord("AND") { return .and }
      return isWord("DIV") ? .wholeDivide : nil
    case .quoted, .string, .binary, .number, .end: return nil
    }
  }

  /// AND and OR take all their operands at once and halve them, so that a thousand conditions are ten levels and not a
  /// thousand.
  private mutating func operation(
    _ kind: BinaryOperator, _ left: Expression, _ start: Int
  ) throws(FlintError) -> Expression {
    var operands = [left, try expression(kind.precedence + 1)]
    guard kind == .and || kind == .or else {
      return Expression(.binary(kind, operands[0], operands[1]), origin(from: start))
    }
    while binaryOperator() == kind {
      advance()
      operands.append(try expression(kind.precedence + 1))
    }
    return Self.halved(kind, operands[...])
  }

  static func halved(_ kind: BinaryOperator, _ operands: ArraySlice<Expression>) -> Expression {
    guard operands.count > 1 else { return operands[operands.startIndex] }
    let middle = operands.startIndex + operands.count / 2
    let left = halved(kind, operands[..<middle])
    let right = halved(kind, operands[middle...])
    return Expression(.binary(kind, left, right), left.origin.joined(right.origin))
  }

  private mutating func concatenation(_ left: Expression, _ start: Int) throws(FlintError) -> Expression {
    var operands = [left]
    while acceptSymbol("||") { operands.append(try expression(BinaryOperator.add.precedence + 1)) }
    return Expression(.function(FunctionCall(name: "concat", arguments: operands)), origin(from: start))
  }

  // MARK: Predicates.

  /// IS, IN, BETWEEN, LIKE; nil when there is none.
  private mutating func predicate(_ left: Expression, _ start: Int) throws(FlintError) -> Expression? {
    if accept("IS") { return try isTest(left, start) }
    let isNegated = isWord("NOT")
    let ahead = isNegated ? 1 : 0
    guard ["IN", "BETWEEN", "LIKE", "ILIKE", "RLIKE", "REGEXP"].contains(where: { isWord($0, ahead: ahead) }) else {
      return nil
    }
    if isNegated { advance() }
    let test: Expression
    if accept("IN") {
      test = try inTest(left, start)
    } else if accept("BETWEEN") {
      let least = try expression(Self.comparison + 1)
      try expect("AND")
      let greatest = try expression(Self.comparison + 1)
      let origin = origin(from: start)
      test = Expression(
        .binary(
          .and, Expression(.binary(.greaterOrEqual, left, least), origin),
          Expression(.binary(.lessOrEqual, left, greatest), origin)), origin)
    } else {
      test = try likeTest(left, start)
    }
    return isNegated ? Expression(.unary(.not, test), origin(from: start)) : test
  }

  private mutating func isTest(_ left: Expression, _ start: Int) throws(FlintError) -> Expression {
    let isNegated = accept("NOT")
    if accept("NULL") { return Expression(.unary(isNegated ? .isNotNull : .isNull, left), origin(from: start)) }
    if accept("DISTINCT", "FROM") {
      let right = try expression(Self.comparison + 1)
      let same = Expression(.binary(.same, left, right), origin(from: start))
      return isNegated ? same : Expression(.unary(.not, same), same.origin)
    }
    if accept("UNKNOWN") { return Expression(.unary(isNegated ? .isNotNull : .isNull, left), origin(from: start)) }
    guard isWord("TRUE") || isWord("FALSE") else {
      throw unexpected("NULL, TRUE, FALSE or DISTINCT FROM", words: ["NULL", "TRUE", "FALSE", "DISTINCT"])
    }
    let value = isWord("TRUE")
    advance()
    return Expression(.unary(isNegated ? .isNotBoolean(value) : .isBoolean(value), left), origin(from: start))
  }

  private mutating func inTest(_ left: Expression, _ start: Int) throws(FlintError) -> Expression {
    try expectSymbol("(")
    if isWord("SELECT") || isWord("WITH") || isWord("VALUES") || isWord("FROM") {
      let query = try query()
      try expectSymbol(")")
      return Expression(.isInQuery(left, query), origin(from: start))
    }
    let values = try list { (parser) throws(FlintError) in try parser.expression() }
    return Expression(.isIn(left, values), origin(from: start))
  }

  private mutating func likeTest(_ left: Expression, _ start: Int) throws(FlintError) -> Expression {
    let isRegular = isWord("RLIKE") || isWord("REGEXP")
    let ignoresCase = isWord("ILIKE")
    advance()
    let pattern = try expression(Self.comparison + 1)
    if isRegular {
      return Expression(.function(FunctionCall(name: "rlike", arguments: [left, pattern])), origin(from: start))
    }
    var escape: Unicode.Scalar? = "\\"
    if accept("ESCAPE") {
      guard case .string(let text) = token.kind, text.unicodeScalars.count == 1 else {
        throw unexpected("one character as a text")
      }
      escape = text.unicodeScalars.first
      advance()
    }
    let origin = origin(from: start)
    guard ignoresCase else { return Expression(.like(left, pattern, escape: escape), origin) }
    func lower(_ operand: Expression) -> Expression {
      Expression(.function(FunctionCall(name: "lower", arguments: [operand])), operand.origin)
    }
    return Expression(.like(lower(left), lower(pattern), escape: escape), origin)
  }

  // MARK: Signs and what stands behind an operand.

  private mutating func unary() throws(FlintError) -> Expression {
    let start = place
    if acceptSymbol("-") {
      // The least number has no positive counterpart: sign and digits are read together.
      if case .number(let digits) = token.kind, !isSymbol("::", ahead: 1) {
        let origin = self.origin(from: start).joined(here)
        advance()
        return Expression(.literal(try NumberLiteral.value("-" + digits, origin)), origin)
      }
      try descend()
      defer { ascend() }
      return Expression(.unary(.negate, try unary()), origin(from: start))
    }
    if acceptSymbol("+") {
      try descend()
      defer { ascend() }
      return try unary()
    }
    return try postfix()
  }

  private mutating func postfix() throws(FlintError) -> Expression {
    let start = place
    var operand = try primary()
    var length = 0
    while true {
      length += 1
      try demandDepth(length)
      if acceptSymbol("::") {
        operand = Expression(.cast(operand, try dataType(), orNull: false), origin(from: start))
      } else if acceptSymbol("[") {
        let index = try expression()
        try expectSymbol("]")
        operand = Expression(.part(operand, index), origin(from: start))
      } else if isSymbol("."), !isSymbol("*", ahead: 1) {
        advance()
        let field = Expression(.literal(.string(try part("the name of a field"))), here)
        operand = Expression(.part(operand, field), origin(from: start))
      } else {
        return operand
      }
    }
  }
}
