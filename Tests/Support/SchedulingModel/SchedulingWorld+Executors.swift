import FlintCore
import FlintLineage

#if FLINT_PLANTED_BUGS
  import PlantedScheduling
#else
  import FlintScheduling
#endif

/// Executors: their lives, commands and messages.
extension SchedulingWorld {
  func start(_ executor: ExecutorID) {
    guard !executors.values.contains(where: { $0.id.executor == executor && $0.isAlive }) else { return }
    guard findsDriver(executor) else { return }
    let life = lives[executor, default: 0]
    lives[executor] = life + 1
    let id = ExecutorIncarnation(executor: executor, number: life)
    let node = NodeID(rawValue: executor.rawValue % UInt64(plan.nodeCount))
    executors[id] = ModelExecutor(id: id, node: node, slotCount: plan.slotCount)
    tell(.registered(node, slotCount: plan.slotCount), from: id)
  }

  /// An executor ends; what was in its memory is gone.
  func kill(_ id: ExecutorIncarnation, isNoticed: Bool) {
    guard let executor = executors[id], executor.isAlive else { return }
    executors[id]?.isAlive = false
    executors[id]?.tasks = [:]
    executors[id]?.waiting = []
    executors[id]?.outputs = [:]
    executors[id]?.kept = [:]
    note("\(id) dies", id.number)
    // A connection closes at once; otherwise only silence tells, unless a worker sees it later.
    if isNoticed { schedule(.message(.closed, from: id), after: plan.pace.noticing) }
    if !isNoticed && chance.permille(300) { schedule(.message(.closed, from: id), after: 3_000...8_000) }
    if chance.permille(800) || isHealed { schedule(.start(id.executor), after: plan.pace.restarting) }
  }

  // MARK: Messages

  func tell(_ message: DriverMessage, from id: ExecutorIncarnation) {
    guard let executor = executors[id] else { return }
    let start = max(now, executor.mutedUntil)
    let isLate = chance.permille(plan.lateness)
    let soon = start + chance.milliseconds(isLate ? 2_000...15_000 : plan.pace.message)
    let (time, isTwice) = harmedArrival(soon, from: id)
    schedule(.message(message, from: id), at: time)
    if isTwice { schedule(.message(message, from: id), at: time + chance.milliseconds(0...500)) }
    if chance.permille(plan.duplicates) {
      schedule(.message(message, from: id), at: time + chance.milliseconds(0...20_000))
    }
  }

  // MARK: Commands

  func carryOut(_ command: ExecutorCommand, on id: ExecutorIncarnation) {
    guard let executor = executors[id], executor.isAlive else { return }
    guard now >= executor.frozenUntil else { return schedule(.command(command, to: id), at: thaw(of: id)) }
    note("\(id) is told \(ModelText.line(command))", id.executor.rawValue)
    switch command {
    case .launch(let description):
      if executor.tasks.count < executor.slotCount {
        begin(description, on: id)
      } else {
        executors[id]?.waiting.append(description)
      }
    case .kill(let attempt):
      if let index = executor.waiting.firstIndex(where: { $0.attempt == attempt }) {
        executors[id]?.waiting.remove(at: index)
        return tell(.ended(attempt, .failed(.killed), TaskReport()), from: id)
      }
      guard executor.tasks[attempt] != nil else { return }
      executors[id]?.tasks[attempt]?.isKilled = true
      schedule(.step(attempt, on: id), after: executor.tasks[attempt]?.isStubborn == true ? 5_000...9_000 : 1...100)
    case .recall:
      executors[id]?.waiting = []
      for description in executor.waiting {
        probes.count("given back")
        tell(.ended(description.attempt, .failed(.takenBack), TaskReport()), from: id)
      }
    case .authorise(let attempt):
      guard executor.tasks[attempt]?.phase == .waitingForWord else { return }
      executors[id]?.tasks[attempt]?.phase = .committing
      schedule(.step(attempt, on: id), after: plan.pace.committing)
    case .deny(let attempt):
      guard executor.tasks[attempt]?.phase == .waitingForWord else { return }
      probes.count("denied")
      finish(attempt, on: id, .failed(.commitDenied), TaskReport())
    case .drop(let dataset, let partition): executors[id]?.kept[KeptKey(dataset, partition)] = nil
    case .end: kill(id, isNoticed: true)
    }
  }

  private func begin(_ description: TaskDescription, on id: ExecutorIncarnation) {
    let isStubborn = chance.permille(plan.stubbornTasks)
    executors[id]?.tasks[description.attempt] = ModelTask(description: description, isStubborn: isStubborn)
    schedule(.step(description.attempt, on: id), after: plan.pace.beginning)
  }

  /// A slot has fallen free: the executor begins what waits.
  func beginNext(on id: ExecutorIncarnation) {
    guard let executor = executors[id], executor.tasks.count < executor.slotCount, !executor.waiting.isEmpty else {
      return
    }
    executors[id]?.waiting.removeFirst()
    begin(executor.waiting[0], on: id)
  }

  /// Commands to one that stands still keep their order: each waits a little longer than the one before.
  private func thaw(of id: ExecutorIncarnation) -> Int64 {
    let time = max(executors[id]?.frozenUntil ?? 0, executors[id]?.lastCommand ?? 0) + 1
    executors[id]?.lastCommand = time
    return time
  }
}
