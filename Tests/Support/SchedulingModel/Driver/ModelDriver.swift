import FlintCore
import FlintLineage

#if FLINT_PLANTED_BUGS
  import PlantedScheduling
#else
  import FlintScheduling
#endif

/// The driver of the model: the deciders as they are, and between them what the driver's actor will do, without waiting.
struct ModelDriver {
  private enum Step {
    case tasks(TaskScheduler.Event)
    case stages(DAGScheduler.Event)
  }

  /// A try that was launched.
  private struct Try {
    let executor: ExecutorIncarnation
    var report = TaskReport()
  }

  /// What an attempt at a stage runs.
  private struct RunningSet {
    let stage: Stage
    let job: JobID
    let saves: Bool
  }

  var registry = ExecutorRegistry()
  var monitor: HeartbeatMonitor
  var tasks: TaskScheduler
  var stages: DAGScheduler
  var commits = OutputCommitCoordinator()
  var ledger: Ledger
  /// Whether a loss is told to the DAG scheduler before the task scheduler: both orders must do.
  let tellsStagesFirst: Bool
  let savingJobs: Set<JobID>

  private(set) var outbox: [DriverOutput] = []
  /// What the event log would say; nil where nobody reads it.
  var events: [ModelEvent]?
  private var steps: [Step] = []
  private var tries: [TaskAttempt: Try] = [:]
  private var sets: [StageAttempt: RunningSet] = [:]
  private(set) var given: [ResultKey: TaskAttempt] = [:]
  /// Results that were counted in this turn.
  private var counted: Set<TaskAttempt> = []
  /// Tries that succeeded, and of which it is not known yet whether they count: members of gangs.
  private var undecided: [StageID: [TaskAttempt]] = [:]
  /// Messages of executors that are fenced.
  private(set) var fencedMessages = 0
  private var now: Int64 = 0
  /// Gets what the deciders are told and what they answer, where somebody wants to read it.
  var record: ((String) -> Void)?

  init(limits: Limits, speculates: Bool, pools: SchedulingPools, tellsStagesFirst: Bool, savingJobs: Set<JobID>) {
    monitor = HeartbeatMonitor(limits: limits)
    tasks = TaskScheduler(limits: limits, pools: pools, speculates: speculates)
    stages = DAGScheduler(limits: limits)
    ledger = Ledger(limits: limits)
    self.tellsStagesFirst = tellsStagesFirst
    self.savingJobs = savingJobs
  }

  mutating func takeOutbox() -> [DriverOutput] {
    defer { outbox.removeAll(keepingCapacity: true) }
    return outbox
  }

  // MARK: What comes in

  mutating func receive(_ message: DriverMessage, from executor: ExecutorIncarnation, at now: Int64) {
    self.now = now
    if case .registered(let node, let slotCount) = message {
      follow(registry.handle(.registered(executor, node: node, slotCount: slotCount)), node, slotCount)
    } else if case .closed = message {
      follow(registry.handle(.lost(executor)))
    } else if registry.isLive(executor) {
      for action in monitor.handle(.heard(executor), at: instant) { follow(action) }
      receiveFromLiving(message, executor)
    } else {
      // A process whose life is over must end and come back as another.
      fencedMessages += 1
      outbox.append(.command(.end, to: executor))
    }
    run()
  }

  private mutating func receiveFromLiving(_ message: DriverMessage, _ executor: ExecutorIncarnation) {
    switch message {
    case .registered, .closed: break
    case .ended(let attempt, let end, let report):
      noteEnd(of: attempt, end, report)
      ledger.ended(attempt, on: executor, end, report)
      tries[attempt]?.report = report
      steps.append(.tasks(.ended(attempt, end)))
      run()
      settleCommit(of: attempt, end)
    case .askedToCommit(let attempt): askedToCommit(attempt, executor)
    case .kept(let dataset, let partition, let attempt, let node):
      events?.append(ModelEvent("blockStored", on: executor).with("partition", partition.rawValue))
      steps.append(.stages(.partitionKept(dataset, partition, by: attempt, on: executor, node: node)))
    case .dropped(let dataset, let partition):
      events?.append(ModelEvent("blockDropped", on: executor).with("partition", partition.rawValue))
      steps.append(.stages(.partitionDropped(dataset, partition, on: executor)))
    }
  }

