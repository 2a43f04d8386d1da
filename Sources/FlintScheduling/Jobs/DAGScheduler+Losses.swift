internal import FlintCore
internal import FlintLineage

/// Losses: executors, machines, and input that could not be read.
extension DAGScheduler {
  mutating func lose(_ executor: ExecutorIncarnation) {
    guard fence.bar(executor) else {
      dropped.repeated += 1
      return
    }
    if kept.lose(where: { $0.executor == executor }) { touchAll() }
    follow(mapOutputs.handle(.executorLost(executor)))
  }

  mutating func lose(_ node: NodeID) {
    if kept.lose(where: { $0.node == node }) { touchAll() }
    follow(mapOutputs.handle(.nodeLost(node)))
  }

  /// The live attempt cannot come to its end: its stage runs again once its input is there.
  mutating func retry(
    _ attempt: TaskAttempt, on executor: ExecutorIncarnation, _ failure: TaskFailure, _ epoch: MapOutputEpoch?
  ) {
    let (id, partition) = (attempt.task.stage.stage, attempt.task.partition)
    guard let live = stages[id]?.live, live.id == attempt.task.stage, live.pending.contains(partition) else {
      dropped.stale += 1
      return
    }
    guard !fence.bars(executor) || stages[id]?.isBarrier == true else {
      dropped.fenced += 1
      return
    }
    stages[id]?.live?.pending.remove(partition)
    if !live.isEnding {
      stages[id]?.live?.isEnding = true
      if counts(failure), fails(id) {
        let count = stages[id]?.failedAttempts ?? 0
        failStage(id, .stage(failure, attemptCount: count), attempt, on: executor)
        return
      }
    }
    takeEvidence(failure, from: id, partition, epoch)
    if mustStopAtOnce(id, failure), let live = stages[id]?.live {
      outbox.append(.cancel(live.id))
      stages[id]?.live = nil
    }
    touch(stages[id]?.jobs ?? [])
  }

  private func counts(_ failure: TaskFailure) -> Bool {
    switch FailureClassification.verdict(on: failure) {
    case .retryTask(let counts): counts
    case .retryStage, .failJob: true
    case .ignore: false
    }
  }

  /// Counts a failed attempt. Returns whether it was the last one that the stage may have.
  private mutating func fails(_ id: StageID) -> Bool {
    stages[id]?.failedAttempts += 1
    #if FLINT_PLANTED_BUGS
      if PlantedBug.current == .retryWithoutEnd { return false }
    #endif
    return stages[id].map { $0.failedAttempts >= stageAttempts } ?? false
  }

  /// What still runs of a failed attempt is worth waiting for, unless it is part of a gang, or read rows that are likely to
  /// come out otherwise: then each result that it gives out is one more that cannot be taken back.
  private func mustStopAtOnce(_ id: StageID, _ failure: TaskFailure) -> Bool {
    switch failure {
    case .fetchFailed(let shuffle, _), .rowsLost(let shuffle):
      stages[id]?.isBarrier == true || writers[shuffle].flatMap { stages[$0]?.isIndeterminate } == true
    default: stages[id]?.isBarrier == true
    }
  }

  // MARK: What a complaint says about the input

  private mutating func takeEvidence(
    _ failure: TaskFailure, from id: StageID, _ partition: PartitionID, _ epoch: MapOutputEpoch?
  ) {
    switch failure {
    case .fetchFailed(let shuffle, let map):
      guard let run = stages[id], run.stage.shuffles.contains(shuffle) else { return }
      doubtKept(for: partition, of: run, that: shuffle)
      complain(of: map, of: shuffle, by: id, epoch)
    case .rowsLost(let shuffle):
      guard let run = stages[id], run.stage.shuffles.contains(shuffle) else { return }
      // Once may be the reader's fault; twice means that the bytes are not what they were counted as.
      if run.doubtedShuffles.contains(shuffle) {
        follow(mapOutputs.handle(.restarted(shuffle)))
      } else {
        stages[id]?.doubtedShuffles.append(shuffle)
      }
    default: break
    }
  }

  private mutating func complain(
    of map: PartitionID, of shuffle: ShuffleID, by id: StageID, _ epoch: MapOutputEpoch?
  ) {
    // Who was sent nowhere says only that its input was not there then.
    guard let epoch else { return }
    let node = mapOutputs.output(of: shuffle, map: map)?.place.node
    let actions = mapOutputs.handle(.unreadable(shuffle, map: map, epoch: epoch))
    follow(actions)
    guard !actions.isEmpty, let node else { return }
    // A node that failed twice has more to hide: one attempt for each of its outputs would be one after another. What was
    // written on it since the first complaint was written to what is there now.
    if let first = stages[id]?.blamedNodes[node] {
      follow(mapOutputs.handle(.nodeUnreadable(shuffle, node, epoch: first)))
    } else if stages[id]?.failedAttempts ?? 0 > 1 {
      // Nor are there attempts enough to meet each of several nodes twice.
      follow(mapOutputs.handle(.nodeUnreadable(shuffle, node, epoch: epoch)))
    }
    stages[id]?.blamedNodes[node] = epoch
  }

  /// A task that had to read an exchange although its rows were said to be kept knows better.
  private mutating func doubtKept(for partition: PartitionID, of run: StageRun, that shuffle: ShuffleID) {
    guard !kept.isEmpty, !neededShuffles(of: run, for: [partition]).contains(shuffle) else { return }
    for (dataset, partitions) in run.stage.node.pipelinePartitions(for: [partition]).sorted(by: { $0.key < $1.key }) {
      for partition in partitions.sorted() { dropKept(dataset, partition) }
    }
  }
}
