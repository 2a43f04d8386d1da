internal import FlintCore

/// Where a part of a query was written: in the text of a query, or in the user's program.
enum Origin: Sendable {
  /// These bytes of a query's text.
  case query(QueryText, Range<Int>)
  /// A line of the program.
  case program(SourceLocation)
  /// Nowhere: it was made of other parts.
  case none

  /// From the beginning of one part to the end of another.
  func joined(_ other: Origin) -> Origin {
    guard case .query(let text, let first) = self, case .query(_, let last) = other else { return self }
    return .query(text, first.lowerBound..<max(first.upperBound, last.upperBound))
  }

  /// The error with this place: the line of the program, or that of the query with a mark below what is meant.
  func error(_ code: FlintError.Code, _ what: String, why: String? = nil, remedy: String? = nil) -> FlintError {
    switch self {
    case .query(let text, let range):
      let (line, column) = text.position(of: range.lowerBound)
      let reason = why.map { "\n" + $0 } ?? ""
      return FlintError(
        code, what, why: "at line \(line), column \(column) of the query\n\(text.excerpt(range))\(reason)",
        remedy: remedy)
    case .program(let location): return FlintError(code, what, why: why, remedy: remedy, at: location)
    case .none: return FlintError(code, what, why: why, remedy: remedy)
    }
  }
}
