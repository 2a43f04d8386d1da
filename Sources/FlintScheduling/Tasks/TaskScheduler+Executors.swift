internal import FlintCore

extension TaskScheduler {
  mutating func add(_ executor: ExecutorIncarnation, node: NodeID, slotCount: Int) {
    guard table.index(of: executor) == nil else { return }
    let owner = table.add(executor, node: node, slotCount: slotCount, at: now)
    _ = health.handle(.executorAdded(executor, node: node), at: instant)
    // Its machine may be excluded already.
    if health.excludes(executor) { table.change(owner, .excluded, to: true, at: now) }
    mustCheck = true
    offer(owner)
  }

  mutating func change(_ executor: ExecutorIncarnation, _ flag: SlotOwner.Flags, to value: Bool) {
    guard let owner = table.index(of: executor) else { return }
    table.change(owner, flag, to: value, at: now)
    if value { recall(owner) }
    mustCheck = true
    offer(owner)
  }

  mutating func drain(_ executor: ExecutorIncarnation) {
    guard let owner = table.index(of: executor), !table.owners[owner].flags.contains(.draining) else { return }
    change(executor, .draining, to: true)
    apply(health.handle(.executorRemoved(executor), at: instant))
    finishDraining(owner)
  }

  /// Says that an executor may go, once it runs nothing more.
  @inline(__always)
  mutating func finishDraining(_ owner: Int) {
    guard table.owners[owner].flags.contains(.draining), table.owners[owner].isIdle else { return }
    actions.append(.emptied(table.owners[owner].incarnation))
  }

  /// Takes in that an executor is gone: what it ran is to run elsewhere.
  mutating func remove(_ executor: ExecutorIncarnation) {
    guard let owner = table.index(of: executor) else { return }
    table.change(owner, .condemned, to: true, at: now)
    _ = health.handle(.executorRemoved(executor), at: instant)
    loseBarriers(on: owner)
    for slot in table.taken(of: owner) { lose(slot, with: executor) }
    let node = table.node(of: owner)
    table.remove(owner)
    let isNodeGone = !table.isPresent(node)
    for index in books.indices where books[index].isLive {
      books[index].release(executor, and: isNodeGone ? node : nil)
    }
    mustCheck = true
    mustOfferAll = true
  }

  /// Carries out what the health tracker decided.
  mutating func apply(_ decisions: [HealthTracker.Action]) {
    guard !decisions.isEmpty else { return }
    for owner in table.owners.indices where !table.owners[owner].flags.contains(.gone) {
      let isExcluded = health.excludes(table.owners[owner].incarnation)
      table.change(owner, .excluded, to: isExcluded, at: now)
      if isExcluded { recall(owner) }
    }
    if let end = health.nextEnd { ask(for: end.nanoseconds) }
    mustCheck = true
    mustOfferAll = true
  }
}
