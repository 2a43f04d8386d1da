import FlintCore

#if FLINT_PLANTED_BUGS
  import PlantedScheduling
#else
  import FlintScheduling
#endif

/// I3: what was lost changes nothing any more. And slots: none is taken twice, none is lost.
extension Ledger {
  mutating func added(_ executor: ExecutorIncarnation, slotCount: Int) {
    require(!lostExecutors.contains(executor), "I3: \(executor) was lost and is there again")
    slots[executor] = slotCount
  }

  /// Takes in a loss; returns the tries that go with it.
  mutating func lost(_ executor: ExecutorIncarnation) -> [TaskAttempt] {
    require(lostExecutors.insert(executor).inserted, "I3: \(executor) is lost for a second time")
    disturbances += 1
    let gone = running.filter { $0.value.executor == executor }.map(\.key).sorted()
    for attempt in gone { release(attempt) }
    slots[executor] = nil
    for (key, output) in outputs where output.place.executor == executor { outputs[key]?.isDoubtful = true }
    for attempt in gone where holders[holderKey(attempt)] == attempt { holders[holderKey(attempt)] = nil }
    return gone
  }

  mutating func launched(_ attempt: TaskAttempt, on executor: ExecutorIncarnation) {
    require(!lostExecutors.contains(executor), "I3: launches \(attempt) on \(executor), which was lost")
    require(slots[executor] != nil, "launches \(attempt) on \(executor), which never came")
    require(running[attempt] == nil, "launches \(attempt) twice")
    running[attempt] = Run(executor: executor)
    runCounts[executor, default: 0] += 1
    launchCounts[attempt.task, default: 0] += 1
    let (count, slotCount) = (runCounts[executor] ?? 0, slots[executor] ?? 0)
    if count > slotCount { probes.count("sent ahead") }
    require(count <= slotCount + limits.tasksAhead, "more tasks than slots on \(executor)")
  }

  /// An executor is told to end, and with it whatever runs there.
  mutating func condemned(_ executor: ExecutorIncarnation) {
    probes.count("executor ended")
    condemnedExecutors.insert(executor)
  }

  mutating func killed(_ attempt: TaskAttempt) { running[attempt]?.isKilled = true }

  mutating func ended(_ attempt: TaskAttempt, on executor: ExecutorIncarnation, _ end: TaskEnd, _ report: TaskReport) {
    guard let run = running[attempt] else { return probes.count("late or repeated end") }
    require(run.executor == executor, "\(attempt) ended on \(executor) and ran on \(run.executor)")
    release(attempt)
  }

  private mutating func release(_ attempt: TaskAttempt) {
    guard let run = running.removeValue(forKey: attempt) else { return }
    runCounts[run.executor, default: 0] -= 1
  }

  /// What must hold whenever the deciders have come to rest.
  mutating func endTurn() {
    for (attempt, run) in running where !run.isKilled && !condemnedExecutors.contains(run.executor) {
      // What still runs of a failed attempt may come to its end.
      guard liveStages[attempt.task.stage.stage]?.attempt == attempt.task.stage else {
        return fail("I5: \(attempt) runs on, and its attempt is over")
      }
    }
  }
}

extension MapOutput.Place {
  var executor: ExecutorIncarnation? {
    switch self {
    case .executor(let executor, _): executor
    case .node: nil
    }
  }
}
