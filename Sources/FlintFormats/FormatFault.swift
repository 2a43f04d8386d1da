internal import FlintCore

/// Why a file cannot be read or written, before it becomes a `FlintError` that says where in the file.
enum FormatFault: Error {
  /// The bytes are not what the format allows.
  case damaged(String)
  /// They end where more must follow.
  case truncated(String)
  /// The file is sound, but uses what is not read here.
  case unsupported(String)
  /// It asks for more memory than its reader may take.
  case tooLarge(String)
  /// What lies below failed.
  case other(FlintError)

  /// The error for people of a file that is written, with the place where it was met.
  func writingError(_ place: some CustomStringConvertible) -> FlintError {
    switch self {
    case .damaged(let why), .truncated(let why), .unsupported(let why):
      FlintError(.invalidArgument, "\(place) cannot be written", why: why)
    case .tooLarge(let why):
      FlintError(.memoryBudgetExceeded, "\(place) needs more memory than may be used to write it", why: why)
    case .other(let error):
      FlintError(error.code, "\(place) cannot be written", why: error.why, remedy: error.remedy, cause: error)
    }
  }

  /// The error for people of a file that is read, with the place where it was met.
  func error(_ place: some CustomStringConvertible) -> FlintError {
    switch self {
    case .damaged(let why): FlintError(.corruptData, "\(place) is damaged", why: why)
    case .truncated(let why):
      FlintError(.corruptData, "\(place) is damaged", why: "\(why) ends where more must follow")
    case .unsupported(let why): FlintError(.unsupportedType, "\(place) cannot be read", why: why)
    case .tooLarge(let why):
      FlintError(
        .memoryBudgetExceeded, "\(place) needs more memory than may be used to read it", why: why,
        remedy: "raise the limit if the file comes from a place that you trust")
    case .other(let error):
      FlintError(error.code, "\(place) cannot be read", why: error.why, remedy: error.remedy, cause: error)
    }
  }
}
