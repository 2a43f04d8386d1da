import FlintCore
import FlintScheduling

/// What an observer knows who sees only events and actions: books of its own, and what must never be.
struct StormBooks {
  struct Executor {
    let slotCount: Int
    var isSuspect = false
    var isDraining = false
    var isCondemned = false
  }

  struct Stage {
    let set: TaskSet
    var isLive = true
    var finished: Set<PartitionID> = []
  }

  let speculates: Bool
  let limits: Limits
  private(set) var complaints: [String] = []
  private(set) var executors: [ExecutorIncarnation: Executor] = [:]
  private(set) var running: [TaskAttempt: ExecutorIncarnation] = [:]
  private(set) var killed: Set<TaskAttempt> = []
  private(set) var stages: [StageAttempt: Stage] = [:]
  private(set) var wakes: [MonotonicInstant] = []
  private var launched: Set<TaskAttempt> = []
  private var failures: [TaskID: Int] = [:]
  private var takenBack: [TaskID: Int] = [:]

  init(speculates: Bool, limits: Limits) {
    self.speculates = speculates
    self.limits = limits
  }

  var liveStages: [StageAttempt] { stages.filter(\.value.isLive).keys.sorted() }
  var attempts: [TaskAttempt] { running.keys.sorted() }
  var incarnations: [ExecutorIncarnation] { executors.keys.sorted() }

  // MARK: Events

  mutating func note(_ event: TaskScheduler.Event) {
    switch event {
    case .submitted(let set): stages[set.stage] = Stage(set: set)
    case .cancelled(let stage): stages[stage]?.isLive = false
    case .executorAdded(let executor, _, let slotCount): executors[executor] = Executor(slotCount: slotCount)
    case .executorSuspected(let executor): executors[executor]?.isSuspect = true
    case .executorTrusted(let executor): executors[executor]?.isSuspect = false
    case .executorDrained(let executor): executors[executor]?.isDraining = true
    case .executorRemoved(let executor):
      executors[executor] = nil
      running = running.filter { $0.value != executor }
    case .ended(let attempt, let end):
      guard running.removeValue(forKey: attempt) != nil, case .failed(let failure) = end else { return }
      if failure == .takenBack { takenBack[attempt.task, default: 0] += 1 }
      if case .retryTask(counts: true) = FailureClassification.verdict(on: failure) {
        failures[attempt.task, default: 0] += 1
      }
    case .slotsBounded, .tick: break
    }
  }

  /// The next time at which the scheduler wants to be woken; nil when it wants nothing.
  var nextWake: MonotonicInstant? { wakes.min() }

  /// Forgets the wishes that are fulfilled.
  mutating func woken(at now: MonotonicInstant) { wakes.removeAll { $0 <= now } }

  // MARK: Actions

  mutating func check(_ actions: [TaskScheduler.Action], after event: TaskScheduler.Event, at now: MonotonicInstant) {
    for action in actions {
      switch action {
      case .launch(let attempt, let executor): launch(attempt, executor)
      case .kill(let attempt, let executor):
        demand(running[attempt] == executor, "\(attempt) is killed on \(executor) and does not run there")
        demand(killed.insert(attempt).inserted, "\(attempt) is killed twice")
      case .recall(let executor):
        demand(executors[executor]?.isCondemned == false, "\(executor) is ended, or is not there, and is to give back")
        demand(running.values.contains(executor), "\(executor) is to give back and has nothing")
      case .finished(let attempt): finish(attempt, after: event)
      case .stageMustRetry(let stage, let attempt, let failure):
        // An attempt that is over is named once more for what another of its tries could not read.
        if stages[stage]?.isLive == true {
          end(stage)
        } else {
          demand(event == .ended(attempt, .failed(failure)), "\(stage) ends twice")
        }
        demand(attempt.task.stage == stage, "\(stage) is retried for \(attempt)")
        let isBarrier = stages[stage]?.set.isBarrier ?? false
        demand(
          isBarrier || FailureClassification.verdict(on: failure) == .retryStage, "\(stage) is retried for \(failure)")
      case .gaveUp(let stage, let attempt, _, let tries):
        end(stage)
        demand(attempt.task.stage == stage && tries <= limits.taskAttempts, "\(stage) gave up after \(tries)")
      case .refused(let stage, _): end(stage)
      case .endExecutor(let executor, let attempt):
        demand(executors[executor]?.isCondemned == false, "\(executor) is ended twice, or is not there")
        demand(running[attempt] == executor && killed.contains(attempt), "\(executor) is ended for \(attempt)")
        executors[executor]?.isCondemned = true
      case .emptied(let executor):
        demand(executors[executor]?.isDraining == true, "\(executor) is emptied and stays")
        demand(!running.values.contains(executor), "\(executor) is emptied and runs tasks")
      case .wake(let time): wakes.append(time)
      }
    }
    checkBarriers(actions)
    for (executor, book) in executors {
      let count = running.values.count { $0 == executor }
      let ahead = speculates ? 0 : limits.tasksAhead
      demand(count <= book.slotCount + ahead, "\(executor) has \(book.slotCount) slots and \(count) tasks")
    }
  }

