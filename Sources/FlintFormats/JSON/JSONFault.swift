internal import FlintCore

/// Why a JSON text cannot be read, before it becomes a `FlintError` with its place. Places are bytes from the start
/// of what is being looked at.
enum JSONFault: Error {
  /// It is no JSON.
  case syntax(Int, String)
  /// It ends where more must follow.
  case truncated
  /// It is JSON, but not of the type that is wanted.
  case value(Int, String)
  /// The bytes are no UTF-8.
  case encoding(Int)
  /// What lies below failed.
  case other(FlintError)

  /// Where it is.
  var start: Int {
    switch self {
    case .syntax(let start, _), .value(let start, _), .encoding(let start): start
    case .truncated, .other: 0
    }
  }

  /// The error for people.
  func error(_ place: TextPlace) -> FlintError {
    switch self {
    case .syntax(_, let why): FlintError(.corruptData, "\(place): the text is not JSON", why: why)
    case .truncated: FlintError(.corruptData, "\(place): the text is not JSON", why: "it ends where more must follow")
    case .value(_, let why): FlintError(.corruptData, "\(place): the value cannot be read", why: why)
    case .encoding:
      FlintError(
        .corruptData, "\(place): the text is not UTF-8", remedy: "convert the file first, such as by iconv")
    case .other(let error): error
    }
  }
}