  /// Once, and of tries that count still.
  private mutating func noteEnd(of attempt: TaskAttempt, _ end: TaskEnd, _ report: TaskReport) {
    guard events != nil, let executor = tries[attempt]?.executor, ledger.running[attempt] != nil else { return }
    if case .failed(.fetchFailed(let shuffle, let map)) = end {
      events?.append(
        ModelEvent("fetchFailed", on: executor, of: attempt).with("shuffle", shuffle.rawValue).with("map", map.rawValue)
      )
    }
    let event = ModelEvent("taskEnded", on: executor, of: attempt).with("status", end.status)
    events?.append(end.failure.map { event.with("failure", $0.word) } ?? event)
  }

  private mutating func noteStart(of job: JobID, _ request: JobRequest) {
    let numbers = stages.stages(of: job).map { "\($0.rawValue)" }.joined(separator: ",")
    events?.append(
      ModelEvent("jobStarted").with("job", job.rawValue).with("dataset", request.node.name)
        .with("partitions", request.partitions.count).with("stages", "[\(numbers)]"))
  }

  mutating func takeEvents() -> [ModelEvent] {
    defer { if events != nil { events = [] } }
    return events ?? []
  }

  mutating func submit(_ job: PlannedJob, at now: Int64) {
    self.now = now
    let request = JobRequest(
      job.node, partitions: job.partitions, operation: ModelOperation(),
      location: SourceLocation(file: "Jobs/Model.swift", line: 1), pool: job.pool, group: job.group)
    ledger.submitted(job)
    steps.append(.stages(.submitted(job.id, request)))
    run()
  }

  /// Something that the driver learns or decides by itself.
  mutating func learn(_ event: DAGScheduler.Event, at now: Int64) {
    self.now = now
    ledger.learned(event)
    steps.append(.stages(event))
    run()
  }

  mutating func drain(_ executor: ExecutorIncarnation, at now: Int64) {
    self.now = now
    guard registry.isLive(executor) else { return }
    follow(registry.handle(.drained(executor)))
    steps.append(.tasks(.executorDrained(executor)))
    run()
  }

  mutating func wake(at now: Int64) {
    self.now = now
    steps.append(.tasks(.tick))
    run()
  }

  /// Looks at heartbeats; `heard` are those that were heard since the last time.
  mutating func tick(heard: [ExecutorIncarnation], at now: Int64) {
    self.now = now
    for executor in heard where registry.isLive(executor) {
      for action in monitor.handle(.heard(executor), at: instant) { follow(action) }
    }
    run()
    for action in monitor.handle(.tick, at: instant) {
      follow(action)
      run()
    }
  }

  private var instant: MonotonicInstant { MonotonicInstant(nanoseconds: now) }

  // MARK: Executors

  private mutating func follow(_ actions: [ExecutorRegistry.Action], _ node: NodeID? = nil, _ slotCount: Int = 0) {
    for action in actions {
      switch action {
      case .added(let executor):
        _ = monitor.handle(.registered(executor), at: instant)
        ledger.added(executor, slotCount: slotCount)
        events?.append(ModelEvent("executorAdded", on: executor))
        if let node { steps.append(.tasks(.executorAdded(executor, node: node, slotCount: slotCount))) }
      case .removed(let executor):
        remove(executor)
        run()
      case .refuse(let executor): outbox.append(.command(.end, to: executor))
      case .request, .release: break
      }
    }
  }

