import FlintCore
import FlintLineage

#if FLINT_PLANTED_BUGS
  import PlantedScheduling
#else
  import FlintScheduling
#endif

/// I5: one live attempt a stage, no more of them than there are reasons, and nothing computed again that is there.
extension Ledger {
  mutating func started(_ set: TaskSet, _ stage: Stage) {
    let id = set.stage.stage
    if let other = liveStages[id]?.attempt { fail("I5: \(set.stage) starts beside \(other)") }
    var isResult = true
    if case .shuffleMap(let shuffle) = stage.kind {
      isResult = false
      writes[id] = shuffle
      if !set.isBarrier { requireMissing(set, shuffle) }
    } else {
      resultStages[set.job] = id
    }
    liveStages[id] = LiveStage(attempt: set.stage, isResult: isResult, waiting: Set(set.partitions))
    startCounts[id, default: 0] += 1
    let (count, reasons) = (startCounts[id] ?? 0, disturbances)
    require(count <= 1 + reasons, "I5: \(id) starts \(count) times after \(reasons) disturbances")
    if count > 1 { probes.count("stage again") }
  }

  private mutating func requireMissing(_ set: TaskSet, _ shuffle: ShuffleID) {
    for map in set.partitions {
      guard let output = outputs[OutputKey(shuffle: shuffle, map: map)], !output.isDoubtful else { continue }
      fail("I5: \(set.stage) computes \(map) again, which is there")
    }
  }

  mutating func cancelled(_ attempt: StageAttempt) {
    require(liveStages[attempt.stage]?.attempt == attempt, "cancels \(attempt), which does not live")
    liveStages[attempt.stage] = nil
    disturbances += 1
  }

  mutating func finished(_ attempt: TaskAttempt, on executor: ExecutorIncarnation) {
    require(finishedTasks.insert(attempt.task).inserted, "I1: \(attempt.task) is finished twice")
  }

  mutating func mustRetry(_ attempt: TaskAttempt, _ failure: TaskFailure, _ report: TaskReport) {
    disturbances += 1
    let stage = attempt.task.stage
    if let complaint = report.complaint, case .fetchFailed(let shuffle, _) = failure { doubt(complaint, shuffle) }
    if case .rowsLost(let shuffle) = failure { doubtAll { $0.shuffle == shuffle } }
    guard let live = liveStages[stage.stage], live.attempt == stage, !live.hasFailed else { return }
    liveStages[stage.stage]?.hasFailed = true
    guard live.isResult, FailureClassification.verdict(on: failure) == .retryStage else { return }
    retryCounts[stage.stage, default: 0] += 1
  }

  /// A reader could not have this output; others of the shuffle on its node may be taken for lost with it.
  private mutating func doubt(_ attempt: TaskAttempt, _ shuffle: ShuffleID) {
    let key = OutputKey(shuffle: shuffle, map: attempt.task.partition)
    // A complaint about an older output is none about the one that is there.
    guard let output = outputs[key], output.attempt == attempt else {
      return probes.count("complaint about old output")
    }
    outputs[key]?.isDoubtful = true
    for (other, held) in outputs where other.shuffle == shuffle && held.place.node == output.place.node {
      outputs[other]?.isDoubtful = true
    }
  }

  private mutating func doubtAll(_ isMeant: (OutputKey) -> Bool) {
    for key in outputs.keys where isMeant(key) { outputs[key]?.isDoubtful = true }
  }

  /// What the DAG scheduler is about to be told.
  mutating func told(_ event: DAGScheduler.Event) {
    switch event {
    case .taskFinished(let attempt, let executor, let output): heard(attempt, executor, output)
    case .nodeLost(let node):
      disturbances += 1
      for (key, output) in outputs where output.place.node == node { outputs[key]?.isDoubtful = true }
    case .partitionDropped: disturbances += 1
    default: break
    }
  }

  private mutating func heard(_ attempt: TaskAttempt, _ executor: ExecutorIncarnation, _ output: MapOutput?) {
    let stage = attempt.task.stage
    guard liveStages[stage.stage]?.attempt == stage else { return }
    liveStages[stage.stage]?.waiting.remove(attempt.task.partition)
    if let live = liveStages[stage.stage], live.waiting.isEmpty, !live.hasFailed { liveStages[stage.stage] = nil }
    guard let output, let shuffle = writes[stage.stage] else { return }
    guard !lostExecutors.contains(executor) else {
      disturbances += 1
      return
    }
    let key = OutputKey(shuffle: shuffle, map: attempt.task.partition)
    let before = outputs[key]
    if let before, !before.isDoubtful { return }
    outputs[key] = Output(attempt: attempt, place: output.place, version: output.checksum)
    if let before, before.version != output.checksum {
      probes.count("other rows")
      disturbances += 1
      doubtAll { $0 != key }
    }
  }

  mutating func discarded(_ shuffle: ShuffleID) {
    for key in outputs.keys where key.shuffle == shuffle { outputs[key] = nil }
  }
}
