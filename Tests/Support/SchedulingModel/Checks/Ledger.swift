import FlintCore
import FlintLineage

#if FLINT_PLANTED_BUGS
  import PlantedScheduling
#else
  import FlintScheduling
#endif

/// What the checker knows: its own books on what the deciders were told and what they asked for, none of theirs.
///
/// The first thing that is not as it must be stays in ``violation``.
struct Ledger {
  /// A try that holds a slot.
  struct Run {
    let executor: ExecutorIncarnation
    var isKilled = false
  }

  /// The attempt of a stage that was started and neither cancelled nor heard to its end.
  struct LiveStage {
    let attempt: StageAttempt
    let isResult: Bool
    var waiting: Set<PartitionID>
    var hasFailed = false
  }

  /// A map output that readers may be sent to.
  struct Output {
    let attempt: TaskAttempt
    let place: MapOutput.Place
    let version: UInt64
    /// Whether there is a reason to compute it again.
    var isDoubtful = false
  }

  struct OutputKey: Hashable {
    let shuffle: ShuffleID
    let map: PartitionID
  }

  let limits: Limits
  private(set) var violation: String?
  var probes = Probes()

  var slots: [ExecutorIncarnation: Int] = [:]
  var lostExecutors: Set<ExecutorIncarnation> = []
  var condemnedExecutors: Set<ExecutorIncarnation> = []
  var running: [TaskAttempt: Run] = [:]
  var runCounts: [ExecutorIncarnation: Int] = [:]
  var launchCounts: [TaskID: Int] = [:]
  var finishedTasks: Set<TaskID> = []

  var liveStages: [StageID: LiveStage] = [:]
  var startCounts: [StageID: Int] = [:]
  var retryCounts: [StageID: Int] = [:]
  /// How often something happened for which a stage may have to run once more.
  var disturbances = 0
  var outputs: [OutputKey: Output] = [:]
  var writes: [StageID: ShuffleID] = [:]

  var jobs: [JobID: PlannedJob] = [:]
  var endedJobs: Set<JobID> = []
  var given: [ResultKey: TaskAttempt] = [:]
  var resultStages: [JobID: StageID] = [:]
  var holders: [TaskID: TaskAttempt] = [:]
  var cancelled: Set<JobID> = []
  var hasCancelledStage = false
  var wasWithoutExecutors = false

  init(limits: Limits) { self.limits = limits }

  mutating func fail(_ what: @autoclosure () -> String) {
    if violation == nil { violation = what() }
  }

  mutating func require(_ condition: Bool, _ what: @autoclosure () -> String) {
    if !condition { fail(what()) }
  }
}
