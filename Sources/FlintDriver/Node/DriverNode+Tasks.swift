internal import FlintCore
internal import FlintExecution
internal import FlintLineage
internal import FlintScheduling
internal import FlintWire

/// What the task scheduler asks for.
extension DriverNode {
  func carry(_ action: TaskScheduler.Action) {
    switch action {
    case .launch(let attempt, let executor): launch(attempt, on: executor)
    case .kill(let attempt, let executor):
      tries[attempt]?.isKilled = true
      send(.killTask(TaskKill(attempt: attempt, reason: "nobody waits for its result")), to: executor)
    case .finished(let attempt):
      guard let tried = tries[attempt] else { preconditionFailure("\(attempt) is finished and was not started") }
      if countsFirst(tried.accumulators, of: attempt) { merge(tried.accumulators) }
      progress.finished(attempt)
      noteOutput(of: attempt, tried)
      steps.append(.stages(.taskFinished(attempt, on: tried.executor, tried.output)))
    case .stageMustRetry(let stage, let attempt, let failure):
      sets[stage]?.failure = "\(attempt): \(failure.word)"
      guard let tried = tries[attempt] else { preconditionFailure("\(attempt) failed and was not started") }
      steps.append(.stages(.stageMustRetry(attempt, on: tried.executor, failure, epoch: tried.epoch)))
    case .gaveUp(let stage, let attempt, let failure, let tryCount):
      sets[stage]?.failure = "\(attempt): \(failure.word)"
      guard let tried = tries[attempt] else { preconditionFailure("\(attempt) was given up and was not started") }
      steps.append(.stages(.gaveUp(attempt, on: tried.executor, failure, tryCount: tryCount)))
    case .refused(let stage, let refusal):
      sets[stage]?.failure = "\(refusal)"
      steps.append(.stages(.refused(stage, refusal)))
    case .endExecutor(let executor, let attempt):
      context.log.warning("\(executor) is ended", ["because": "\(attempt) would not stop"])
      lose(executor, ExecutorLoss(cause: "\(attempt) did not stop when it was told to"))
    case .emptied(let executor): send(.stopExecutor(ExecutorStop(executor: executor)), to: executor)
    case .wake(let time): wake(at: time)
    }
  }

  /// Whether no other try at the same partition was counted.
  private func countsFirst(_ reports: [AccumulatorReport], of attempt: TaskAttempt) -> Bool {
    let isFirst = counted.update(reports, of: attempt) != nil
    #if FLINT_PLANTED_RUNTIME
      if RuntimeBug.has(.accumulatorsCountedTwice) { return true }
    #endif
    return isFirst
  }

  private func merge(_ reports: [AccumulatorReport]) {
    for report in reports { accumulators[report.accumulator]?(report.update) }
  }

  private func noteOutput(of attempt: TaskAttempt, _ tried: RunningTry) {
    guard let output = tried.output, let stage = sets[attempt.task.stage]?.stage,
      case .shuffleMap(let shuffle) = stage.kind
    else { return }
    let isRecomputed = summary.wrote(shuffle, map: attempt.task.partition, mapCount: stage.taskCount)
    events.mapOutputRegistered(shuffle, output, by: tried.executor, isRecomputed: isRecomputed)
    written[shuffle, default: [:]][attempt] = tried.executor.executor
  }

  // MARK: Launching

  private func launch(_ attempt: TaskAttempt, on executor: ExecutorIncarnation) {
    guard let set = sets[attempt.task.stage] else { preconditionFailure("nobody knows what \(attempt) computes") }
    tries[attempt] = RunningTry(executor: executor, job: set.job, startedAt: now)
    members[executor]?.running.insert(attempt)
    progress.launched(attempt)
    let isSpeculative = attempt.number > 0 && tries.hasOther(than: attempt)
    if isSpeculative { summary.speculated() }
    events.taskStarted(attempt, on: executor, isSpeculative: isSpeculative)
    let description: TaskDescription
    do {
      switch try describe(attempt, set, for: executor) {
      case .ready(let task): description = task
      case .missing(let shuffle, let map): return fail(attempt, .fetchFailed(shuffle, map: map))
      }
    } catch {
      let error = error as? FlintError ?? FlintError(.userCode, "the task's own data cannot be made", cause: error)
      return fail(attempt, .threw(isRetryable: false), error)
    }
    describe(set, to: executor)
    send(.launchTask(description), to: executor)
  }

  private enum Described {
    case ready(TaskDescription)
    /// The output of a map task is not there.
    case missing(ShuffleID, PartitionID)
  }

  /// A try that could not even be sent is over at once, but not within the action that started it.
  private func fail(_ attempt: TaskAttempt, _ failure: TaskFailure, _ error: FlintError? = nil) {
    tries[attempt]?.error = error
    Task(executorPreference: context.executors.control) {
      await self.abort(attempt, failure)
    }
  }

  private func abort(_ attempt: TaskAttempt, _ failure: TaskFailure) {
    guard tries[attempt]?.isOver == false else { return }
    finish(attempt, .failed(failure), TaskMetrics())
  }

  private func describe(_ set: RunningSet, to executor: ExecutorIncarnation) {
    let stage = set.stage.id
    guard members[executor]?.described.insert(stage).inserted == true,
      let program = programs.program(of: set.stage, for: set.job)
    else { return }
    send(.describeStage(StageDescription(stage: stage, program: program)), to: executor)
  }

