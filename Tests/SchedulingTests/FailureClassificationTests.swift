import FlintCore
import FlintScheduling
import Testing

/// The table, row by row, written down a second time by hand.
@Suite("What a failure means")
struct FailureClassificationTests {
  @Test(
    "each failure has its verdict",
    arguments: [
      (TaskFailure.threw(isRetryable: true), FailureVerdict.retryTask(counts: true)),
      (.threw(isRetryable: false), .failJob), (.trapped, .retryTask(counts: true)),
      (.executorLost(e1), .retryTask(counts: false)), (.fetchFailed(s1, map: p0), .retryStage),
      (.commitDenied, .retryTask(counts: false)), (.killed, .ignore), (.ignoredCancellation, .ignore),
      (.takenBack, .retryTask(counts: false)),
      (.memoryExceeded, .retryTask(counts: true)), (.diskFull, .retryTask(counts: true)),
      (.diskFailed, .retryTask(counts: true)), (.resultLost, .retryTask(counts: false)),
      (.resultUnsupported, .failJob), (.resultsTooLarge, .failJob), (.rowsLost(s1), .retryStage),
    ])
  func verdict(failure: TaskFailure, verdict: FailureVerdict) {
    #expect(FailureClassification.verdict(on: failure) == verdict)
  }

  @Test(
    "an executor is blamed for its disk, its memory and errors that another try may not meet, and for nothing else",
    arguments: [
      (TaskFailure.diskFull, true), (.diskFailed, true), (.memoryExceeded, true), (.threw(isRetryable: true), true),
      (.threw(isRetryable: false), false), (.trapped, false), (.executorLost(e1), false),
      (.fetchFailed(s1, map: p0), false), (.commitDenied, false), (.killed, false), (.ignoredCancellation, false),
      (.takenBack, false),
      (.resultLost, false), (.resultUnsupported, false), (.resultsTooLarge, false), (.rowsLost(s1), false),
    ])
  func blame(failure: TaskFailure, isBlamed: Bool) {
    #expect(FailureClassification.blamesExecutor(failure) == isBlamed)
  }
}
