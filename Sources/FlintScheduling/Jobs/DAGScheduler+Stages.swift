internal import FlintCore
internal import FlintLineage

/// Stages: which can run, and their attempts.
extension DAGScheduler {
  /// A stage that a job cannot go on without.
  struct Step {
    let stage: StageID
    /// What must run of it; empty when it waits for its input, or runs.
    let partitions: [PartitionID]
  }

  /// The stages that a job needs now, from its result towards its sources: what is there is not computed.
  func steps(of job: JobID) -> [Step] {
    guard let result = jobs[job]?.result else { return [] }
    var steps: [Step] = []
    var entered: Set<StageID> = []
    var stack = [result]
    while let id = stack.popLast() {
      guard entered.insert(id).inserted, let run = stages[id], !isComplete(run) else { continue }
      #if FLINT_PLANTED_BUGS
        let startsBeside = PlantedBug.current == .twoLiveAttempts && run.attemptCount == 1
      #else
        let startsBeside = false
      #endif
      if let live = run.live, !live.isEnding, !startsBeside {
        steps.append(Step(stage: id, partitions: []))
        stack += inputsToRepair(for: run, live)
        continue
      }
      let partitions = missing(run)
      let lacking = neededShuffles(of: run, for: partitions).filter { !mapOutputs.isComplete($0) }
      steps.append(Step(stage: id, partitions: lacking.isEmpty ? partitions : []))
      stack += lacking.compactMap { writers[$0] }
    }
    return steps
  }

  mutating func advance(_ job: JobID) {
    for step in steps(of: job) where !step.partitions.isEmpty {
      // Starting one stage may have ended the job.
      guard jobs[job] != nil else { return }
      start(step.stage, step.partitions)
    }
  }

  /// Lost input of a running attempt, which its tasks will ask for: better now than after the first complaint. But rows that would
  /// come out otherwise would void what the attempt has read already, and perhaps nobody asks for them again.
  private func inputsToRepair(for run: StageRun, _ live: StageRun.Attempt) -> [StageID] {
    neededShuffles(of: run, for: live.pending.partitions)
      .filter { !mapOutputs.isComplete($0) }
      .compactMap { writers[$0] }
      .filter { stages[$0].map { !$0.isIndeterminate } ?? false }
  }

  /// The exchanges that the partitions must be computed from.
  func neededShuffles(of run: StageRun, for partitions: [PartitionID]) -> [ShuffleID] {
    // The walk costs a step for each partition: not for a million that all need everything.
    if partitions.count == run.stage.taskCount, kept.isEmpty { return run.stage.shuffles }
    return run.stage.node.neededShuffles(for: partitions) { kept.isKept($0, $1) }
  }

  // MARK: What is done

  func isComplete(_ run: StageRun) -> Bool {
    run.writes.map { mapOutputs.isComplete($0) } ?? (run.finished.count == run.wanted.count)
  }

  /// What an attempt would have to compute. A gang runs as a whole.
  private func missing(_ run: StageRun) -> [PartitionID] {
    guard !run.isBarrier else { return run.wanted.partitions }
    if let shuffle = run.writes { return mapOutputs.missing(shuffle) ?? [] }
    return run.wanted.partitions.filter { !run.finished.contains($0) }
  }

  // MARK: Attempts

  private mutating func start(_ id: StageID, _ partitions: [PartitionID]) {
    if let ending = stages[id]?.live, ending.isEnding {
      outbox.append(.cancel(ending.id))
      stages[id]?.live = nil
    }
    if stages[id]?.isBarrier == true {
      guard clearGang(id) else { return }
    }
    guard let run = stages[id], let job = run.jobs.first else { return }
    let attempt = StageAttempt(stage: id, number: run.attemptCount)
    stages[id]?.attemptCount += 1
    stages[id]?.live = StageRun.Attempt(
      id: attempt, pending: PartitionSet(partitions, capacity: run.stage.taskCount))
    outbox.append(
      .submit(
        TaskSet(
          stage: attempt, job: job, pool: jobs[job]?.request.pool ?? .standard, partitions: partitions,
          places: places(of: partitions, in: run), isBarrier: run.isBarrier)))
  }

  /// What an earlier run of the gang left does not belong with the next one. Returns false when that cannot be mended.
  private mutating func clearGang(_ id: StageID) -> Bool {
    guard let run = stages[id] else { return false }
    if let shuffle = run.writes {
      follow(mapOutputs.handle(.restarted(shuffle)))
      return true
    }
    if run.isIndeterminate, let partition = run.released.partitions.first {
      failStage(id, .releasedGang(partition: partition))
      return false
    }
    takeBack(run.finished.partitions.filter { !run.released.contains($0) }, of: id)
    return true
  }

  /// An attempt of which every task was heard, the last of them just now; a gang's count together.
  mutating func endAttempt(_ attempt: StageRun.Attempt, with tasks: [StageRun.FinishedTask]) {
    let id = attempt.id.stage
    stages[id]?.live = nil
    touch(stages[id]?.jobs ?? [])
    // One life lost voids a gang.
    if stages[id]?.isBarrier == true, tasks.contains(where: { fence.bars($0.executor) }) {
      dropped.fenced += 1
      return
    }
    for task in tasks { take(task) }
    guard let run = stages[id], isComplete(run) else { return }
    stages[id]?.forgive()
    if run.writes == nil, let job = run.jobs.first { end(job, .jobSucceeded(job)) }
  }
}
