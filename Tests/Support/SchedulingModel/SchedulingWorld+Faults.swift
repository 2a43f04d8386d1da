import FlintCore

#if FLINT_PLANTED_BUGS
  import PlantedScheduling
#else
  import FlintScheduling
#endif

/// What breaks, and the healing.
extension SchedulingWorld {
  func inject(_ fault: Fault) {
    let living = executors.values.filter(\.isAlive).map(\.id).sorted()
    note("fault: \(fault)", UInt64(living.count))
    switch fault {
    case .crash, .silentCrash, .replace, .freeze, .mute, .drain:
      guard !living.isEmpty else { return }
      strike(fault, chance.pick(living))
    case .nodeCrash: crashNode(NodeID(rawValue: UInt64(chance.below(plan.nodeCount))))
    case .loseOutput: loseOutput()
    case .dropKept: dropKept()
    case .freezeDriver: driverFrozenUntil = now + chance.milliseconds(500...12_000)
    case .cancelJob:
      driver.learn(.jobCancelled(chance.pick(workload.jobs).id), at: now)
      pump()
    case .cancelGroup:
      driver.learn(.groupCancelled("group"), at: now)
      pump()
    case .cancelStage:
      let stages = driver.stages.activeJobs.flatMap { driver.stages.stages(of: $0) }
      guard !stages.isEmpty else { return }
      driver.learn(.stageCancelled(chance.pick(stages)), at: now)
      pump()
    case .everybodyDies: for id in living { kill(id, isNoticed: chance.permille(700)) }
    }
    probes.count("fault.\(fault)")
  }

  private func strike(_ fault: Fault, _ id: ExecutorIncarnation) {
    switch fault {
    case .crash: kill(id, isNoticed: true)
    case .silentCrash: kill(id, isNoticed: false)
    case .replace:
      kill(id, isNoticed: false)
      start(id.executor)
    case .freeze: executors[id]?.frozenUntil = now + chance.milliseconds(300...12_000)
    case .mute: executors[id]?.mutedUntil = now + chance.milliseconds(300...12_000)
    default:
      driver.drain(id, at: now)
      pump()
    }
  }

  /// A machine goes with its files and executors. The driver hears of it in any order.
  private func crashNode(_ node: NodeID) {
    files[node] = nil
    let gone = executors.values.filter { $0.isAlive && $0.node == node }.map(\.id).sorted()
    for id in gone { kill(id, isNoticed: chance.permille(500)) }
    schedule(.nodeIsGone(node), after: 1...6_000)
  }

  /// Files vanish, or memory is damaged, and nobody knows before somebody reads.
  private func loseOutput() {
    for node in files.keys.sorted() {
      guard let attempts = files[node]?.keys.sorted(), !attempts.isEmpty, chance.permille(500) else { continue }
      files[node]?[chance.pick(attempts)] = nil
    }
    for id in executors.keys.sorted() {
      guard let attempts = executors[id]?.outputs.keys.sorted(), !attempts.isEmpty, chance.permille(500) else {
        continue
      }
      executors[id]?.outputs[chance.pick(attempts)] = nil
    }
  }

  private func dropKept() {
    for id in executors.keys.sorted() {
      for key in (executors[id]?.kept.keys.sorted() ?? []) where chance.permille(500) {
        executors[id]?.kept[key] = nil
        if chance.permille(700) { tell(.dropped(key.dataset, key.partition), from: id) }
      }
    }
  }

  /// From now on nothing breaks, and everybody comes back.
  func heal() {
    isHealed = true
    note("healed", 7)
    plan.duplicates = 0
    plan.lateness = 0
    plan.failedFetches = 0
    plan.failedTasks = 0
    for id in executors.keys.sorted() {
      let frozenUntil = executors[id]?.frozenUntil ?? 0
      executors[id]?.frozenUntil = min(frozenUntil, now + 8_000_000_000)
    }
    for number in 0..<plan.executorCount {
      schedule(.start(ExecutorID(rawValue: UInt64(number))), after: 100...2_000)
    }
  }
}
