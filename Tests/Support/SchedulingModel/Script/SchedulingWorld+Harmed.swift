import FlintChaos
import FlintCore
import FlintLineage
import LineageGraphs

#if FLINT_PLANTED_BUGS
  import PlantedScheduling
#else
  import FlintScheduling
#endif

/// How what was done by a scenario shows in what happens afterwards. Without a scenario all of it is nothing.
extension SchedulingWorld {
  private func place(of id: ExecutorIncarnation) -> ScriptedPlace? { script?.places[Int(id.executor.rawValue)] }

  // MARK: Starts

  /// Whether a life of an executor comes into service now; else it ends, or goes on looking for the driver.
  func findsDriver(_ executor: ExecutorID) -> Bool {
    guard let script else { return true }
    let index = Int(executor.rawValue)
    if script.places[index].doomedStarts > 0 {
      self.script?.places[index].doomedStarts -= 1
      endOfStart(executor)
      return false
    }
    guard now < script.driverUnknownUntil else {
      self.script?.places[index].searchingSince = nil
      self.script?.places[index].failedStarts = 0
      return true
    }
    // It dials again and again, and gives up after a while.
    let since = script.places[index].searchingSince ?? now
    self.script?.places[index].searchingSince = since
    if now - since > SchedulingWorld.searchPatience {
      self.script?.places[index].searchingSince = nil
      endOfStart(executor)
    } else {
      schedule(.start(executor), after: 50...500)
    }
    return false
  }

  private static let searchPatience: Int64 = 10_000_000_000

  private func endOfStart(_ executor: ExecutorID) {
    let index = Int(executor.rawValue)
    script?.places[index].failedStarts += 1
    note("\(executor) ends before it is in service", executor.rawValue)
    let serves = executors.values.contains { $0.isAlive }
    if !serves, script?.places[index].failedStarts ?? 0 >= plan.limits.executorStarts {
      schedule(.startsGaveUp, after: plan.pace.noticing)
    }
    schedule(.start(executor), after: plan.pace.restarting)
  }

  // MARK: Messages

  /// When a message that an executor sends now comes to the driver, and whether it comes again.
  func harmedArrival(_ time: Int64, from id: ExecutorIncarnation) -> (time: Int64, isTwice: Bool) {
    guard let script, let place = place(of: id) else { return (time, false) }
    var arrival = place.mutedUntil > now ? max(time, place.mutedUntil + chance.milliseconds(0...20)) : time
    if let slow = script.slowLinks { arrival += slow.more(at: now, &chance) }
    guard let frames = script.frames else { return (arrival, false) }
    let isFirst = if case .lurking = script.faults[frames.fault].state { true } else { false }
    guard isFirst || (now < frames.until && chance.permille(frames.permille)) else { return (arrival, false) }
    settle(frames.fault, true)
    note("a message of \(id) is harmed", id.number)
    switch frames.harm {
    case .duplicate: return (arrival, true)
    case .reorder: return (arrival + chance.milliseconds(5...200), false)
    // Either side notices, and what was not acknowledged is told again over another connection.
    case .lose, .corrupt, .reset:
      breakConnection(of: id)
      return (arrival + chance.milliseconds(50...1_000), chance.permille(500))
    }
  }

  /// When a command that the driver sends now comes to an executor.
  func harmedDelivery(_ time: Int64, to id: ExecutorIncarnation) -> Int64 {
    guard let script, let place = place(of: id) else { return time }
    return max(time, place.deafUntil) + (script.slowLinks?.more(at: now, &chance) ?? 0)
  }

  /// An executor that has its driver again on another connection offers its service once more, in the same life.
  func offerAgain(_ id: ExecutorIncarnation) {
    guard let executor = executors[id] else { return }
    schedule(
      .message(.registered(executor.node, slotCount: executor.slotCount), from: id),
      at: max(now, place(of: id)?.mutedUntil ?? 0) + chance.milliseconds(10...400))
  }

  /// The connection between driver and executor breaks: the executor is back in time on another one, or it is lost alive.
  func breakConnection(of id: ExecutorIncarnation) {
    defer { offerAgain(id) }
    let index = Int(id.executor.rawValue)
    if chance.permille(500) {
      schedule(.message(.closed, from: id), after: plan.pace.noticing)
    } else {
      let until = now + chance.milliseconds(10...150)
      let (muted, deaf) = (place(of: id)?.mutedUntil ?? 0, place(of: id)?.deafUntil ?? 0)
      script?.places[index].mutedUntil = max(until, muted)
      script?.places[index].deafUntil = max(until, deaf)
    }
  }

  // MARK: Time

  /// How much later a timer of the driver rings.
  func lateness() -> Int64 { script?.driverTimers?.more(at: now, &chance) ?? 0 }