  private mutating func remove(_ executor: ExecutorIncarnation) {
    _ = monitor.handle(.lost(executor), at: instant)
    events?.append(ModelEvent("executorLost", on: executor))
    for attempt in ledger.lost(executor) {
      _ = commits.handle(.ended(attempt))
      events?.append(
        ModelEvent("taskEnded", on: executor, of: attempt).with("status", "failed").with("failure", "executorLost"))
    }
    let both: [Step] = [.stages(.executorLost(executor)), .tasks(.executorRemoved(executor))]
    steps += tellsStagesFirst ? both : both.reversed()
  }

  private mutating func follow(_ action: HeartbeatMonitor.Action) {
    switch action {
    case .suspect(let executor, _):
      _ = registry.handle(.suspected(executor))
      steps.append(.tasks(.executorSuspected(executor)))
    case .trust(let executor):
      _ = registry.handle(.trusted(executor))
      steps.append(.tasks(.executorTrusted(executor)))
    case .fence(let executor, _): follow(registry.handle(.lost(executor)))
    }
  }

  // MARK: Commits

  private mutating func askedToCommit(_ attempt: TaskAttempt, _ executor: ExecutorIncarnation) {
    // A try of an attempt that is over has rows that may be void.
    guard stages.liveAttempt(of: attempt.task.stage.stage) == attempt.task.stage,
      let job = sets[attempt.task.stage]?.job
    else { return outbox.append(.command(.deny(attempt), to: executor)) }
    for action in commits.handle(.asked(attempt)) {
      switch action {
      case .authorise(let attempt):
        ledger.authorised(attempt, on: executor)
        outbox.append(.command(.authorise(attempt), to: executor))
        steps.append(.stages(.resultReleased(job, attempt.task.partition)))
      case .deny(let attempt): outbox.append(.command(.deny(attempt), to: executor))
      }
    }
  }

  /// A commit is final when its result counts. Any other end of a try makes room for the next one.
  private mutating func settleCommit(of attempt: TaskAttempt, _ end: TaskEnd) {
    defer { counted = [] }
    guard !counted.contains(attempt) else { return }
    let stage = attempt.task.stage
    if end == .succeeded, stages.liveAttempt(of: stage.stage) == stage {
      undecided[stage.stage, default: []].append(attempt)
    } else {
      voidCommit(of: attempt)
    }
  }

  private mutating func voidCommits(of stage: StageID) {
    for attempt in undecided.removeValue(forKey: stage) ?? [] { voidCommit(of: attempt) }
  }

  private mutating func voidCommit(of attempt: TaskAttempt) {
    _ = commits.handle(.ended(attempt))
    ledger.voided(attempt)
  }

  // MARK: The deciders

  private mutating func run() {
    var next = 0
    while next < steps.count {
      switch steps[next] {
      case .tasks(let event):
        record?("  tasks: \(event)")
        for action in tasks.handle(event, at: instant) {
          record?("    \(action)")
          carry(action)
        }
      case .stages(let event):
        record?("  stages: \(event)")
        ledger.told(event)
        let actions = stages.handle(event)
        if case .submitted(let job, let request) = event { noteStart(of: job, request) }
        for action in actions {
          record?("    \(action)")
          carry(action)
        }
      }
      next += 1
    }
    steps.removeAll(keepingCapacity: true)
    ledger.endTurn()
  }

