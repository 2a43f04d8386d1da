/// How an application ended.
public enum ApplicationStatus: String, Hashable, Sendable {
  /// Its program came to its end.
  case succeeded
  /// Its program threw.
  case failed
  /// It was told to end.
  case killed
}
