internal import FlintCore

/// An error on its way from an executor to its driver. Its causes become one text.
struct ErrorRecord: Sendable {
  let code: String
  let what: String
  let why: String?
  let remedy: String?
  let file: String?
  let line: Int
  let cause: String?

  init(_ error: FlintError) {
    code = error.code.rawValue
    what = error.what
    why = error.why
    remedy = error.remedy
    file = error.location?.file
    line = error.location?.line ?? 0
    cause = error.cause.map { "\($0)" }
  }

  /// The error; nil when its code is none that this build knows.
  var error: FlintError? {
    guard let code = FlintError.Code(rawValue: code) else { return nil }
    return FlintError(
      code, what, why: why, remedy: remedy, at: file.map { SourceLocation(file: $0, line: line) },
      cause: cause.map { FlintError(code, $0) })
  }
}
