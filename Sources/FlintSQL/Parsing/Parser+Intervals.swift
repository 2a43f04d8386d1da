internal import FlintColumns
internal import FlintCore

extension Parser {
  /// INTERVAL with its amounts; nil when it is the name of something.
  mutating func interval() throws(FlintError) -> Expression? {
    switch token(ahead: 1).kind {
    case .string, .number: break
    case .symbol("-"), .symbol("+"): guard case .number = token(ahead: 2).kind else { return nil }
    case .symbol, .word, .quoted, .binary, .end: return nil
    }
    let start = place
    advance()
    var total = Interval()
    var isFirst = true
    while let amount = try amount(isFirst: isFirst) {
      let origin = origin(from: start)
      guard let unit = IntervalUnit(token) else {
        // All units stand in the text.
        guard isFirst, let whole = IntervalText.interval(amount) else {
          throw unexpected("a unit of time", words: IntervalUnit.words)
        }
        return Expression(.literal(.interval(whole)), origin)
      }
      advance()
      if accept("TO") {
        guard isFirst, let last = IntervalUnit(token) else {
          throw unexpected("a unit of time", words: IntervalUnit.words)
        }
        advance()
        guard let span = IntervalText.span(amount, unit, last) else {
          throw self.origin(from: start).error(.invalidQuery, "'\(amount)' is no interval of this form")
        }
        return Expression(.literal(.interval(span)), self.origin(from: start))
      }
      guard let part = unit.interval(amount), let sum = total.adding(part) else {
        throw origin.error(.invalidQuery, "'\(amount)' is no number of \(unit)s that an interval can hold")
      }
      total = sum
      isFirst = false
    }
    return Expression(.literal(.interval(total)), origin(from: start))
  }

  /// A number, with its sign or as a text; nil when what follows is no part of the interval.
  private mutating func amount(isFirst: Bool) throws(FlintError) -> String? {
    if case .string(let text) = token.kind {
      guard isFirst || IntervalUnit(token(ahead: 1)) != nil else { return nil }
      advance()
      return text
    }
    var ahead = 0
    var sign = ""
    if isSymbol("-") || isSymbol("+") {
      sign = isSymbol("-") ? "-" : ""
      ahead = 1
    }
    guard case .number(let digits) = token(ahead: ahead).kind else { return nil }
    guard IntervalUnit(token(ahead: ahead + 1)) != nil else {
      if isFirst {
        advance()
        throw unexpected("a unit of time", words: IntervalUnit.words)
      }
      return nil
    }
    for _ in 0...ahead { advance() }
    return sign + digits
  }
}
