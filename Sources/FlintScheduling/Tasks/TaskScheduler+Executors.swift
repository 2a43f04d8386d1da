internal import FlintCore

extension TaskScheduler {
  mutating func add(_ executor: ExecutorIncarnation, node: NodeID, slotCount: Int) {
    guard table.index(of: executor) == nil else { return }
    let owner = table.add(executor, node: node, slotCount: slotCount, at: now)
    _ = health.handle(.executorAdded(executor, node: node), at: instant)
    // Its machine may be excluded already.
    if health.excludes(executor) { table.change(owner) { $0.isExcluded = true } }
    mustCheck = true
    offer(owner)
  }

  mutating func change(_ executor: ExecutorIncarnation, _ body: (inout SlotOwner) -> Void) {
    guard let owner = table.index(of: executor) else { return }
    table.change(owner, body)
    mustCheck = true
    offer(owner)
  }

  mutating func drain(_ executor: ExecutorIncarnation) {
    guard let owner = table.index(of: executor), !table.owners[owner].isDraining else { return }
    change(executor) { $0.isDraining = true }
    apply(health.handle(.executorRemoved(executor), at: instant))
    finishDraining(owner)
  }

  /// Says that an executor may go, once it runs nothing more.
  @inline(__always)
  mutating func finishDraining(_ owner: Int) {
    guard table.owners[owner].isDraining, table.owners[owner].freeCount == table.owners[owner].slotCount,
      table.owners[owner].isPresent
    else { return }
    actions.append(.emptied(table.owners[owner].incarnation))
  }

  /// Takes in that an executor is gone: what it ran is to run elsewhere.
  mutating func remove(_ executor: ExecutorIncarnation) {
    guard let owner = table.index(of: executor) else { return }
    table.change(owner) { $0.isCondemned = true }
    _ = health.handle(.executorRemoved(executor), at: instant)
    loseBarriers(on: owner)
    for slot in table.owners[owner].slots where !table.slots[slot].isFree {
      lose(slot, with: executor)
    }
    let node = table.owners[owner].node
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
    for owner in table.owners.indices where table.owners[owner].isPresent {
      let isExcluded = health.excludes(table.owners[owner].incarnation)
      if isExcluded != table.owners[owner].isExcluded { table.change(owner) { $0.isExcluded = isExcluded } }
    }
    if let end = health.nextEnd { ask(for: end.nanoseconds) }
    mustCheck = true
    mustOfferAll = true
  }
}