  private mutating func launch(_ attempt: TaskAttempt, _ executor: ExecutorIncarnation) {
    demand(launched.insert(attempt).inserted, "\(attempt) is launched twice")
    guard let book = executors[executor], !book.isSuspect, !book.isDraining, !book.isCondemned else {
      return complain("\(attempt) is launched on \(executor), which takes no tasks")
    }
    guard let stage = stages[attempt.task.stage], stage.isLive else {
      return complain("\(attempt) is launched, and its stage is over")
    }
    demand(!stage.finished.contains(attempt.task.partition), "\(attempt) is launched, and its result is there")
    let others = running.filter { $0.key.task == attempt.task }
    demand(others.isEmpty || speculates && others.count == 1, "\(attempt) is launched beside \(others.count)")
    demand(!others.values.contains(executor), "\(attempt) is launched on \(executor) beside its twin")
    let starts = limits.taskStarts + takenBack[attempt.task, default: 0]
    demand(Int(attempt.number) < starts, "\(attempt) is one start too many")
    running[attempt] = executor
  }

  private mutating func finish(_ attempt: TaskAttempt, after event: TaskScheduler.Event) {
    guard let stage = stages[attempt.task.stage], stage.isLive else {
      return complain("\(attempt) has finished, and its stage is over")
    }
    demand(stage.set.isBarrier || event == .ended(attempt, .succeeded), "\(attempt) has finished without success")
    let isFirst = stages[attempt.task.stage]?.finished.insert(attempt.task.partition).inserted
    demand(isFirst == true, "\(attempt) is the second result")
    if stage.finished.count + 1 == stage.set.partitions.count { stages[attempt.task.stage]?.isLive = false }
  }

  private mutating func end(_ stage: StageAttempt) {
    demand(stages[stage]?.isLive == true, "\(stage) ends twice")
    stages[stage]?.isLive = false
  }

  private mutating func checkBarriers(_ actions: [TaskScheduler.Action]) {
    let started = Dictionary(grouping: actions.launches, by: \.task.stage).mapValues(\.count)
    for (stage, count) in started where stages[stage]?.set.isBarrier == true {
      demand(count == stages[stage]?.set.partitions.count, "\(count) members of barrier \(stage) start")
    }
  }

  mutating func demand(_ condition: Bool, _ text: @autoclosure () -> String) {
    if !condition { complain(text()) }
  }

  private mutating func complain(_ text: String) { complaints.append(text) }

  /// What this books' scheduler still owes when nothing is wrong any more.
  mutating func checkEnd(_ scheduler: TaskScheduler) {
    let (live, attempts) = (liveStages, attempts)
    demand(live.isEmpty, "\(live) never end")
    demand(attempts.isEmpty, "\(attempts) never end")
    demand(scheduler.heldSlots == 0, "\(scheduler.heldSlots) slots are never free")
    demand(scheduler.waits().isEmpty, "\(scheduler.waits()) wait for ever")
  }
}
