internal import FlintCore
internal import FlintLineage

/// What the task scheduler reports of single tasks.
extension DAGScheduler {
  mutating func finish(_ task: StageRun.FinishedTask) {
    let attempt = task.attempt.task.stage
    #if FLINT_PLANTED_BUGS
      if PlantedBug.current == .lateResultAccepted, stages[attempt.stage].map({ $0.live?.id != attempt }) == true {
        return take(task)
      }
    #endif
    // In place: a copy of a million bits for each of a million tasks would never end.
    guard stages[attempt.stage]?.live?.id == attempt,
      stages[attempt.stage]?.live?.pending.remove(task.attempt.task.partition) == true
    else {
      dropped.stale += 1
      return
    }
    let isGang = stages[attempt.stage]?.isBarrier == true
    if isGang { stages[attempt.stage]?.live?.gang.append(task) }
    if let live = stages[attempt.stage]?.live, live.pending.isEmpty, !live.isEnding {
      endAttempt(live, with: isGang ? live.gang : [task])
    } else if !isGang {
      take(task)
    }
  }

  /// Counts what a task made.
  mutating func take(_ task: StageRun.FinishedTask) {
    let (stage, partition) = (task.attempt.task.stage.stage, task.attempt.task.partition)
    // Its partition stays missing, and runs again when its attempt is over.
    guard !fence.bars(task.executor) else {
      dropped.fenced += 1
      return
    }
    if let shuffle = stages[stage]?.writes {
      guard let output = task.output else { preconditionFailure("\(task.attempt) wrote no map output") }
      follow(mapOutputs.handle(.written(shuffle, output)))
    } else if let job = stages[stage]?.jobs.first, stages[stage]?.finished.insert(partition) == true {
      outbox.append(.result(job, partition, task.attempt))
    }
  }

  mutating func giveUp(
    _ attempt: TaskAttempt, on executor: ExecutorIncarnation, _ failure: TaskFailure, _ tryCount: Int
  ) {
    guard stages[attempt.task.stage.stage]?.live?.id == attempt.task.stage else {
      dropped.stale += 1
      return
    }
    failStage(attempt.task.stage.stage, .task(failure, tryCount: tryCount), attempt, on: executor)
  }

  mutating func refuse(_ attempt: StageAttempt, _ refusal: StageRefusal) {
    guard stages[attempt.stage]?.live?.id == attempt else {
      dropped.stale += 1
      return
    }
    failStage(attempt.stage, .refused(refusal))
  }

  /// Does what the book of map outputs asks for.
  mutating func follow(_ actions: [MapOutputTracker.Action]) {
    for action in actions {
      switch action {
      case .complete: break
      case .missing(let shuffle, _): touch(writers[shuffle].flatMap { stages[$0]?.jobs } ?? [])
      case .rollBackReaders(let shuffle):
        #if FLINT_PLANTED_BUGS
          let reads = writers[shuffle].flatMap { stages[$0]?.stage.shuffles } ?? []
          if PlantedBug.current == .unorderedTakenForDeterminate, !reads.isEmpty { continue }
        #endif
        rollBackReaders(of: shuffle)
      case .discard(let shuffle): outbox.append(.discard(shuffle))
      }
    }
  }
}
