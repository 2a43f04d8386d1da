import FlintChaos
import FlintCore

#if FLINT_PLANTED_BUGS
  import PlantedScheduling
#else
  import FlintScheduling
#endif

/// Faults: what each of them is to the deciders.
extension SchedulingWorld {
  /// Does the fault at its event. What can only be done to somebody who comes later lurks until then.
  func strike(_ index: Int, _ event: ModelEvent) {
    guard let fault = script?.faults[index].planned.fault else { return }
    script?.faults[index].state = .lurking
    note("STRIKE \(fault)", 13)
    probes.count("fault.\(fault.name)")
    switch fault {
    case .kill, .killRepeatedly, .killAtCall, .terminate, .pause, .losePower, .killBlockService, .replaceDriver:
      strikeProcesses(fault, index, event)
    case .partition, .cut, .halfOpen, .breakStreams, .harmFrames, .loseNames, .singleBytes, .slowLinks:
      strikeLinks(fault, index, event)
    case .fullDisk, .failingDisk, .slowDisk, .flipBit, .removeFiles, .misplaceFiles: strikeFiles(fault, index, event)
    case .lateTimers(let target, let bound, let duration):
      let slowness = ScriptedPlace.Slowness(bound: bound.nanoseconds, until: now + duration.nanoseconds)
      if target == .driver || target == .everybody { script?.driverTimers = slowness }
      settle(index, places(of: target, event), alsoDriver: target == .driver) {
        script?.places[$0].lateTimers = slowness
      }
    case .cancelJob:
      let jobs = driver.stages.activeJobs
      settle(index, !jobs.isEmpty)
      for job in jobs { schedule(.cancel(job), at: now) }
    case .heal: healPlaces(index)
    case .jumpWallClock, .strangeBytes, .impersonate: refuse(fault)
    }
  }

  private func strikeProcesses(_ fault: FlintChaos.Fault, _ index: Int, _ event: ModelEvent) {
    switch fault {
    case .kill(let target): settle(index, living(target, event)) { kill($0, isNoticed: true) }
    case .killRepeatedly(let target, let times):
      for place in places(of: target, event) { script?.places[place].doomedStarts += times - 1 }
      settle(index, living(target, event)) { kill($0, isNoticed: true) }
    case .killAtCall(let target, let call, let number, let isAfter):
      let point: ScriptState.CommitDeath.Point =
        call != .rename ? .beforeAsking : isAfter ? .afterPublishing : .beforePublishing
      script?.commitDeath = ScriptState.CommitDeath(
        point: point, places: Set(places(of: target, event)), callsBefore: number - 1, fault: index)
    case .terminate(let target):
      settle(index, living(target, event)) {
        driver.drain($0, at: now)
        pump()
      }
    case .pause(.driver, let duration):
      driverFrozenUntil = now + duration.nanoseconds
      settle(index, true)
    case .pause(let target, let duration):
      settle(index, living(target, event)) { executors[$0]?.frozenUntil = now + duration.nanoseconds }
    case .losePower(let target):
      settle(index, living(target, event)) { id in
        let place = Int(id.executor.rawValue)
        files[executors[id]?.node ?? NodeID(rawValue: 0)] = nil
        script?.places[place].darkUntil = now + 1_000_000_000
        kill(id, isNoticed: false)
      }
    case .killBlockService(let target):
      settle(index, places(of: target, event)) { script?.places[$0].darkUntil = now + 1_000_000_000 }
    default: refuse(fault)
    }
  }

  private func strikeLinks(_ fault: FlintChaos.Fault, _ index: Int, _ event: ModelEvent) {
    switch fault {
    case .partition(let side, let others, let duration):
      part(side, others, event, until: now + duration.nanoseconds, mutes: true, deafens: true)
      settle(index, true)
    case .cut(let from, let to, let duration):
      part(from, to, event, until: now + duration.nanoseconds, mutes: to == .driver, deafens: from == .driver)
      settle(index, true)
    case .halfOpen(let first, let second):
      // Until somebody misses a word, and dials again.
      part(first, second, event, until: now + chance.milliseconds(200...7_000), mutes: true, deafens: true)
      settle(index, true)
    case .breakStreams(let first, let second, _):
      let target = first == .driver ? second : first
      guard first == .driver || second == .driver else { return refuse(fault) }
      settle(index, living(target, event)) { breakConnection(of: $0) }
    case .harmFrames(let harm, let permille, let duration):
      script?.frames = ScriptState.HarmedFrames(
        harm: harm, permille: permille, until: now + duration.nanoseconds, fault: index)
    case .loseNames(let target, let duration):
      script?.driverUnknownUntil = now + duration.nanoseconds
      if target != .driver { script?.everybodyUnknownUntil = now + duration.nanoseconds }
      settle(index, true)
    case .slowLinks(let bound, let duration):
      script?.slowLinks = ScriptedPlace.Slowness(bound: bound.nanoseconds, until: now + duration.nanoseconds)
      settle(index, true)
    default: refuse(fault)
    }
  }

