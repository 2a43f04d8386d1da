/// The bugs that the deciders can be given, to prove that they are found. They exist in this copy of the deciders alone.
package enum PlantedBug: String, CaseIterable, Sendable {
  case epochDropped = "epoch-dropped"
  case lateResultAccepted = "late-result-accepted"
  case fenceMissing = "fence-missing"
  case deniedCommitCounted = "denied-commit-counted"
  case twoLiveAttempts = "two-live-attempts"
  case retryWithoutEnd = "retry-without-end"
  case staleMapOutput = "stale-map-output"
  case leakedSlot = "leaked-slot"
  case lossHandledTwice = "loss-handled-twice"
  case speculationCommitsTwice = "speculation-commits-twice"
  case unorderedTakenForDeterminate = "unordered-taken-for-determinate"
  case cancelledTasksKept = "cancelled-tasks-kept"
  case takenBackForgotten = "taken-back-forgotten"

  /// The bug that the deciders have now.
  @TaskLocal package static var current: PlantedBug?

  /// What it breaks, in one line.
  package var effect: String {
    switch self {
    case .epochDropped: "a complaint about an output that was replaced costs the new one"
    case .lateResultAccepted: "results of attempts that are over count"
    case .fenceMissing: "a lost executor may register again in the same life"
    case .deniedCommitCounted: "a denied commit counts as a failure of the task"
    case .twoLiveAttempts: "a stage starts again while it runs"
    case .retryWithoutEnd: "a stage may be tried for ever"
    case .staleMapOutput: "outputs in the memory of a lost executor stay in the book"
    case .leakedSlot: "a task whose commit was denied keeps its slot"
    case .lossHandledTwice: "each notice of a loss is a loss"
    case .speculationCommitsTwice: "each copy of a task may commit"
    case .unorderedTakenForDeterminate:
      "rows that depend on the order of arrival are taken for the same when they are not"
    case .cancelledTasksKept: "tasks of a cancelled job run on"
    case .takenBackForgotten: "a task that was taken back is never started again"
    }
  }
}
