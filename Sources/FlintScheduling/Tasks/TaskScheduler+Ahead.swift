internal import FlintCore

/// Tasks that are sent before there is a slot for them, so that an executor has the next one at hand when one ends.
///
/// They wait on the executor, and it starts them in the order in which they came. Only what ends within moments is worth it: a
/// set's tasks are sent ahead as far as its pace says that they are done within ``Limits/aheadTime``, no executor gets more
/// than its share of what is left, and nobody gets any while a slot stands free somewhere. Where the pace was wrong, since an
/// executor has ended nothing for ``Limits/aheadPatience``, what waits there is asked back; what it has begun meanwhile goes
/// on there. Second tries, tries beside others, members of barriers, and tasks that would rather run elsewhere are not sent
/// ahead.
extension TaskScheduler {
  /// Fills an executor whose slots are taken.
  @inline(__always)
  mutating func sendAhead(_ owner: Int) {
    guard pools.hungryCount > 0, table.freeCount == 0, table.owners[owner].hasRoomAhead else { return }
    // Who waits for copies of slow tasks measures how long each of them takes, and that of nothing else.
    guard speculation == nil, rules.ahead > 0 else { return }
    if pools.pools.count == 1, pools.pools[0].hungry.count == 1 {
      _ = sendAhead(pools.pools[0].hungry[0], to: owner)
      return watch(owner)
    }
    search: for pool in pools.order() {
      for index in hungry(in: pool) where sendAhead(index, to: owner) { break search }
    }
    watch(owner)
  }

  /// Returns whether nobody else may send anything.
  private mutating func sendAhead(_ index: Int, to owner: Int) -> Bool {
    guard !books[index].isBarrier else { return true }
    guard health.isClean || !health.excludes(table.owners[owner].incarnation, from: books[index].stage) else {
      return false
    }
    let depth = depth(of: index, on: owner)
    while table.owners[owner].waitingCount < depth, let task = nextAhead(index, for: owner) {
      start(task, of: index, on: owner)
    }
    feed(index)
    return !table.owners[owner].hasRoomAhead
  }

  /// How many tasks may wait on the executor for one of the set to be among them.
  private func depth(of index: Int, on owner: Int) -> Int {
    let share = books[index].pendingCount * Int(table.owners[owner].slotCount) / max(1, table.takingCount)
    let room = Int(table.owners[owner].room - table.owners[owner].slotCount)
    return min(room, share, books[index].pace.count(within: rules.aheadTime))
  }

  private mutating func nextAhead(_ index: Int, for owner: Int) -> UInt32? {
    guard books[index].pendingCount > 0 else { return nil }
    guard books[index].steps > 0 else { return books[index].nextAnywhere() }
    return books[index].next(for: table.owners[owner].incarnation, on: table.node(of: owner), steps: 0)
  }

  /// Has somebody look when an executor on which tries wait should have ended one.
  private mutating func watch(_ owner: Int) {
    guard table.owners[owner].waitingCount > 0 else { return }
    ask(for: patienceEnd(owner))
  }

  private func patienceEnd(_ owner: Int) -> Int64 {
    let (time, overflow) = table.lastMove(of: owner).addingReportingOverflow(rules.aheadPatience)
    return overflow ? .max : time
  }

  /// Asks back what waits on executors that have ended nothing for too long.
  mutating func recallFromSlow() {
    guard table.waitingCount > 0 else { return }
    for owner in table.owners.indices where table.owners[owner].waitingCount > 0 {
      let due = patienceEnd(owner)
      if due <= now { recall(owner) } else { ask(for: due) }
    }
  }

  /// Asks back what waits on an executor, once.
  mutating func recall(_ owner: Int) {
    guard table.owners[owner].waitingCount > 0,
      table.owners[owner].flags.isDisjoint(with: [.recalled, .condemned, .gone])
    else { return }
    table.markRecalled(owner)
    actions.append(.recall(table.owners[owner].incarnation))
  }
}