  private func describe(
    _ attempt: TaskAttempt, _ set: RunningSet, for executor: ExecutorIncarnation
  ) throws -> Described {
    let partition = attempt.task.partition
    var task = TaskDescription(
      job: set.job, attempt: attempt, executor: executor, epoch: stages.mapOutputs.epoch, inputs: [],
      payload: try set.payloads.payload(partition))
    guard !set.inputs.isEmpty else { return .ready(task) }
    tries[attempt]?.epoch = task.epoch
    for keepable in set.inputs.keepable(of: partition) {
      let keepers = Set(stages.keepers(of: keepable.dataset, keepable.partition))
      guard !keepers.isEmpty else { continue }
      let places = blocks.places(of: .cached(keepable.dataset, keepable.partition))
        .filter { $0.executor.map(keepers.contains) ?? false }
      guard !places.isEmpty else { continue }
      task.kept.append(
        TaskDescription.Kept(dataset: keepable.dataset, partition: keepable.partition, places: places))
    }
    let parts = set.inputs.parts(of: partition)
    guard !parts.isEmpty else { return .ready(task) }
    let needed = Set(
      set.stage.node.storesNothing
        ? set.stage.shuffles
        : set.stage.node.neededShuffles(for: [partition]) { !stages.keepers(of: $0, $1).isEmpty })
    for part in parts {
      if let entries = entries(of: part.shuffle, reduce: part.reduce) {
        task.inputs += entries.map { TaskDescription.Input(shuffle: part.shuffle, reduce: part.reduce, output: $0) }
      } else if needed.contains(part.shuffle) {
        tries[attempt]?.epoch = nil
        return .missing(part.shuffle, firstMissing(of: part.shuffle))
      }
    }
    return .ready(task)
  }

  /// A map task of whose output nobody can say where it is.
  func firstMissing(of shuffle: ShuffleID) -> PartitionID {
    stages.mapOutputs.missing(shuffle)?.first ?? PartitionID(rawValue: 0)
  }

  /// Where a reader finds its part of a shuffle; nil while an output is missing.
  func entries(of shuffle: ShuffleID, reduce: PartitionID) -> [MapOutputEntry]? {
    guard let outputs = stages.mapOutputs.outputs(of: shuffle) else { return nil }
    let index = Int(reduce.rawValue)
    var entries: [MapOutputEntry] = []
    entries.reserveCapacity(outputs.count)
    for output in outputs {
      guard output.sizes.indices.contains(index) else { return nil }
      guard let place = place(of: output) else { return nil }
      entries.append(
        MapOutputEntry(
          map: output.attempt, place: place, byteCount: output.sizes[index], rowCount: output.rowCounts[index]))
    }
    return entries
  }

  private func place(of output: MapOutput) -> BlockPlace? {
    switch output.place {
    case .executor(let executor, let node):
      blocks.endpoint(of: executor).map { BlockPlace(node: node, executor: executor, endpoint: $0) }
    case .node(let node): blocks.endpoint(of: node).map { BlockPlace(node: node, endpoint: $0) }
    }
  }

  // MARK: The end of a try

  /// Writes down how a try ended.
  func note(_ attempt: TaskAttempt, _ end: TaskEnd, _ metrics: TaskMetrics = TaskMetrics()) {
    guard let tried = tries[attempt], !tried.isOver else { return }
    tries[attempt]?.isOver = true
    lastProgress = now
    members[tried.executor]?.running.remove(attempt)
    events.taskEnded(attempt, on: tried.executor, end, metrics, tried.error, took: tried.startedAt.duration(to: now))
    summary.ended(attempt, end, metrics, isKilled: tried.isKilled)
    progress.ended(attempt)
  }

  /// Forgets a try, unless it is one of a gang, whose results count together.
  func forget(_ attempt: TaskAttempt) {
    guard sets[attempt.task.stage]?.isBarrier != true || undecided[attempt.task.stage.stage] == nil else { return }
    tries[attempt] = nil
  }

  // MARK: Commits

  func mayCommit(_ attempt: TaskAttempt) -> Bool {
    let stage = attempt.task.stage
    // A try of an attempt that is over has rows that may be void.
    guard let tried = tries[attempt], !tried.isOver, !tried.isKilled, stages.liveAttempt(of: stage.stage) == stage
    else {
      return false
    }
    var isAuthorised = false
    for action in commits.handle(.asked(attempt)) {
      guard case .authorise = action else { continue }
      isAuthorised = true
      tries[attempt]?.mayCommit = true
      tell(.resultReleased(tried.job, attempt.task.partition))
    }
    return isAuthorised
  }

  /// A commit is final when its result counts. Any other end of a try makes room for the next one.
  func settleCommit(of attempt: TaskAttempt, _ end: TaskEnd) {
    defer { countedTries = [] }
    guard !countedTries.contains(attempt) else { return }
    let stage = attempt.task.stage
    if end == .succeeded, stages.liveAttempt(of: stage.stage) == stage, sets[stage]?.isBarrier == true {
      undecided[stage.stage, default: []].append(attempt)
    } else {
      _ = commits.handle(.ended(attempt))
    }
  }

  /// The tries of a stage whose results will not count any more.
  func voidUndecided(of stage: StageID) {
    for attempt in undecided.removeValue(forKey: stage) ?? [] {
      _ = commits.handle(.ended(attempt))
      tries[attempt] = nil
    }
  }
}

extension LineageNode {
  /// Whether no dataset of its pipeline is kept.
  fileprivate var storesNothing: Bool { pipeline.allSatisfy { $0.storageLevel == nil } }
}

extension [TaskAttempt: RunningTry] {
  /// Whether an earlier try at the same task runs still.
  fileprivate func hasOther(than attempt: TaskAttempt) -> Bool {
    (0..<attempt.number).contains { self[TaskAttempt(task: attempt.task, number: $0)]?.isOver == false }
  }
}
