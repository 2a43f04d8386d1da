/// How a try at a task ended.
public enum TaskEnd: Hashable, Sendable {
  /// It did its work; what it made travels beside this.
  case succeeded
  /// It did not; ``FailureClassification`` says what follows.
  case failed(TaskFailure)
}
