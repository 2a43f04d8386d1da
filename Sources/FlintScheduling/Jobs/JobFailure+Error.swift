public import FlintCore

extension JobFailure {
  /// The failure as the error that the user gets: its code says what kind it is, its text names stage, partition, attempt
  /// and executor.
  public var error: FlintError {
    switch cause {
    case .task(let failure, let tryCount):
      FlintError(
        JobFailure.code(of: failure), "\(place) failed \(tryCount) \(tryCount == 1 ? "time" : "times")",
        why: "\(failure)\(executor.map { " on \($0)" } ?? "")", remedy: JobFailure.remedy(for: failure), at: location)
    case .stage(let failure, let attemptCount):
      FlintError(
        .stageFailed, "\(place) lost its input \(attemptCount) times", why: "the last time: \(failure)",
        remedy: "look at the disks and the network of the nodes that hold the map outputs", at: location)
    case .refused(.tooFewSlots(let needed, let present)):
      FlintError(
        .executorsUnavailable, "\(place) needs \(needed) slots at once, and there are \(present)",
        remedy: "give the application more cores, or the dataset fewer partitions", at: location)
    case .refused(.everyExecutorExcluded(let count, let last, let failure)):
      FlintError(
        .executorsUnavailable, "\(place) has no executor left: all \(count) are excluded after failures",
        why: "the last one: \(last), \(failure)", at: location)
    case .releasedResult(let shuffle, let partition):
      FlintError(
        .releasedResult, "the result of \(partition) was given out, and its rows did not come out again",
        why: "a rerun after a loss gave other rows for \(shuffle)", remedy: JobFailure.settling, at: location)
    case .releasedGang(let partition):
      FlintError(
        .releasedResult, "the result of \(partition) was given out, and the other members of its gang must run again",
        why: "another run would give other rows", remedy: JobFailure.settling, at: location)
    case .jobCancelled: FlintError(.jobCancelled, "the job was cancelled", at: location)
    case .groupCancelled(let group):
      FlintError(.jobCancelled, "the jobs of group \(group) were cancelled", at: location)
    case .stageCancelled: FlintError(.jobCancelled, "\(place) was cancelled, and the job needs it", at: location)
    case .noExecutors:
      FlintError(
        .executorsUnavailable, "no executor has been there for too long",
        remedy: "look at why executors ended, and whether the cluster has room", at: location)
    }
  }

  private static let settling =
    "make the operation give the same rows each time, for example by sorting before it, or checkpoint its output"

  private var place: String { attempt.map(\.description) ?? stage.map(\.description) ?? "the job" }

  private static func code(of failure: TaskFailure) -> FlintError.Code {
    switch failure {
    case .threw: .userCode
    case .memoryExceeded: .memoryBudgetExceeded
    case .diskFull: .diskFull
    case .diskFailed: .inputOutput
    case .resultUnsupported: .unsupportedType
    case .resultsTooLarge: .tooLarge
    case .trapped, .executorLost, .fetchFailed, .commitDenied, .killed, .ignoredCancellation, .takenBack, .resultLost,
      .rowsLost:
      .taskFailed
    }
  }

  private static func remedy(for failure: TaskFailure) -> String? {
    switch failure {
    case .memoryExceeded: "use more partitions, or give the executors more memory"
    case .diskFull: "free space in the executors' working folders"
    case .resultsTooLarge: "write the result out, or take a part of it"
    case .threw, .trapped, .executorLost, .fetchFailed, .commitDenied, .killed, .ignoredCancellation, .takenBack,
      .diskFailed,
      .resultLost, .resultUnsupported, .rowsLost:
      nil
    }
  }
}
