internal import FlintCore
internal import FlintExecution
internal import FlintLineage
internal import FlintScheduling
internal import FlintWire

/// Jobs: what is asked for, and what is given back.
extension DriverNode {
  /// Starts a job. Throws what cannot be shipped, before anything runs.
  func submit(_ request: JobRequest) async throws -> JobID {
    let made = try StagePrograms.make(request, known: programs.knownShuffles, limits: limits)
    try await provider.start()
    guard !isStopping else {
      throw FlintError(.executorsUnavailable, "the session has been stopped", at: request.location)
    }
    let id = jobIDs.next()
    programs.keep(made, for: id)
    jobs[id] = RunningJob(request: request, startedAt: now)
    if let slots = provider.slotCount { steps.append(.tasks(.slotsBounded(slots))) }
    lastProgress = now
    if members.isEmpty, emptySince == nil { emptySince = now }
    summary.jobCount += 1
    tell(.submitted(id, request))
    beat()
    return id
  }

  /// The results of a job that nobody has taken, once there are some; none after the last. Throws the error that ended it.
  func results(of id: JobID) async throws -> [PartitionResult] {
    guard let job = jobs[id] else { return [] }
    if !job.results.isEmpty {
      jobs[id]?.results = []
      release(job.results, of: id)
      return job.results
    }
    if let ending = job.ending {
      jobs[id] = nil
      try ending.get()
      return []
    }
    precondition(job.reader == nil, "two readers of one job's results")
    return try await withUnsafeThrowingContinuation { continuation in
      guard jobs[id] != nil else { return continuation.resume(returning: []) }
      jobs[id]?.reader = continuation
      // What came meanwhile must not be waited for.
      wakeReader(of: id)
      run()
    }
  }

  /// They are out of the driver's hands.
  private func release(_ results: [PartitionResult], of id: JobID) {
    makeRoom(results.reduce(0) { $0 + Int64($1.bytes.count) }, of: id)
    for result in results { steps.append(.stages(.resultReleased(id, result.partition))) }
    run()
  }

  func cancel(_ id: JobID) {
    guard let job = jobs[id], job.ending == nil else { return }
    tell(.jobCancelled(id))
  }

  /// Nobody reads the job's results any more.
  func letGo(_ id: JobID) {
    cancel(id)
    defer { wakeRoomWaiters() }
    jobs.removeValue(forKey: id)?.reader?.resume(throwing: CancellationError())
  }

  // MARK: What the DAG scheduler asks for

  /// Writes down what an event has changed, before what follows from it is carried out.
  func note(_ event: DAGScheduler.Event) {
    switch event {
    case .submitted(let job, let request): events.jobStarted(job, request, stages: stages.stages(of: job))
    case .taskFinished(let attempt, _, _):
      let stage = attempt.task.stage
      guard stages.liveAttempt(of: stage.stage) != stage else { return }
      // Whether a result is complete shows at the end of its job.
      guard case .shuffleMap(let shuffle) = sets[stage]?.stage.kind else { return }
      note(stage, stages.mapOutputs.isComplete(shuffle) ? .succeeded : .failed("what it wrote was lost"))
    default: break
    }
  }

  /// Writes down that an attempt at a stage is over, once.
  private func note(_ attempt: StageAttempt, _ ending: StageEnding) {
    progress.ended(attempt)
    guard let set = sets[attempt], !set.isOver else { return }
    sets[attempt]?.isOver = true
    events.stageCompleted(attempt, ending, took: set.startedAt.duration(to: now))
  }

  func carry(_ action: DAGScheduler.Action) {
    switch action {
    case .submit(let set): submit(set)
    case .cancel(let attempt):
      voidUndecided(of: attempt.stage)
      note(attempt, sets[attempt]?.failure.map(StageEnding.failed) ?? .cancelled)
      steps.append(.tasks(.cancelled(attempt)))
    case .result(let job, let partition, let attempt): give(job, partition, attempt)
    case .takeBack(let job, let partitions):
      let void = Set(partitions)
      let taken = jobs[job]?.results.filter { void.contains($0.partition) } ?? []
      jobs[job]?.results.removeAll { void.contains($0.partition) }
      makeRoom(taken.reduce(0) { $0 + Int64($1.bytes.count) }, of: job)
    case .skipped(let job, let stages): events.stagesSkipped(job, stages)
    case .jobSucceeded(let job): end(job, nil)
    case .jobFailed(let job, let failure): end(job, failure)
    case .discard(let shuffle): discard(shuffle)
    case .dropKept(let dataset, let partition, let executor):
      let block = BlockID.cached(dataset, partition)
      blocks.remove(block, from: executor)
      send(.removeBlocks(BlockRemoval(blocks: [block])), to: executor)
    }
  }

  private func submit(_ set: TaskSet) {
    guard let stage = stages.stage(set.stage.stage) else { preconditionFailure("\(set.stage) runs and was forgotten") }
    voidUndecided(of: stage.id)
    if set.stage.number > 0 {
      let older = StageAttempt(stage: stage.id, number: set.stage.number - 1)
      sets[older] = nil
    }
    sets[set.stage] = RunningSet(stage, for: set.job, isBarrier: set.isBarrier, at: now)
    summary.started(set.stage)
    events.stageSubmitted(set, stage)
    let asked = stage.kind == .result ? jobs[set.job]?.request.partitions.count : nil
    progress.submitted(set, name: stage.node.name, total: asked ?? stage.taskCount)
    steps.append(.tasks(.submitted(set)))
  }

