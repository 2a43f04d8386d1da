package import FlintCore
internal import FlintTasks
public import FlintWire

/// An error that says itself what it is to the driver.
public protocol ReportableFailure: Error {
  /// As the driver gets it.
  var report: FailureReport { get }
}

/// Another try may commit.
struct CommitDenied: ReportableFailure {
  let attempt: TaskAttempt

  var report: FailureReport {
    FailureReport(kind: .commitDenied, error: RemoteError(.taskFailed, "another try commits in place of \(attempt)"))
  }
}

extension FailureReport {
  /// A try was told to end.
  static func killed(_ attempt: TaskAttempt) -> FailureReport {
    FailureReport(kind: .killed, error: RemoteError(.jobCancelled, "\(attempt) was told to end"))
  }

  /// A try was wanted back before it had begun.
  static func takenBack(_ attempt: TaskAttempt) -> FailureReport {
    FailureReport(kind: .takenBack, error: RemoteError(.jobCancelled, "\(attempt) was taken back"))
  }

  /// What `error` of a task's code is to the driver.
  package init(_ error: any Error, at location: SourceLocation) {
    #if FLINT_PLANTED_RUNTIME
      if RuntimeBug.has(.fetchFailureForgotten), !(error is CommitDenied), error is any ReportableFailure {
        self.init(kind: .threw(isRetryable: true), error: RemoteError(.inputOutput, "\(error)"))
        return
      }
    #endif
    if let error = error as? any ReportableFailure {
      self = error.report
      return
    }
    guard let flint = error as? FlintError else {
      let what = "user code threw \(error)"
      self.init(
        kind: .threw(isRetryable: !(error is any NotRetryable)),
        error: RemoteError(.userCode, what, why: "in the stage that ends at \(location)"))
      return
    }
    let place = flint.location.map { "at \($0)" } ?? "in the stage that ends at \(location)"
    let causes = flint.cause.map { "; \($0)" } ?? ""
    let remote = RemoteError(
      flint.code, flint.what, why: (flint.why.map { "\($0), " } ?? "") + place + causes,
      remedy: flint.remedy)
    self.init(kind: FailureReport.kind(of: flint.code), error: remote)
  }

  private static func kind(of code: FlintError.Code) -> Kind {
    switch code {
    case .memoryBudgetExceeded: .memoryExceeded
    case .diskFull: .diskFull
    case .inputOutput: .diskFailed
    case .unknownSetting, .invalidSetting, .invalidArgument, .limitRelation, .unsupportedType, .layoutMismatch,
      .unsupportedPlatform, .unshippableClosure, .differentBuild, .executorsUnavailable, .arithmeticOverflow,
      .divisionByZero, .invalidCast, .invalidQuery, .unknownName, .ambiguousName, .typeMismatch, .tooLarge:
      .threw(isRetryable: false)
    case .deadlineExceeded, .fileNotFound, .fileExists, .permissionDenied, .corruptData, .addressInUse,
      .connectionRefused, .connectionLost, .unreachable, .unauthenticated, .processLaunchFailed, .userCode,
      .tooManyOpenFiles, .resourceExhausted, .taskFailed, .stageFailed, .releasedResult, .jobCancelled,
      .simulationFailed:
      .threw(isRetryable: true)
    }
  }
}
