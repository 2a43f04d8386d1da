public import FlintCore
internal import FlintLineage
internal import FlintScheduling
public import FlintWire

/// What executors say.
extension DriverNode {
  /// Takes a message of an executor, and returns what answers it, if it is a request.
  ///
  /// A message may come twice: what it names tells that it is known. Throws `executors-unavailable` to an executor whose
  /// life is over: it must end, and come back as another.
  public func receive(_ message: Message, from executor: ExecutorIncarnation) throws(FlintError) -> Message? {
    #if FLINT_PLANTED_RUNTIME
      if RuntimeBug.has(.zombieRegistersBlocks), case .blockStored(let stored) = message {
        take(stored, from: executor)
        return nil
      }
      if RuntimeBug.has(.lateEndCounted), case .updateStatus(let update) = message, !registry.isLive(executor) {
        events.taskEnded(update.attempt, on: executor, .succeeded, update.metrics, nil, took: .zero)
        return .statusNoted
      }
    #endif
    // An executor that was told to end says last what it has used.
    if isStopping, case .reportExecutor(let report) = message {
      take(report, from: executor)
      return nil
    }
    guard registry.isLive(executor), !isStopping else {
      throw FlintError(.executorsUnavailable, "\(executor) is not wanted any more", why: "its life was declared over")
    }
    for action in monitor.handle(.heard(executor), at: now) { follow(action) }
    switch message {
    case .updateStatus(let update):
      take(update, from: executor)
      return .statusNoted
    case .askCommit(let question):
      let isAuthorised = question.executor == executor && mayCommit(question.attempt)
      return .answerCommit(CommitAnswer(attempt: question.attempt, isAuthorised: isAuthorised))
    case .askMapOutputs(let question):
      let outputs = entries(of: question.shuffle, reduce: question.reduce)
      return .answerMapOutputs(
        MapOutputAnswer(
          shuffle: question.shuffle, reduce: question.reduce, epoch: stages.mapOutputs.epoch,
          missing: outputs == nil ? firstMissing(of: question.shuffle) : nil, outputs: outputs ?? []))
    case .askBlock(let question):
      return .answerBlock(BlockAnswer(block: question.block, places: blocks.places(of: question.block)))
    case .askPeers(let question):
      return .answerPeers(BlockAnswer(block: question.block, places: peers(of: executor, for: question.block)))
    case .reportExecutor(let report): take(report, from: executor)
    case .blockStored(let stored): take(stored, from: executor)
    case .blockDropped(let dropped): take(dropped, from: executor)
    case .echo(let bytes): return .echoed(bytes)
    // A connection lets nothing else through.
    case .echoed, .registerExecutor, .executorRegistered, .stopExecutor, .describeStage, .forgetStages, .launchTask,
      .killTask, .recallTasks, .statusNoted, .answerCommit, .answerMapOutputs, .answerBlock, .removeBlocks,
      .answerPeers, .fetchBlock, .sendBlock, .copyBlock, .blockCopied, .inspect, .inspected:
      break
    }
    return nil
  }

  private func take(_ report: ExecutorReport, from executor: ExecutorIncarnation) {
    guard report.executor == executor, let member = members[executor], member.lastReport ?? 0 <= report.number else {
      return
    }
    members[executor]?.lastReport = report.number
    members[executor]?.peakMemory = max(member.peakMemory, report.peakResident)
  }

  private func take(_ stored: BlockStored, from executor: ExecutorIncarnation) {
    // Nobody speaks for another one's memory.
    guard stored.place.executor.map({ $0 == executor }) ?? true else { return }
    guard case .cached(let dataset, let partition) = stored.block else {
      blocks.add(stored.block, at: stored.place)
      return
    }
    if let attempt = stored.attempt {
      // A try that was told to end keeps none: its rows may be void.
      guard tries[attempt]?.isKilled != true else {
        return send(.removeBlocks(BlockRemoval(blocks: [stored.block])), to: executor)
      }
      blocks.add(stored.block, at: stored.place)
      let isRecomputed = summary.stored(stored.block)
      events.blockStored(stored, on: executor, isRecomputed: isRecomputed)
      tell(.partitionKept(dataset, partition, by: attempt, on: executor, node: stored.place.node))
    } else if !blocks.places(of: stored.block).isEmpty {
      // A copy of what somebody keeps still.
      blocks.add(stored.block, at: stored.place)
    }
  }

  private func take(_ dropped: BlockDropped, from executor: ExecutorIncarnation) {
    guard dropped.executor == executor else { return }
    blocks.remove(dropped.block, from: executor)
    events.blockDropped(dropped.block, on: executor)
    if case .cached(let dataset, let partition) = dropped.block {
      tell(.partitionDropped(dataset, partition, on: executor))
    }
  }

