/// What follows from a task's failure.
public enum FailureVerdict: Hashable, Sendable {
  /// Run the task again. When it `counts`, it does so until the task has used up its attempts, and then the job fails.
  case retryTask(counts: Bool)
  /// Compute the map output again that could not be fetched, then this stage; the stage's attempts are counted.
  case retryStage
  /// Nothing another try could change: the job fails.
  case failJob
  /// Nobody waits for this task any more.
  case ignore
}
