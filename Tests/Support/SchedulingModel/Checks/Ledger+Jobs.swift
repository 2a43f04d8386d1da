import FlintCore
import FlintLineage

#if FLINT_PLANTED_BUGS
  import PlantedScheduling
#else
  import FlintScheduling
#endif

/// I1, I2, I4: results, commits and the ends of jobs.
extension Ledger {
  mutating func submitted(_ job: PlannedJob) { jobs[job.id] = job }

  mutating func learned(_ event: DAGScheduler.Event) {
    switch event {
    case .jobCancelled(let job): cancelled.insert(job)
    case .groupCancelled(let group):
      for job in jobs.values where job.group == group { cancelled.insert(job.id) }
    case .stageCancelled: hasCancelledStage = true
    case .capacityGone: wasWithoutExecutors = true
    default: break
    }
  }

  mutating func gave(_ job: JobID, _ partition: PartitionID, _ attempt: TaskAttempt, on executor: ExecutorIncarnation?)
  {
    require(!endedJobs.contains(job), "I1: \(job) has ended and gives \(partition)")
    require(jobs[job]?.partitions.contains(partition) == true, "I1: \(job) gives \(partition), which nobody asked for")
    require(given[ResultKey(job, partition)] == nil, "I1: \(job) gives \(partition) twice")
    if let executor { require(!lostExecutors.contains(executor), "I3: a result of \(executor), which was lost") }
    given[ResultKey(job, partition)] = attempt
  }

  mutating func tookBack(_ job: JobID, _ partitions: [PartitionID]) {
    probes.count("taken back", partitions.count)
    disturbances += 1
    for partition in partitions {
      require(given.removeValue(forKey: ResultKey(job, partition)) != nil, "takes back \(partition), never given")
    }
  }

  // MARK: Commits

  func holderKey(_ attempt: TaskAttempt) -> TaskID {
    // Whatever the attempt at the stage, it is the same output.
    TaskID(stage: StageAttempt(stage: attempt.task.stage.stage, number: 0), partition: attempt.task.partition)
  }

  mutating func authorised(_ attempt: TaskAttempt, on executor: ExecutorIncarnation) {
    require(!lostExecutors.contains(executor), "I3: \(executor) was lost and may commit")
    let holder = holders[holderKey(attempt)]
    require(
      holder == nil || holder == attempt,
      "I2: \(attempt) may commit beside \(holder.map(\.description) ?? "")")
    holders[holderKey(attempt)] = attempt
  }

  /// A try is over, and its result does not count.
  mutating func voided(_ attempt: TaskAttempt) {
    guard holders[holderKey(attempt)] == attempt, !given.values.contains(attempt) else { return }
    holders[holderKey(attempt)] = nil
  }

  // MARK: Ends

  mutating func ended(_ job: JobID, _ failure: JobFailure?) {
    require(endedJobs.insert(job).inserted, "I4: \(job) ends twice")
    disturbances += 1
    guard let planned = jobs[job] else { return fail("\(job) ends and never was") }
    if let stage = resultStages[job], let live = liveStages[stage], live.attempt.stage == stage {
      fail("I5: \(job) has ended, and \(live.attempt) goes on")
    }
    if let failure {
      requireReason(failure, planned)
    } else {
      for partition in planned.partitions {
        require(given[ResultKey(job, partition)] != nil, "I1: \(job) succeeds without \(partition)")
      }
    }
  }

  /// A job fails only for what has happened.
  private mutating func requireReason(_ failure: JobFailure, _ job: PlannedJob) {
    switch failure.cause {
    case .task(let cause, let tryCount): requireReason(cause, tryCount, failure, job)
    case .stage(_, let attemptCount):
      probes.count("stage attempts used up")
      require(attemptCount >= limits.stageAttempts, "I4: \(job.id) failed after \(attemptCount) attempts at a stage")
    case .refused: probes.count("refused")
    case .releasedResult, .releasedGang: probes.count("released result")
    case .jobCancelled, .groupCancelled:
      probes.count("cancelled")
      require(cancelled.contains(job.id), "I4: nobody cancelled \(job.id)")
    case .stageCancelled: require(hasCancelledStage, "I4: nobody cancelled a stage of \(job.id)")
    case .noExecutors:
      probes.count("no executors")
      require(wasWithoutExecutors, "I4: \(job.id) had executors")
    }
  }

  private mutating func requireReason(
    _ cause: TaskFailure, _ tryCount: Int, _ failure: JobFailure, _ job: PlannedJob
  ) {
    probes.count("task given up")
    let starts = failure.attempt.flatMap { launchCounts[$0.task] } ?? 0
    switch FailureClassification.verdict(on: cause) {
    case .failJob: break
    case .retryTask, .retryStage, .ignore:
      require(
        tryCount >= limits.taskAttempts || starts >= limits.taskStarts,
        "I4: \(job.id) gave \(failure.attempt.map(\.description) ?? "") up after \(tryCount) failures that count")
    }
    if cause == .commitDenied {
      require(starts >= limits.taskStarts, "I2: a denied commit was counted as a failure of \(job.id)")
    }
  }

  /// Whether a job's result was tried more often than a stage may be.
  mutating func checkRetries() {
    for (stage, count) in retryCounts where count > limits.stageAttempts {
      fail("I4: \(stage) was tried again \(count) times")
    }
  }
}
