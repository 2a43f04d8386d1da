internal import FlintCore
internal import FlintLineage

/// What the scheduler knows of one stage: who needs it, how its attempts went, and what is done.
struct StageRun: Sendable {
  /// The one attempt that counts.
  struct Attempt: Sendable {
    let id: StageAttempt
    /// The partitions of which it has not been heard.
    var pending: PartitionSet
    /// Whether it failed: what still runs of it may come to its end while its input is computed again.
    var isEnding = false
    /// Of a gang, what its members have made: it counts when all of them are there.
    var gang: [FinishedTask] = []
  }

  /// A task's accepted result.
  struct FinishedTask: Sendable {
    let attempt: TaskAttempt
    let executor: ExecutorIncarnation
    let output: MapOutput?
  }

  let stage: Stage
  let isBarrier: Bool
  /// The exchange that it writes; nil for a result.
  let writes: ShuffleID?
  /// The jobs whose plans have it, in rising order.
  var jobs: [JobID] = []
  /// The partitions that its readers want: all that it has, or what a job asked for.
  let wanted: PartitionSet
  /// Of a result stage, the partitions whose results were given out.
  var finished: PartitionSet
  /// Of a result stage, the partitions whose results cannot be taken back.
  var released: PartitionSet

  /// How many attempts there were.
  var attemptCount: UInt32 = 0
  var live: Attempt?
  /// Attempts that failed since the stage was last complete.
  var failedAttempts = 0
  /// The first attempt whose word still counts: what older ones left behind is void.
  var trustedFrom: UInt32 = 0
  /// Nodes from which its tasks could not read since it was last complete, each with the epoch of the last complaint.
  var blamedNodes: [NodeID: MapOutputEpoch] = [:]
  /// Exchanges of which its tasks read too many or too few rows since it was last complete.
  var doubtedShuffles: [ShuffleID] = []

  init(_ stage: Stage, wanted partitions: [PartitionID]) {
    self.stage = stage
    isBarrier = stage.isBarrier
    switch stage.kind {
    case .shuffleMap(let shuffle): writes = shuffle
    case .result: writes = nil
    }
    wanted = PartitionSet(partitions, capacity: stage.taskCount)
    finished = PartitionSet(capacity: writes == nil ? stage.taskCount : 0)
    released = finished
  }

  var isIndeterminate: Bool { stage.node.determinacy == .indeterminate }

  /// Starts over with counting: the stage is complete.
  mutating func forgive() {
    failedAttempts = 0
    blamedNodes = [:]
    doubtedShuffles = []
  }
}
