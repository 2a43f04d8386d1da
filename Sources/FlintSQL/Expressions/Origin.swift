internal import FlintCore
internal import FlintLayout

/// Where a part of a query was written: in the text of a query, or in the user's program.
enum Origin: Sendable {
  /// These bytes of a query's text.
  case query(QueryText, Range<Int>)
  /// A line of the program.
  case program(SourceLocation)
  /// A place in a query whose text did not travel along, in words.
  case place(String)
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
      return Origin.place(text.place(range)).error(code, what, why: why, remedy: remedy)
    case .place(let place):
      let reason = why.map { "\n" + $0 } ?? ""
      return FlintError(code, what, why: "at \(place)\(reason)", remedy: remedy)
    case .program(let location): return FlintError(code, what, why: why, remedy: remedy, at: location)
    case .none: return FlintError(code, what, why: why, remedy: remedy)
    }
  }
}

/// A task is told the place in words.
extension Origin: RowConvertible {
  enum RowForm {
    case none
    case program(file: String, line: Int)
    case place(String)
  }

  var rowForm: RowForm {
    switch self {
    case .none: .none
    case .program(let location): .program(file: location.file, line: location.line)
    case .place(let place): .place(place)
    case .query(let text, let range): .place(text.place(range))
    }
  }

  init(rowForm: RowForm) {
    self =
      switch rowForm {
      case .none: .none
      case .program(let file, let line): .program(SourceLocation(file: file, line: line))
      case .place(let place): .place(place)
      }
  }
}
