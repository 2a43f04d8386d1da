/// How an attempt at a stage ended.
enum StageEnding: Hashable, Sendable {
  /// All that it was to compute is there.
  case succeeded
  /// It ran into this failure, in words.
  case failed(String)
  /// Nobody waits for it any more.
  case cancelled
}