  /// How much longer a step of a task takes.
  func slowness(on id: ExecutorIncarnation) -> Int64 {
    guard let place = place(of: id) else { return 0 }
    return (place.slowDisk?.more(at: now, &chance) ?? 0) + (place.lateTimers?.more(at: now, &chance) ?? 0)
  }

  /// Whether the driver hears of an executor now.
  func isHeard(_ id: ExecutorIncarnation) -> Bool {
    guard let place = place(of: id) else { return true }
    guard now >= place.mutedUntil else { return false }
    guard let late = place.lateTimers, now < late.until else { return true }
    guard now >= place.nextHeard else { return false }
    script?.places[Int(id.executor.rawValue)].nextHeard = now + 1_000_000_000 + late.more(at: now, &chance)
    return true
  }

  /// An executor whose life was declared over hears that at its next sign of life.
  func endZombies(_ heard: [ExecutorIncarnation]) {
    guard script != nil else { return }
    for id in heard where driver.ledger.lostExecutors.contains(id) { send(.end, to: id) }
  }

  // MARK: Input

  /// Until when a reader must wait before it can tell whether an output is there; nil when it can now.
  func unreachable(_ output: MapOutput, by reader: ExecutorIncarnation) -> Int64? {
    guard let script else { return nil }
    let near = Int(reader.executor.rawValue)
    let far = Int(output.place.node.rawValue)
    var until = script.gaps.filter { $0.sides == [near, far] }.map(\.until).max() ?? 0
    if near != far { until = max(until, script.everybodyUnknownUntil) }
    switch output.place {
    case .executor(let id, _): until = max(until, executors[id].map { $0.isAlive ? $0.frozenUntil : 0 } ?? 0)
    case .node: until = max(until, script.places[far].darkUntil)
    }
    return until > now ? until : nil
  }

  /// How long a reader goes on asking: as often as it may, each time as long as it may.
  var readPatience: Int64 { plan.limits.requestDeadline.nanoseconds * Int64(plan.limits.fetchAttempts) }

  /// Whether reading an output fails, once.
  func failsToRead(_ output: MapOutput) -> Bool {
    let index = Int(output.place.node.rawValue)
    guard let fault = script?.places[index].failingRead else { return false }
    settle(fault, true)
    for place in script?.places.indices ?? 0..<0 { script?.places[place].failingRead = nil }
    return true
  }

  // MARK: Work

  /// How many bytes a map output has for each reader: about the same for all of them, in a scenario.
  func sizes(of task: ModelTask, _ version: UInt64) -> [UInt64] {
    guard script != nil, case .shuffleMap(let shuffle) = task.description.stage.kind else {
      return [version % 100, version % 77, version % 51]
    }
    let readers = workload.exchanges.first { $0.id == shuffle }?.partitioner.partitionCount ?? 0
    return (0..<readers).map { 90 + (version &+ UInt64($0)) % 20 }
  }

  /// Why a task that would write fails on its disk; nil when it does not.
  func failureOfDisk(under task: ModelTask, on id: ExecutorIncarnation) -> TaskFailure? {
    let index = Int(id.executor.rawValue)
    guard let disk = script?.places[index].disk, task.description.stage.kind != .result || task.description.saves else {
      return nil
    }
    settle(disk.fault, true)
    if !disk.stays { script?.places[index].disk = nil }
    return disk.failure
  }

  /// What the program's code does to a task instead of its work. Returns whether it does something.
  func meetsMishap(_ task: ModelTask, on id: ExecutorIncarnation) -> Bool {
    let attempt = task.attempt
    guard let kind = script?.takeMishap(in: task.description.stage.node.id, attempt.task.partition) else {
      return false
    }
    note("\(attempt) meets \(kind)", 17)
    switch kind {
    case .throwing(_, let isRetryable, _):
      finish(attempt, on: id, .failed(.threw(isRetryable: isRetryable)), TaskReport())
    case .trapping:
      // Who started the process tells what it died of, and of what.
      schedule(.message(.ended(attempt, .failed(.trapped), TaskReport()), from: id), at: now + 1_000_000)
      kill(id, isNoticed: true)
    case .deaf:
      executors[id]?.tasks[attempt]?.isDeaf = true
      goOnWithProgram()
    }
    return true
  }

  /// Whether an executor dies at this point of a commit.
  func dies(at point: ScriptState.CommitDeath.Point, _ task: ModelTask, on id: ExecutorIncarnation) -> Bool {
    guard let death = script?.commitDeath, death.point == point, task.description.saves,
      death.places.contains(Int(id.executor.rawValue))
    else { return false }
    guard death.callsBefore == 0 else {
      script?.commitDeath?.callsBefore -= 1
      return false
    }
    script?.commitDeath = nil
    settle(death.fault, true)
    kill(id, isNoticed: true)
    return true
  }
}