  private func strikeFiles(_ fault: FlintChaos.Fault, _ index: Int, _ event: ModelEvent) {
    switch fault {
    case .fullDisk(let target, _, let stays):
      // The deciders know no writes. Whichever of them it is, the task that makes it fails.
      for place in places(of: target, event) {
        script?.places[place].disk = ScriptedPlace.Disk(failure: .diskFull, stays: stays, fault: index)
      }
    case .failingDisk(let target, .read, _):
      for place in places(of: target, event) { script?.places[place].failingRead = index }
    case .failingDisk(let target, _, _):
      for place in places(of: target, event) {
        script?.places[place].disk = ScriptedPlace.Disk(failure: .diskFailed, stays: false, fault: index)
      }
    case .slowDisk(let target, let bound, let duration):
      let slowness = ScriptedPlace.Slowness(bound: bound.nanoseconds, until: now + duration.nanoseconds)
      settle(index, places(of: target, event)) { script?.places[$0].slowDisk = slowness }
    case .removeFiles(let target):
      let nodes = places(of: target, event).map { NodeID(rawValue: UInt64($0)) }.filter { files[$0]?.isEmpty == false }
      settle(index, nodes) { files[$0] = nil }
    default: refuse(fault)
    }
  }

  // MARK: Whether it met somebody

  func settle(_ index: Int, _ hasMet: Bool) { script?.faults[index].state = hasMet ? .struck : .missed }

  private func settle<Victim>(
    _ index: Int, _ victims: [Victim], alsoDriver: Bool = false, _ body: (Victim) -> Void
  ) {
    settle(index, alsoDriver || !victims.isEmpty)
    for victim in victims { body(victim) }
  }

  private func refuse(_ fault: FlintChaos.Fault) {
    if violation == nil { violation = "the deciders cannot tell that \(fault) happens" }
  }

  // MARK: Whom

  /// The executors that a target means, by number.
  private func places(of target: FaultTarget, _ event: ModelEvent) -> [Int] {
    let all = Array(0..<plan.executorCount)
    let named = event.executor.map { Int($0.executor.rawValue) } ?? 0
    switch target {
    case .driver: return []
    case .executor(let index): return [index % all.count]
    case .namedExecutor: return [named]
    case .otherExecutor: return Array(all.filter { $0 != named }.prefix(1))
    case .everyExecutor, .everybody: return all
    }
  }

  /// Their lives.
  private func living(_ target: FaultTarget, _ event: ModelEvent) -> [ExecutorIncarnation] {
    places(of: target, event).flatMap { living(at: $0) }
  }

  private func living(at place: Int) -> [ExecutorIncarnation] {
    executors.values.filter { $0.isAlive && $0.id.executor.rawValue == UInt64(place) }.map(\.id)
  }

  // MARK: Links

  private func part(
    _ side: FaultTarget, _ others: FaultTarget, _ event: ModelEvent, until: Int64, mutes: Bool, deafens: Bool
  ) {
    let (first, second) = (places(of: side, event), places(of: others, event))
    let hasDriver = [side, others].contains { $0 == .driver || $0 == .everybody }
    if hasDriver {
      for place in first + second {
        if mutes { script?.places[place].mutedUntil = until }
        if deafens { script?.places[place].deafUntil = until }
        for id in living(at: place) { offerAgain(id) }
      }
    }
    for near in first {
      for far in second where near != far { script?.gaps.append(ScriptState.Gap(sides: [near, far], until: until)) }
    }
  }

  private func healPlaces(_ index: Int) {
    guard var script else { return }
    for place in script.places.indices {
      let starts = (script.places[place].doomedStarts, script.places[place].failedStarts)
      script.places[place] = ScriptedPlace()
      (script.places[place].doomedStarts, script.places[place].failedStarts) = starts
    }
    (script.gaps, script.frames, script.slowLinks, script.driverTimers) = ([], nil, nil, nil)
    (script.driverUnknownUntil, script.everybodyUnknownUntil) = (0, 0)
    self.script = script
    for id in executors.keys.sorted() { executors[id]?.frozenUntil = 0 }
    driverFrozenUntil = 0
    settle(index, true)
  }
}