  // MARK: Status

  private func take(_ update: StatusUpdate, from executor: ExecutorIncarnation) {
    let attempt = update.attempt
    // What is over was heard before.
    guard let tried = tries[attempt], tried.executor == executor, !tried.isOver, update.executor == executor else {
      return
    }
    tried.accumulators = update.accumulators
    guard let stage = sets[attempt.task.stage]?.stage else { return takeUnwanted(update, from: executor) }
    let isMap = stage.kind != .result
    switch update.status {
    case .running: return
    case .finished(let result) where !isMap: take(result, of: attempt, update.metrics)
    case .finishedWithBlock(let byteCount) where !isMap: take(byteCount, of: attempt, on: executor, update.metrics)
    case .wrote(let report) where isMap:
      guard let output = output(report, of: attempt, on: executor) else { fallthrough }
      tried.output = output
      finish(attempt, .succeeded, update.metrics)
      // A copy was faster, or its job has failed meanwhile: nobody would ever remove it. Members of a gang count later.
      if !stage.isBarrier, written[report.shuffle]?[attempt] == nil { letGo(report, of: attempt, on: executor) }
    case .finished, .finishedWithBlock, .wrote:
      tried.error = FlintError(.corruptData, "\(executor) answered another question than it was asked")
      finish(attempt, .failed(.resultLost), update.metrics)
    case .failed(let report):
      tried.error = report.error.error
      finish(attempt, .failed(failure(report.kind, of: attempt)), update.metrics)
    }
  }

  /// A try of a stage that is over has ended after all: what it has made is nobody's.
  private func takeUnwanted(_ update: StatusUpdate, from executor: ExecutorIncarnation) {
    switch update.status {
    case .running: return
    case .finished: finish(update.attempt, .failed(.killed), update.metrics)
    case .finishedWithBlock:
      finish(update.attempt, .failed(.killed), update.metrics)
      letGo(update.attempt, on: executor)
    case .wrote(let report):
      finish(update.attempt, .failed(.killed), update.metrics)
      letGo(report, of: update.attempt, on: executor)
    case .failed(let report):
      tries[update.attempt]?.error = report.error.error
      finish(update.attempt, .failed(failure(report.kind, of: update.attempt)), update.metrics)
    }
  }

  /// Nobody will read an output.
  private func letGo(_ report: MapOutputReport, of attempt: TaskAttempt, on executor: ExecutorIncarnation) {
    #if FLINT_PLANTED_RUNTIME
      if RuntimeBug.has(.unwantedOutputLeft) { return }
    #endif
    send(.removeBlocks(BlockRemoval(blocks: [.shuffleData(report.shuffle, map: attempt)])), to: executor)
  }

  /// Tells the deciders that a try is over.
  func finish(_ attempt: TaskAttempt, _ end: TaskEnd, _ metrics: TaskMetrics) {
    note(attempt, end, metrics)
    steps.append(.tasks(.ended(attempt, end)))
    run()
    settleCommit(of: attempt, end)
    forget(attempt)
  }

  private func failure(_ kind: FailureReport.Kind, of attempt: TaskAttempt) -> TaskFailure {
    switch kind {
    case .threw(let isRetryable): return .threw(isRetryable: isRetryable)
    case .fetchFailed(let shuffle, let map, let epoch):
      tries[attempt]?.epoch = epoch
      events.fetchFailed(attempt, shuffle, map: map)
      return .fetchFailed(shuffle, map: map)
    case .commitDenied: return .commitDenied
    case .killed: return .killed
    case .takenBack: return .takenBack
    case .memoryExceeded: return .memoryExceeded
    case .diskFull: return .diskFull
    case .diskFailed: return .diskFailed
    case .resultUnsupported: return .resultUnsupported
    case .rowsLost(let shuffle): return .rowsLost(shuffle)
    }
  }

  /// The report as the deciders know it; nil when it does not fit what was asked for.
  private func output(
    _ report: MapOutputReport, of attempt: TaskAttempt, on executor: ExecutorIncarnation
  ) -> MapOutput? {
    guard sets[attempt.task.stage]?.stage.kind == .shuffleMap(report.shuffle),
      report.place.executor.map({ $0 == executor }) ?? true
    else { return nil }
    blocks.note(report.place)
    let place: MapOutput.Place =
      if let executor = report.place.executor {
        .executor(executor, node: report.place.node)
      } else {
        .node(report.place.node)
      }
    return MapOutput(
      attempt: attempt, place: place, sizes: report.byteCounts, rowCounts: report.rowCounts, checksum: report.checksum)
  }
}
