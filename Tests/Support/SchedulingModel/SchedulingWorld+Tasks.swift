import FlintCore
import FlintLineage

#if FLINT_PLANTED_BUGS
  import PlantedScheduling
#else
  import FlintScheduling
#endif

/// Tasks on their executors: they look for their input, read it, compute, ask to commit, and report.
extension SchedulingWorld {
  func step(_ attempt: TaskAttempt, on id: ExecutorIncarnation) {
    guard let executor = executors[id], executor.isAlive, let task = executor.tasks[attempt] else { return }
    guard !task.isDeaf else { return }
    guard now >= executor.frozenUntil else { return schedule(.step(attempt, on: id), at: executor.frozenUntil) }
    if task.isKilled { return finish(attempt, on: id, .failed(.killed), TaskReport()) }
    switch task.phase {
    case .locating: locate(attempt, on: id)
    case .fetching: fetch(attempt, on: id)
    case .working: compute(attempt, on: id)
    case .waitingForWord: break
    case .committing:
      if dies(at: .beforePublishing, task, on: id) { return }
      published[ResultKey(task.description.job, attempt.task.partition)] = task.execution
      if dies(at: .afterPublishing, task, on: id) { return }
      finish(attempt, on: id, .succeeded, TaskReport())
    }
  }

  func finish(_ attempt: TaskAttempt, on id: ExecutorIncarnation, _ end: TaskEnd, _ report: TaskReport) {
    executors[id]?.tasks[attempt] = nil
    tell(.ended(attempt, end, report), from: id)
    beginNext(on: id)
  }

  // MARK: Input

  /// Asks the driver where the input is.
  private func locate(_ attempt: TaskAttempt, on id: ExecutorIncarnation) {
    guard var task = executors[id]?.tasks[attempt] else { return }
    let outputs = driver.stages.mapOutputs
    task.epoch = outputs.epoch
    var (shuffles, needed) = ([ShuffleID](), [KeptKey(task.description.stage.node.id, attempt.task.partition)])
    let nodes = Dictionary(
      uniqueKeysWithValues: task.description.stage.node.pipeline.map { ($0.id, $0) })
    var entered: Set<KeptKey> = []
    while let key = needed.popLast() {
      guard entered.insert(key).inserted, let node = nodes[key.dataset], !findKept(key, node, &task) else { continue }
      for dependency in node.dependencies {
        switch dependency {
        case .narrow(let parent, let mapping):
          needed += mapping.parents(of: key.partition).map { KeptKey(parent.id, $0) }
        case .wide(let shuffle): shuffles.append(shuffle.id)
        }
      }
    }
    for shuffle in Set(shuffles).sorted() {
      guard let held = outputs.outputs(of: shuffle) else {
        let missing = outputs.missing(shuffle)?.first ?? PartitionID(rawValue: 0)
        probes.count("input not there")
        return finish(attempt, on: id, .failed(.fetchFailed(shuffle, map: missing)), TaskReport())
      }
      for output in held {
        if let place = output.place.executor, driver.ledger.lostExecutors.contains(place) {
          violation = "I3: \(attempt) is sent to \(place), which was lost"
        }
        task.fetches.append(ModelTask.Fetch(shuffle: shuffle, map: output.attempt.task.partition, output: output))
      }
    }
    task.phase = .fetching
    executors[id]?.tasks[attempt] = task
    schedule(.step(attempt, on: id), after: plan.pace.fetching)
  }

  /// Takes kept rows from one of those whom the driver names.
  private func findKept(_ key: KeptKey, _ node: LineageNode, _ task: inout ModelTask) -> Bool {
    guard node.storageLevel != nil else { return false }
    for holder in driver.stages.keepers(of: key.dataset, key.partition) {
      guard let executor = executors[holder], executor.isAlive, let source = executor.kept[key] else { continue }
      task.input.kept[key] = executions[source].version
      task.keptSources.append(source)
      probes.count("read kept rows")
      return true
    }
    return false
  }

  private func fetch(_ attempt: TaskAttempt, on id: ExecutorIncarnation) {
    guard var task = executors[id]?.tasks[attempt] else { return }
    if let until = task.fetches.lazy.compactMap({ self.unreachable($0.output, by: id) }).max() {
      let since = task.waitsSince ?? now
      if now - since < readPatience {
        executors[id]?.tasks[attempt]?.waitsSince = since
        return schedule(.step(attempt, on: id), at: min(until, since + readPatience))
      }
    }
    for fetch in task.fetches {
      guard let source = bytes(of: fetch.output), !chance.permille(plan.failedFetches),
        unreachable(fetch.output, by: id) == nil, !failsToRead(fetch.output)
      else {
        probes.count("fetch failed")
        return finish(
          attempt, on: id, .failed(.fetchFailed(fetch.shuffle, map: fetch.map)),
          TaskReport(epoch: task.epoch, complaint: fetch.output.attempt))
      }
      task.input.maps[fetch.shuffle, default: []].append(executions[source].version)
    }
    task.phase = .working
    executors[id]?.tasks[attempt] = task
    let time = chance.milliseconds(chance.permille(plan.slowTasks) ? 3_000...20_000 : plan.pace.working)
    schedule(.step(attempt, on: id), at: now + time + slowness(on: id))
  }