  private mutating func carry(_ action: TaskScheduler.Action) {
    switch action {
    case .launch(let attempt, let executor):
      guard let set = sets[attempt.task.stage] else {
        return ledger.fail("launches \(attempt), of which nobody knows what to do")
      }
      ledger.launched(attempt, on: executor)
      tries[attempt] = Try(executor: executor)
      events?.append(ModelEvent("taskStarted", on: executor, of: attempt))
      let description = TaskDescription(attempt: attempt, stage: set.stage, job: set.job, saves: set.saves)
      outbox.append(.command(.launch(description), to: executor))
    case .kill(let attempt, let executor):
      ledger.killed(attempt)
      outbox.append(.command(.kill(attempt), to: executor))
    case .recall(let executor): outbox.append(.command(.recall, to: executor))
    case .finished(let attempt):
      guard let tried = tries[attempt] else { return ledger.fail("\(attempt) is finished and was not started") }
      ledger.finished(attempt, on: tried.executor)
      if tried.report.output != nil {
        events?.append(ModelEvent("mapOutputRegistered", on: tried.executor, of: attempt))
      }
      steps.append(.stages(.taskFinished(attempt, on: tried.executor, tried.report.output)))
    case .stageMustRetry(_, let attempt, let failure):
      guard let tried = tries[attempt] else { return ledger.fail("\(attempt) failed and was not started") }
      steps.append(.stages(.stageMustRetry(attempt, on: tried.executor, failure, epoch: tried.report.epoch)))
      ledger.mustRetry(attempt, failure, tried.report)
    case .gaveUp(_, let attempt, let failure, let tryCount):
      let executor = tries[attempt]?.executor ?? ExecutorIncarnation(executor: ExecutorID(rawValue: 0), number: 0)
      steps.append(.stages(.gaveUp(attempt, on: executor, failure, tryCount: tryCount)))
    case .refused(let stage, let refusal): steps.append(.stages(.refused(stage, refusal)))
    case .endExecutor(let executor, _):
      ledger.condemned(executor)
      outbox.append(.command(.end, to: executor))
    case .emptied(let executor): outbox.append(.command(.end, to: executor))
    case .wake(let time): outbox.append(.wake(at: time.nanoseconds))
    }
  }

  private mutating func carry(_ action: DAGScheduler.Action) {
    switch action {
    case .submit(let set):
      guard let stage = stages.stage(set.stage.stage) else { return ledger.fail("runs \(set.stage), which it forgot") }
      ledger.started(set, stage)
      voidCommits(of: set.stage.stage)
      events?.append(
        ModelEvent("stageSubmitted").with("job", set.job.rawValue).with("stage", set.stage.stage.rawValue)
          .with("stageAttempt", set.stage.number).with("name", stage.node.name).with("tasks", set.partitions.count)
          .with("partitions", stage.taskCount))
      let isResult = stage.kind == .result
      sets[set.stage] = RunningSet(stage: stage, job: set.job, saves: isResult && savingJobs.contains(set.job))
      steps.append(.tasks(.submitted(set)))
    case .cancel(let attempt):
      ledger.cancelled(attempt)
      voidCommits(of: attempt.stage)
      steps.append(.tasks(.cancelled(attempt)))
    case .result(let job, let partition, let attempt):
      ledger.gave(job, partition, attempt, on: tries[attempt]?.executor)
      counted.insert(attempt)
      if savingJobs.contains(job) {
        events?.append(ModelEvent("taskCommitted", on: tries[attempt]?.executor, of: attempt))
      }
      _ = commits.handle(.committed(attempt))
      given[ResultKey(job, partition)] = attempt
      outbox.append(.gave(job, partition, attempt))
    case .takeBack(let job, let partitions):
      ledger.tookBack(job, partitions)
      for partition in partitions { given[ResultKey(job, partition)] = nil }
    case .skipped(_, let stages): ledger.probes.count("skipped", stages.count)
    case .jobSucceeded(let job): end(job, nil)
    case .jobFailed(let job, let failure): end(job, failure)
    case .discard(let shuffle): outbox.append(.discarded(shuffle))
    case .dropKept(let dataset, let partition, let executor):
      outbox.append(.command(.drop(dataset, partition), to: executor))
    }
  }

  private mutating func end(_ job: JobID, _ failure: JobFailure?) {
    ledger.ended(job, failure)
    let status = failure.map { $0.error.code == .jobCancelled ? "killed" : "failed" } ?? "succeeded"
    events?.append(ModelEvent("jobEnded").with("job", job.rawValue).with("status", status))
    outbox.append(.jobEnded(job, failure))
  }
}

/// A partition of a job's result.
struct ResultKey: Hashable {
  let job: JobID
  let partition: PartitionID

  init(_ job: JobID, _ partition: PartitionID) {
    self.job = job
    self.partition = partition
  }
}

/// What the model's jobs do with rows: nothing that matters.
struct ModelOperation: LineageOperation {}
