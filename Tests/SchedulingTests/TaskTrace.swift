import FlintCore
import FlintScheduling

/// A task scheduler on a clock of its own. Wishes to be woken are kept apart from what a trace shows.
struct TaskTrace {
  private(set) var scheduler: TaskScheduler
  private(set) var wakes: [MonotonicInstant] = []
  private var now = seconds(0)

  /// A scheduler with these executors, each with its slots, on a node of its number's half: e0 and e1 on n0, e2 on n1. It
  /// sends nothing ahead, unless `change` lets it.
  init(
    _ executors: [(ExecutorIncarnation, slots: Int)] = [], pools: SchedulingPools = SchedulingPools(),
    speculates: Bool = false, change: (inout Limits) -> Void = { _ in }
  ) {
    var limits = Limits()
    limits.tasksAhead = 0
    change(&limits)
    scheduler = TaskScheduler(limits: limits, pools: pools, speculates: speculates)
    for (executor, slots) in executors { _ = add(executor, slots: slots) }
  }

  mutating func callAsFunction(_ event: TaskScheduler.Event) -> [TaskScheduler.Action] {
    scheduler.handle(event, at: now).filter { action in
      guard case .wake(let time) = action else { return true }
      wakes.append(time)
      return false
    }
  }

  mutating func add(_ executor: ExecutorIncarnation, slots: Int) -> [TaskScheduler.Action] {
    self(.executorAdded(executor, node: NodeID(rawValue: executor.executor.rawValue / 2), slotCount: slots))
  }

  /// Lets the clock stand at `time` from now on.
  mutating func wait(until time: Double) { now = seconds(time) }

  /// Lets the clock stand at `time`, and wakes the scheduler.
  mutating func tick(at time: Double) -> [TaskScheduler.Action] {
    wait(until: time)
    return self(.tick)
  }

  mutating func submit(
    _ partitions: [PartitionID], stage number: UInt64 = 0, attempt: UInt32 = 0, job: UInt64 = 0,
    pool: PoolName = .standard, places: [PartitionID: [TaskPlace]] = [:], isBarrier: Bool = false
  ) -> [TaskScheduler.Action] {
    self(
      .submitted(
        TaskSet(
          stage: stage(number, attempt), job: JobID(rawValue: job), pool: pool, partitions: partitions,
          places: places, isBarrier: isBarrier)))
  }

  mutating func succeed(_ attempt: TaskAttempt) -> [TaskScheduler.Action] { self(.ended(attempt, .succeeded)) }

  mutating func fail(_ attempt: TaskAttempt, _ failure: TaskFailure) -> [TaskScheduler.Action] {
    self(.ended(attempt, .failed(failure)))
  }
}

func stage(_ number: UInt64, _ attempt: UInt32 = 0) -> StageAttempt {
  StageAttempt(stage: StageID(rawValue: number), number: attempt)
}

func partitions(_ count: UInt64) -> [PartitionID] { (0..<count).map(PartitionID.init) }

/// A failure by the task's own fault, which another try may not have.
let threw = TaskFailure.threw(isRetryable: true)