  /// The computation whose rows lie where the driver says.
  private func bytes(of output: MapOutput) -> Int? {
    switch output.place {
    case .executor(let id, _): executors[id].flatMap { $0.isAlive ? $0.outputs[output.attempt] : nil }
    case .node(let node): files[node]?[output.attempt]
    }
  }

  // MARK: Work

  private func compute(_ attempt: TaskAttempt, on id: ExecutorIncarnation) {
    guard let task = executors[id]?.tasks[attempt] else { return }
    if meetsMishap(task, on: id) || dies(at: .beforeAsking, task, on: id) { return }
    if let failure = failure(of: task, on: id) ?? failureOfDisk(under: task, on: id) {
      if failure == .trapped {
        tell(.ended(attempt, .failed(.trapped), TaskReport()), from: id)
        return kill(id, isNoticed: true)
      }
      return finish(attempt, on: id, .failed(failure), TaskReport())
    }
    let nonce = chance.bits()
    let node = task.description.stage.node
    let version = rows.version(of: node, attempt.task.partition, task.input, nonce: nonce)
    let reads = task.fetches.map { fetch in
      Execution.Read(shuffle: fetch.shuffle, map: fetch.map, source: executionOf[fetch.output.attempt] ?? 0)
    }
    let index = executions.count
    executions.append(Execution(version: version, reads: reads, kept: task.keptSources))
    executionOf[attempt] = index
    keepRows(of: task, on: id, nonce: nonce, reads)
    if task.description.saves {
      executors[id]?.tasks[attempt]?.phase = .waitingForWord
      executors[id]?.tasks[attempt]?.execution = index
      return tell(.askedToCommit(attempt), from: id)
    }
    finish(attempt, on: id, .succeeded, TaskReport(output: write(task, on: id, index, version), epoch: task.epoch))
  }

  private func failure(of task: ModelTask, on id: ExecutorIncarnation) -> TaskFailure? {
    let isPoisoned =
      task.attempt.task.partition.rawValue == 0
      && task.description.stage.node.pipeline.contains { workload.poisoned.contains($0.id) }
    if isPoisoned { return chance.permille(500) ? .threw(isRetryable: true) : .threw(isRetryable: false) }
    guard chance.permille(plan.failedTasks) else { return nil }
    probes.count("task failed")
    return chance.pick([.threw(isRetryable: true), .trapped, .memoryExceeded, .diskFull, .resultLost])
  }

  private func write(_ task: ModelTask, on id: ExecutorIncarnation, _ index: Int, _ version: UInt64) -> MapOutput? {
    guard case .shuffleMap = task.description.stage.kind, let executor = executors[id] else { return nil }
    let isFile = chance.permille(plan.nodeFiles)
    if isFile {
      files[executor.node, default: [:]][task.attempt] = index
    } else {
      executors[id]?.outputs[task.attempt] = index
    }
    let sizes = sizes(of: task, version)
    return MapOutput(
      attempt: task.attempt, place: isFile ? .node(executor.node) : .executor(id, node: executor.node), sizes: sizes,
      rowCounts: sizes.map { _ in 1 }, checksum: version)
  }

  /// Leaves the rows that are to be kept with the executor. A try that was told to end keeps nothing.
  private func keepRows(of task: ModelTask, on id: ExecutorIncarnation, nonce: UInt64, _ reads: [Execution.Read]) {
    let needed = task.description.stage.node.pipelinePartitions(for: [task.attempt.task.partition])
    for node in task.description.stage.node.pipeline where node.storageLevel != nil {
      for partition in (needed[node.id] ?? []).sorted() {
        let key = KeptKey(node.id, partition)
        guard task.input.kept[key] == nil, isComputed(key, task) else { continue }
        let version = rows.version(of: node, partition, task.input, nonce: nonce)
        executors[id]?.kept[key] = executions.count
        executions.append(Execution(version: version, reads: reads, kept: task.keptSources))
        tell(.kept(node.id, partition, task.attempt, executors[id]?.node ?? NodeID(rawValue: 0)), from: id)
      }
    }
  }

  /// Whether the task computed this partition itself: below rows that were found kept, nothing was.
  private func isComputed(_ key: KeptKey, _ task: ModelTask) -> Bool {
    guard !task.keptSources.isEmpty else { return true }
    let node = task.description.stage.node.pipeline.first { $0.id == key.dataset }
    let shuffles = node?.neededShuffles(for: [key.partition]) { task.input.kept[KeptKey($0, $1)] != nil } ?? []
    return shuffles.allSatisfy { task.input.maps[$0] != nil }
  }
}
