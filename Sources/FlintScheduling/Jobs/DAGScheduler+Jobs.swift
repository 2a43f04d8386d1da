internal import FlintCore
internal import FlintLineage

/// Jobs: how they start, and the ways in which they end.
extension DAGScheduler {
  mutating func submit(_ id: JobID, _ request: JobRequest) {
    precondition(jobs[id] == nil, "\(id) is submitted twice")
    guard !request.partitions.isEmpty else {
      outbox.append(.jobSucceeded(id))
      return
    }
    let plan = planner.plan(request.node)
    for node in request.node.ancestry() { kept.register(node) }
    for stage in plan.stages { enter(stage, for: id, request) }
    jobs[id] = ActiveJob(request: request, result: plan.result.id, stages: plan.stages.map(\.id))
    let needed = Set(
      plan.missing(
        partitions: request.partitions, isKept: { kept.isKept($0, $1) }, isWritten: { mapOutputs.isComplete($0) }
      ).map(\.id))
    let skipped = plan.stages.map(\.id).filter { !needed.contains($0) }
    if !skipped.isEmpty { outbox.append(.skipped(id, skipped)) }
    touch([id])
  }

  private mutating func enter(_ stage: Stage, for job: JobID, _ request: JobRequest) {
    if stages[stage.id] == nil {
      switch stage.kind {
      case .shuffleMap(let shuffle):
        stages[stage.id] = StageRun(stage, wanted: stage.node.allPartitions)
        writers[shuffle] = stage.id
        follow(mapOutputs.handle(.shuffleStarted(shuffle, mapCount: stage.taskCount)))
      case .result: stages[stage.id] = StageRun(stage, wanted: request.partitions)
      }
    }
    stages[stage.id]?.jobs.append(job)
    stages[stage.id]?.jobs.sort()
  }

  /// The jobs of a group, in rising order.
  func jobs(of group: String) -> [JobID] {
    jobs.sorted { $0.key < $1.key }.filter { $0.value.request.group == group }.map(\.key)
  }

  mutating func cancel(_ ids: [JobID], _ cause: JobFailure.Cause) {
    for id in ids {
      guard let job = jobs[id] else { continue }
      end(id, .jobFailed(id, JobFailure(cause, location: job.request.location)))
    }
  }

  mutating func endAllJobs() { cancel(jobs.keys.sorted(), .noExecutors) }

  /// Fails every job that cannot go on without the stage. Others that have it in their plans do not need it now.
  mutating func failStage(
    _ id: StageID, _ cause: JobFailure.Cause, _ attempt: TaskAttempt? = nil, on executor: ExecutorIncarnation? = nil
  ) {
    guard let run = stages[id] else { return }
    let failure = JobFailure(
      cause, stage: id, attempt: attempt, executor: executor, location: run.stage.node.location)
    for job in run.jobs where steps(of: job).contains(where: { $0.stage == id }) { end(job, .jobFailed(job, failure)) }
    stop(id)
  }

  /// Ends a job: what runs for it alone is stopped, what it computed for others stays.
  mutating func end(_ id: JobID, _ ending: Action) {
    guard let job = jobs.removeValue(forKey: id) else { return }
    for stage in job.stages { stages[stage]?.jobs.removeAll { $0 == id } }
    for stage in job.stages where stages[stage]?.live != nil && !isNeeded(stage) { stop(stage) }
    stages[job.result] = nil
    outbox.append(ending)
    for stage in job.stages {
      if let shuffle = stages[stage]?.writes, releasedShuffles.contains(shuffle) { release(shuffle) }
    }
  }

  private func isNeeded(_ stage: StageID) -> Bool {
    (stages[stage]?.jobs ?? []).contains { job in steps(of: job).contains { $0.stage == stage } }
  }

  /// Stops what runs of a stage; what it has done stays done.
  mutating func stop(_ stage: StageID) {
    guard let live = stages[stage]?.live else { return }
    #if FLINT_PLANTED_BUGS
      if PlantedBug.current != .cancelledTasksKept { outbox.append(.cancel(live.id)) }
    #else
      outbox.append(.cancel(live.id))
    #endif
    stages[stage]?.live = nil
    stages[stage]?.forgive()
    // A job that waited for it may have found another way meanwhile, such as kept rows.
    touch(stages[stage]?.jobs ?? [])
  }

  // MARK: Releases

  mutating func release(_ shuffle: ShuffleID) {
    guard let writer = writers[shuffle] else { return }
    guard stages[writer]?.jobs.isEmpty ?? true else {
      releasedShuffles.insert(shuffle)
      return
    }
    releasedShuffles.remove(shuffle)
    stages[writer] = nil
    writers[shuffle] = nil
    planner.forget(shuffle)
    follow(mapOutputs.handle(.shuffleEnded(shuffle)))
  }

  mutating func release(_ partition: PartitionID, of job: JobID) {
    guard let result = jobs[job]?.result else { return }
    stages[result]?.released.insert(partition)
  }
}
