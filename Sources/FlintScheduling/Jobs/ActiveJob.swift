internal import FlintCore
internal import FlintLineage

/// A job that has not ended.
struct ActiveJob: Sendable {
  /// What was asked for.
  let request: JobRequest
  /// The stage that gives its result.
  let result: StageID
  /// Every stage of its plan, parents first.
  let stages: [StageID]
}
