public import FlintCore
public import FlintExecution
internal import FlintLineage
internal import FlintScheduling
public import FlintWire

/// Executors: how they come, and the ways in which they go.
extension DriverNode {
  /// How long a closed connection waits for the reason of its executor's end.
  static let exitWait: Duration = .milliseconds(150)

  /// An executor offers its service over `channel`. The same offer twice changes nothing.
  ///
  /// Throws `executors-unavailable` when this life of the executor is over.
  public func register(
    _ registration: ExecutorRegistration, node: NodeID, over channel: any ExecutorChannel
  ) throws(FlintError) -> RegistrationAnswer {
    let executor = registration.executor
    let slots = Int(max(1, min(registration.taskThreads, 1024)))
    let answer = RegistrationAnswer(application: application, node: node, epoch: stages.mapOutputs.epoch)
    guard !isStopping else { throw Self.over(executor) }
    let actions = registry.handle(.registered(executor, node: node, slotCount: slots))
    if actions.contains(.refuse(executor)) { throw Self.over(executor) }
    if members[executor] == nil {
      members[executor] = ExecutorMember(channel: channel, node: node, blocks: registration.blocks)
    } else {
      // It came back on a new connection, where it was told of no stage.
      members[executor]?.channel = channel
      members[executor]?.described = []
      members[executor]?.isClosed = false
    }
    follow(actions, slots: slots)
    run()
    return answer
  }

  private static func over(_ executor: ExecutorIncarnation) -> FlintError {
    FlintError(.executorsUnavailable, "\(executor) is not wanted any more", why: "its life was declared over")
  }

  func follow(_ actions: [ExecutorRegistry.Action], slots: Int = 0) {
    for action in actions {
      switch action {
      case .added(let executor):
        guard let node = members[executor]?.node else { continue }
        _ = monitor.handle(.registered(executor), at: now)
        emptySince = nil
        events.executorAdded(executor, node: node, slots: slots, at: provider.whereabouts(of: executor))
        steps.append(.tasks(.executorAdded(executor, node: node, slotCount: slots)))
      case .removed(let executor): bury(executor, ExecutorLoss(cause: "a newer life of it has come"))
      case .refuse(let executor): provider.lost(executor)
      case .request, .release: break
      }
    }
  }

  // MARK: The end of an executor

  /// The connection to an executor is gone.
  public func connectionClosed(_ executor: ExecutorIncarnation, _ cause: String) {
    guard registry.isLive(executor), members[executor]?.isClosed == false, !isStopping else { return }
    guard provider.reportsExits else { return lose(executor, ExecutorLoss(cause: cause)) }
    // Who ended it, and whether user code trapped, is known in a moment; until then it gets nothing new.
    members[executor]?.isClosed = true
    events.executorSuspected(executor, cause)
    _ = registry.handle(.suspected(executor))
    tell(.executorSuspected(executor))
    let deadline = now.advanced(by: Self.exitWait)
    partings[executor] = Task(executorPreference: context.executors.control) {
      guard (try? await self.context.time.sleep(until: deadline)) != nil else { return }
      await self.closedForGood(executor, cause)
    }
  }

  private func closedForGood(_ executor: ExecutorIncarnation, _ cause: String) {
    partings[executor] = nil
    guard members[executor]?.isClosed == true else { return }
    lose(executor, ExecutorLoss(cause: cause))
  }

  /// The process of an executor has ended, as whoever started it says. It may never have registered.
  public func executorExited(_ executor: ExecutorIncarnation, _ end: ExecutorLoss) {
    lose(executor, end)
  }

  /// No executor can be started any more.
  public func executorsGaveUp(_ cause: FlintError) {
    for id in jobs.keys.sorted() where jobs[id]?.ending == nil { jobs[id]?.ownError = cause }
    tell(.capacityGone)
  }

  /// Declares an executor lost, once, whoever noticed.
  func lose(_ executor: ExecutorIncarnation, _ end: ExecutorLoss) {
    guard !isStopping else { return }
    guard !isRunning else {
      // Not from within the deciders' turn.
      Task(executorPreference: context.executors.control) { await self.lose(executor, end) }
      return
    }
    let isLive = registry.isLive(executor)
    for action in registry.handle(.lost(executor)) {
      if case .removed(let executor) = action { bury(executor, end) }
    }
    if isLive { provider.lost(executor) }
    run()
  }

