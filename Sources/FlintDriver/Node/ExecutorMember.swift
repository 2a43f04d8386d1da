public import FlintCore
internal import FlintExecution

/// What the driver's node knows of a living executor, beside the registry.
struct ExecutorMember {
  var channel: any ExecutorChannel
  let node: NodeID
  /// Where it serves its blocks; nil when its node does.
  let blocks: Endpoint?
  /// The stages that it was told of on this channel.
  var described: Set<StageID> = []
  /// What it runs.
  var running: Set<TaskAttempt> = []
  /// The number of its last report.
  var lastReport: UInt64?
  /// The most memory that its process has had resident.
  var peakMemory: UInt64 = 0
  /// Its connection is gone; the reason is waited for.
  var isClosed = false
}

/// Why an executor is gone, and when that happened.
public struct ExecutorLoss: Sendable {
  /// The reason in words: `signal 9`, `connection closed`.
  public var cause: String
  /// When its process ended, where that is known.
  public var exitedAt: (wall: WallTime, monotonic: MonotonicInstant)?
  /// The try that ran on the thread that trapped, if user code trapped.
  public var trapped: TaskAttempt?
  /// What the process said last on standard error.
  public var lastWords: String?

  /// An end with this reason.
  public init(
    cause: String, exitedAt: (wall: WallTime, monotonic: MonotonicInstant)? = nil, trapped: TaskAttempt? = nil,
    lastWords: String? = nil
  ) {
    self.cause = cause
    self.exitedAt = exitedAt
    self.trapped = trapped
    self.lastWords = lastWords
  }
}
