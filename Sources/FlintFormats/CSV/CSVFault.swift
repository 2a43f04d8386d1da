internal import FlintCore

/// Why a separated text cannot be read, before it becomes a `FlintError` with its place. Places are bytes from the
/// start of what is being looked at.
enum CSVFault: Error {
  /// A record is not as it should be.
  case record(Int, String)
  /// A field is not.
  case field(Int, String)
  /// The bytes are no UTF-8.
  case encoding(Int)
  /// What lies below failed.
  case other(FlintError)

  /// Where it is.
  var start: Int {
    switch self {
    case .record(let start, _), .field(let start, _), .encoding(let start): start
    case .other: 0
    }
  }

  /// The error for people.
  func error(_ place: TextPlace) -> FlintError {
    switch self {
    case .record(_, let why): FlintError(.corruptData, "\(place): the record cannot be read", why: why)
    case .field(_, let why): FlintError(.corruptData, "\(place): the field cannot be read", why: why)
    case .encoding:
      FlintError(
        .corruptData, "\(place): the text is not UTF-8", remedy: "convert the file first, such as by iconv")
    case .other(let error): error
    }
  }
}