  private func bury(_ executor: ExecutorIncarnation, _ end: ExecutorLoss) {
    guard let member = members.removeValue(forKey: executor) else { return }
    _ = monitor.handle(.lost(executor), at: now)
    close(member.channel, of: executor)
    events.executorLost(executor, end, peakMemory: member.peakMemory)
    summary.lost(executor, end, peakMemory: member.peakMemory)
    let gone = blocks.lose(executor)
    for block in gone {
      summary.lost(block)
      if case .cached = block { events.blockLost(block) }
    }
    let running = member.running.sorted()
    for attempt in running {
      fetches.removeValue(forKey: attempt)?.cancel()
      _ = commits.handle(.ended(attempt))
    }
    if let trapped = end.trapped, tries[trapped]?.executor == executor, tries[trapped]?.isOver == false {
      // The one that is to blame, before the others are bystanders.
      tries[trapped]?.error = FlintError(
        .taskFailed, "user code trapped: \(end.cause)", why: end.lastWords.map { "it said last: \($0)" })
      note(trapped, .failed(.trapped))
      steps.append(.tasks(.executorSuspected(executor)))
      steps.append(.tasks(.ended(trapped, .failed(.trapped))))
    }
    for attempt in running where tries[attempt]?.isOver == false {
      note(attempt, .failed(.executorLost(executor)))
    }
    #if FLINT_PLANTED_RUNTIME
      if RuntimeBug.has(.lostTasksForgotten) { return steps.append(.stages(.executorLost(executor))) }
    #endif
    steps.append(.stages(.executorLost(executor)))
    steps.append(.tasks(.executorRemoved(executor)))
    run()
    correctProgress()
    for attempt in running { forget(attempt) }
    if members.isEmpty { emptySince = now }
  }

  private func close(_ channel: any ExecutorChannel, of executor: ExecutorIncarnation) {
    #if FLINT_PLANTED_RUNTIME
      if RuntimeBug.has(.zombieRegistersBlocks) || RuntimeBug.has(.lateEndCounted) { return }
    #endif
    // It may only stand still: if it ever reads this, it ends.
    try? channel.send(.stopExecutor(ExecutorStop(executor: executor)))
    channel.close()
  }

  /// What was done and is lost is not done any more.
  private func correctProgress() {
    for attempt in sets.keys.sorted() where stages.liveAttempt(of: attempt.stage) == attempt {
      guard let stage = sets[attempt]?.stage, case .shuffleMap(let shuffle) = stage.kind else { continue }
      progress.correct(attempt, done: stage.taskCount - (stages.mapOutputs.missing(shuffle)?.count ?? 0))
    }
  }

  /// A machine is gone with its files, as whoever runs its block service says.
  public func nodeLost(_ node: NodeID) {
    tell(.nodeLost(node))
  }

  func follow(_ action: HeartbeatMonitor.Action) {
    switch action {
    case .suspect(let executor, let silence):
      events.executorSuspected(executor, "silent for \(silence.exactText)", silence: silence)
      _ = registry.handle(.suspected(executor))
      tell(.executorSuspected(executor))
    case .trust(let executor):
      events.executorTrusted(executor)
      _ = registry.handle(.trusted(executor))
      tell(.executorTrusted(executor))
    case .fence(let executor, let silence):
      lose(executor, ExecutorLoss(cause: "silent for \(silence.exactText)"))
    }
  }

  /// Who could keep a copy of what `executor` keeps: living executors of other nodes, beginning with another one for each
  /// block.
  func peers(of executor: ExecutorIncarnation, for block: BlockID) -> [BlockPlace] {
    guard let own = members[executor]?.node else { return [] }
    let places = members.keys.sorted().compactMap { peer -> BlockPlace? in
      guard let member = members[peer], member.node != own, !member.isClosed, let endpoint = member.blocks else {
        return nil
      }
      return BlockPlace(node: member.node, executor: peer, endpoint: endpoint)
    }
    guard !places.isEmpty, case .cached(_, let partition) = block else { return places }
    let first = Int(partition.rawValue % UInt64(places.count))
    return Array(places[first...] + places[..<first])
  }

  /// Sends to a living executor; one that is gone will be noticed by its connection.
  func send(_ message: Message, to executor: ExecutorIncarnation) {
    guard let member = members[executor] else { return }
    do throws(FlintError) {
      try member.channel.send(message)
    } catch {
      context.log.debug("a message was not sent", ["executor": "\(executor)", "error": "\(error)"])
    }
  }
}
