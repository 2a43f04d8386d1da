public import FlintCore

/// What an application did, in numbers: printed at its end, and written as JSON where `flint.summary.path` says.
public struct ApplicationSummary: Sendable {
  /// An executor that was lost.
  public struct Loss: Hashable, Sendable {
    /// Which one.
    public var id: ExecutorIncarnation
    /// Why, in words.
    public var cause: String
  }

  /// The application's name.
  public var application = ""
  /// How it ended.
  public var status = ApplicationStatus.succeeded
  /// What went wrong; nil when nothing did.
  public var error: String?
  /// Actions that ran.
  public var jobs = 0
  /// Attempts at stages that ran.
  public var stages = 0
  /// How the tries at tasks ended.
  public var tasks = TaskTally()
  /// The executors that were lost.
  public var executorsLost: [Loss] = []
  /// Map outputs and kept partitions that were there, were lost, and were computed again.
  public var partitionsRecomputed = 0
  /// What the tries at tasks that counted read, wrote and used.
  public var metrics = TaskMetrics()
  /// The most memory that each process has had resident: the driver's, and those of executors that have one.
  public var peakMemoryBytes: [String: UInt64] = [:]
  /// From start to end.
  public var wall: Duration = .zero
  /// Processor time of all processes, the driver's too.
  public var cpu: Duration = .zero
}
