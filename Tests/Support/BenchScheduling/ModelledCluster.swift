import FlintCore
import FlintScheduling

/// Executors that take tasks and end them in no order: at each step any one of the quarter that has run longest, so that a
/// task takes about as long as any other.
///
/// It keeps four bytes for each running try, so that what is measured is the scheduler.
struct ModelledCluster {
  static let options: Set<String> = ["places", "failures", "speculation", "four-slots"]
  private(set) var scheduler: TaskScheduler
  private(set) var eventCount = 0
  private(set) var finishedCount = 0
  private let executorCount: Int
  private let hasPlaces: Bool
  private let failsSome: Bool
  /// Running tries in the order of their starts, in a ring: the partition, shifted, and the number of the try.
  private var running: [UInt32]
  private var first = 0
  private var count = 0
  private var actions: [TaskScheduler.Action] = []
  private var now: Int64 = 0
  private var nextWake: Int64 = .max
  private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  init(executorCount: Int, options: Set<String>) {
    self.executorCount = executorCount
    hasPlaces = options.contains("places")
    failsSome = options.contains("failures")
    let slotCount = options.contains("four-slots") ? 4 : 1
    let slots = executorCount * slotCount
    running = Array(repeating: 0, count: 1 << (Int.bitWidth - slots.leadingZeroBitCount))
    var limits = Limits()
    // Each launch is to be an answer to an end.
    limits.tasksAhead = 0
    scheduler = TaskScheduler(limits: limits, speculates: options.contains("speculation"))
    for number in 0..<executorCount {
      _ = scheduler.handle(
        .executorAdded(Self.executor(number), node: NodeID(rawValue: UInt64(number)), slotCount: slotCount),
        at: MonotonicInstant(nanoseconds: 0))
    }
  }

  /// Runs one stage from its submission to the end of its last task.
  mutating func run(stage number: UInt64, taskCount: Int) {
    let stage = StageAttempt(stage: StageID(rawValue: number), number: 0)
    handle(.submitted(taskSet(stage, taskCount)))
    while count > 0 {
      let chosen = takeOne()
      let task = TaskID(stage: stage, partition: PartitionID(rawValue: UInt64(chosen >> 4)))
      let fails = failsSome && chosen % 16 == 0 && random() % 100 == 0
      now += 1_000
      if nextWake <= now {
        nextWake = .max
        handle(.tick)
      }
      handle(.ended(TaskAttempt(task: task, number: chosen % 16), fails ? .failed(.resultLost) : .succeeded))
    }
  }

  /// One of those that have run longest.
  private mutating func takeOne() -> UInt32 {
    let mask = running.count - 1
    let other = (first + Int(truncatingIfNeeded: random() % UInt64(count / 4 + 1))) & mask
    running.swapAt(first, other)
    defer {
      first = (first + 1) & mask
      count -= 1
    }
    return running[first]
  }

  /// Gives the scheduler an event and starts what it wants started.
  private mutating func handle(_ event: TaskScheduler.Event) {
    actions.removeAll(keepingCapacity: true)
    scheduler.handle(event, at: MonotonicInstant(nanoseconds: now), into: &actions)
    eventCount += 1
    for action in actions {
      switch action {
      case .launch(let attempt, _):
        eventCount += 1
        running[(first + count) & (running.count - 1)] = UInt32(attempt.task.partition.rawValue) << 4 | attempt.number
        count += 1
      case .finished: finishedCount += 1
      case .wake(let time): nextWake = min(nextWake, time.nanoseconds)
      // A try that is to be killed goes on to its end here, which then comes too late.
      case .kill, .recall, .stageMustRetry, .gaveUp, .refused, .endExecutor, .emptied: break
      }
    }
  }

  private func taskSet(_ stage: StageAttempt, _ taskCount: Int) -> TaskSet {
    let partitions = (0..<UInt64(taskCount)).map(PartitionID.init)
    var places: [PartitionID: [TaskPlace]] = [:]
    if hasPlaces {
      for partition in partitions {
        let node = NodeID(rawValue: partition.rawValue &* 7919 % UInt64(executorCount))
        places[partition] = [.node(node)]
      }
    }
    return TaskSet(stage: stage, job: JobID(rawValue: stage.stage.rawValue), partitions: partitions, places: places)
  }

  private static func executor(_ number: Int) -> ExecutorIncarnation {
    ExecutorIncarnation(executor: ExecutorID(rawValue: UInt64(number)), number: 0)
  }

  private mutating func random() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}
