internal import FlintCore

extension Parser {
  /// What stands behind OVER, in brackets.
  mutating func windowSpecification() throws(FlintError) -> WindowSpecification {
    try expectSymbol("(")
    var window = WindowSpecification()
    if case .word(let word) = token.kind, !Keywords.reserved.contains(word.uppercased()),
      !["PARTITION", "DISTRIBUTE", "SORT", "ROWS", "RANGE"].contains(word.uppercased())
    {
      window.base = try name("the name of a window")
    }
    if accept("PARTITION", "BY") || accept("DISTRIBUTE", "BY") {
      repeat { window.partition.append(try expression()) } while acceptSymbol(",")
    }
    if accept("ORDER", "BY") || accept("SORT", "BY") { window.order = try sortOrders() }
    if isWord("ROWS") || isWord("RANGE") {
      let unit: WindowExtent.Unit = isWord("ROWS") ? .rows : .range
      advance()
      if accept("BETWEEN") {
        let start = try bound(isStart: true)
        try expect("AND")
        window.frame = WindowExtent(unit: unit, start: start, end: try bound(isStart: false))
      } else {
        window.frame = WindowExtent(unit: unit, start: try bound(isStart: true), end: .current)
      }
    }
    try expectSymbol(")")
    return window
  }

  private mutating func bound(isStart: Bool) throws(FlintError) -> WindowExtent.Bound {
    if accept("CURRENT", "ROW") { return .current }
    if accept("UNBOUNDED") {
      let isPreceding = isWord("PRECEDING")
      guard isPreceding == isStart, isPreceding || isWord("FOLLOWING") else {
        throw unexpected(isStart ? "PRECEDING" : "FOLLOWING", words: ["PRECEDING", "FOLLOWING"])
      }
      advance()
      return .unbounded
    }
    let distance = try expression(BinaryOperator.add.precedence)
    if accept("PRECEDING") { return .preceding(distance) }
    try expect("FOLLOWING")
    return .following(distance)
  }
}
