public import FlintCore
internal import FlintTasks

/// What was asked of a ``DirectRuntime``.
public struct DirectRecord: Sendable {
  /// Jobs that were submitted.
  public var jobs = 0
  /// The same jobs one by one, of a runtime that was made to read them.
  package internal(set) var requests: [DirectRequest] = []
  /// Tasks whose code threw.
  package internal(set) var failures: [DirectFailure] = []
  /// Tasks that were begun, of both kinds.
  public var tasks = 0
  /// The partitions of which results were asked for, job after job.
  public var resultPartitions: [PartitionID] = []
  /// Spill files that were made.
  public var spillFiles = 0
  /// What was let go.
  public var releasedDatasets: [DatasetID] = []
  /// What was let go.
  public var releasedShuffles: [ShuffleID] = []
  /// What was let go.
  public var releasedBroadcasts: [BroadcastID] = []
  /// Outputs that have their names.
  public var committedOutputs: [String] = []
  /// The names of the operations whose functions ran.
  public var entered: Set<String> = []
  /// What all tasks have counted.
  public var metrics = TaskMetrics()
}
