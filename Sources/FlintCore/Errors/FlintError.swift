/// The one error type of Flint.
///
/// It is classified by its ``code`` before it becomes text, so that whoever catches it decides by the code and never by
/// the words. The words are for people: what happened, where in their program, why, and what to try.
public struct FlintError: Error, Sendable {
  /// What kind of failure this is; decisions are taken on this alone.
  public let code: Code
  /// The user's file and line that asked for what failed, where one is known.
  public let location: SourceLocation?
  /// What happened, as one sentence without a full stop at its end.
  public let what: String
  /// Why it happened, where that is known.
  public let why: String?
  /// What the reader can do about it, where something can be done.
  public let remedy: String?
  /// The failure below this one.
  public let cause: (any Error)?

  /// An error; see the properties for what each part says.
  public init(
    _ code: Code, _ what: String, why: String? = nil, remedy: String? = nil, at location: SourceLocation? = nil,
    cause: (any Error)? = nil
  ) {
    self.code = code
    self.what = what
    self.why = why
    self.remedy = remedy
    self.location = location
    self.cause = cause
  }
}
