internal import FlintScheduling

extension TaskFailure {
  /// What kind of failure it is, in a word for programs.
  var word: StaticString {
    switch self {
    case .threw: "threw"
    case .trapped: "trapped"
    case .executorLost: "executorLost"
    case .fetchFailed: "fetchFailed"
    case .commitDenied: "commitDenied"
    case .killed: "killed"
    case .ignoredCancellation: "ignoredCancellation"
    case .memoryExceeded: "memoryExceeded"
    case .diskFull: "diskFull"
    case .diskFailed: "diskFailed"
    case .resultLost: "resultLost"
    case .resultUnsupported: "resultUnsupported"
    case .resultsTooLarge: "resultsTooLarge"
    case .rowsLost: "rowsLost"
    }
  }
}