  private func give(_ id: JobID, _ partition: PartitionID, _ attempt: TaskAttempt) {
    countedTries.insert(attempt)
    _ = commits.handle(.committed(attempt))
    guard let tried = tries[attempt] else { return }
    if tried.mayCommit { events.taskCommitted(attempt) }
    // Nobody may be reading any more.
    guard jobs[id] != nil else { return }
    if let source = tried.source {
      tried.source = nil
      jobs[id]?.results.append(PartitionResult(partition: partition, source: source))
    } else if let bytes = tried.result {
      tried.result = nil
      jobs[id]?.heldBytes += Int64(bytes.count)
      jobs[id]?.results.append(PartitionResult(partition: partition, bytes: bytes))
    }
    wakeReader(of: id)
  }

  private func wakeReader(of id: JobID) {
    guard let job = jobs[id], let reader = job.reader else { return }
    if !job.results.isEmpty {
      jobs[id]?.reader = nil
      jobs[id]?.results = []
      makeRoom(job.results.reduce(0) { $0 + Int64($1.bytes.count) }, of: id)
      for result in job.results { steps.append(.stages(.resultReleased(id, result.partition))) }
      reader.resume(returning: job.results)
    } else if let ending = job.ending {
      jobs[id] = nil
      switch ending {
      case .success: reader.resume(returning: [])
      case .failure(let error): reader.resume(throwing: error)
      }
    }
  }

  // MARK: Ends

  private func end(_ id: JobID, _ failure: JobFailure?) {
    lastProgress = now
    let error = failure.map { self.error(of: id, $0) }
    summary.ended(id, error)
    if let started = jobs[id]?.startedAt { events.jobEnded(id, error, took: started.duration(to: now)) }
    for stage in sets.keys.filter({ sets[$0]?.job == id && sets[$0]?.stage.kind == .result }).sorted() {
      forget(stage, isDone: failure == nil)
    }
    programs.forget(id)
    if let error { jobs[id]?.ending = .failure(error) } else { jobs[id]?.ending = .success(()) }
    if failure != nil { jobs[id]?.results = [] }
    wakeRoomWaiters()
    progress.refresh()
    wakeReader(of: id)
  }

  /// A result's stage is over with its job: nobody will run it again.
  private func forget(_ attempt: StageAttempt, isDone: Bool) {
    let stage = attempt.stage
    voidUndecided(of: stage)
    note(attempt, isDone ? .succeeded : sets[attempt]?.failure.map(StageEnding.failed) ?? .cancelled)
    sets[attempt] = nil
    counted.forget(stage)
    _ = commits.handle(.stageEnded(stage))
    for executor in members.keys.sorted() where members[executor]?.described.remove(stage) != nil {
      send(.forgetStages(StageRemoval(stages: [stage])), to: executor)
    }
  }

  private func discard(_ shuffle: ShuffleID) {
    programs.forget(shuffle)
    summary.forget(shuffle)
    events.shuffleReleased(shuffle)
    let void = sets.filter { $0.value.stage.kind == .shuffleMap(shuffle) }.map(\.key).sorted()
    for attempt in void { forget(attempt, isDone: false) }
    #if FLINT_PLANTED_RUNTIME
      if RuntimeBug.has(.removedOutputsLeft) { return }
    #endif
    let outputs = (written.removeValue(forKey: shuffle) ?? [:]).sorted { $0.key < $1.key }
    for executor in members.keys.sorted() {
      let own = outputs.filter { $0.value == executor.executor }.map { BlockID.shuffleData(shuffle, map: $0.key) }
      for start in stride(from: 0, to: own.count, by: Self.removalLength) {
        let some = Array(own[start..<min(start + Self.removalLength, own.count)])
        send(.removeBlocks(BlockRemoval(blocks: some)), to: executor)
      }
    }
    provider.discard(shuffle)
  }

  /// Blocks that one message removes.
  private static let removalLength = 10_000

  /// The failure as the user gets it, with what the failed try said.
  private func error(of id: JobID, _ failure: JobFailure) -> FlintError {
    if let own = jobs[id]?.ownError {
      return FlintError(
        own.code, own.what, why: own.why, remedy: own.remedy, at: own.location ?? failure.location, cause: own.cause)
    }
    let error = failure.error
    guard let said = failure.attempt.flatMap({ tries[$0]?.error }) else { return error }
    let place = failure.executor.map { " on \($0)" } ?? ""
    let code: FlintError.Code = error.code == .userCode ? said.code : error.code
    return FlintError(
      code, error.what, why: "\(said.what)\(said.why.map { " (\($0))" } ?? "")\(place)",
      remedy: said.remedy ?? error.remedy, at: error.location, cause: said.cause)
  }

  // MARK: Releases

  func release(_ dataset: DatasetID) {
    // It may be let go by the user's word, and once more when nobody refers to it any longer.
    if blocks.hasRows(of: dataset) { events.datasetReleased(dataset) }
    tell(.datasetReleased(dataset))
  }

  func committed(_ output: String) { events.jobCommitted(output) }

  var processorTime: Duration { .nanoseconds(Int64(clamping: summary.processorNanoseconds)) }

  func release(_ shuffle: ShuffleID) { tell(.shuffleReleased(shuffle)) }

  func register(_ accumulator: UInt64, _ merge: @escaping @Sendable ([UInt8]) -> Void) {
    accumulators[accumulator] = merge
  }
}

extension DriverNode {
  /// Nobody needs these blocks any more, wherever they are.
  func forget(_ unwanted: [BlockID]) {
    guard !unwanted.isEmpty else { return }
    for block in unwanted { blocks.remove(block) }
    for executor in members.keys.sorted() { send(.removeBlocks(BlockRemoval(blocks: unwanted)), to: executor) }
  }
}
