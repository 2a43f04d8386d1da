import FlintCore
import FlintLineage

#if FLINT_PLANTED_BUGS
  import PlantedScheduling
#else
  import FlintScheduling
#endif

/// A try at a task on an executor of the model.
struct ModelTask {
  enum Phase {
    case locating, fetching, working, waitingForWord, committing
  }

  let description: TaskDescription
  /// Whether it goes on for long after it was told to end.
  let isStubborn: Bool
  var phase = Phase.locating
  var isKilled = false
  /// Whether it goes on for ever, and hears nothing.
  var isDeaf = false
  /// When it began to wait for input that it cannot reach; nil while it does not.
  var waitsSince: Int64?

  // What it found when it looked for its input.
  var epoch = MapOutputEpoch(rawValue: 0)
  var fetches: [Fetch] = []
  var input = RowModel.Input()
  var keptSources: [Int] = []
  /// The computation that it is; nil before it has computed.
  var execution: Int?

  struct Fetch {
    let shuffle: ShuffleID
    let map: PartitionID
    let output: MapOutput
  }

  var attempt: TaskAttempt { description.attempt }
}

/// What an executor is told of a task.
struct TaskDescription {
  let attempt: TaskAttempt
  let stage: Stage
  let job: JobID
  let saves: Bool
}

/// What a task reports beside how it ended.
struct TaskReport {
  var output: MapOutput?
  /// When it asked for its input; nil when there was none.
  var epoch: MapOutputEpoch?
  /// The output that could not be had.
  var complaint: TaskAttempt?
}
