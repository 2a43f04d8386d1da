internal import FlintCore

extension TaskScheduler {
  /// Tells every running try of a set to end.
  mutating func killAll(_ index: Int) {
    guard books[index].held > 0 else { return }
    guard books[index].count > table.slots.count else {
      for task in 0..<UInt32(books[index].count) { killOthers(of: task, in: index) }
      return
    }
    for slot in table.slots.indices where table.slots[slot].book == UInt32(index) { kill(slot) }
  }

  /// Tells all tries at a task to end that still run.
  mutating func killOthers(of task: UInt32, in index: Int) {
    var slot = books[index].tasks[Int(task)].slot
    while slot != TaskSlot.none {
      kill(Int(slot))
      slot = table.slots[Int(slot)].next
    }
  }

  private mutating func kill(_ slot: Int) {
    guard !table.slots[slot].isBeingKilled else { return }
    table.markKilled(slot)
    let owner = table.owners[Int(table.slots[slot].executor)]
    let attempt = books[Int(table.slots[slot].book)].attempt(table.slots[slot].task, table.slots[slot].attempt)
    actions.append(.kill(attempt, on: owner.incarnation))
    let (deadline, overflow) = now.addingReportingOverflow(rules.killWait)
    kills.append(Kill(attempt: attempt, slot: slot, deadline: overflow ? .max : deadline))
    ask(for: kills[kills.count - 1].deadline)
  }

  /// Has executors ended whose tries did not end in time. Such a slot would be lost for ever.
  mutating func reap() {
    let due = kills.prefix { $0.deadline <= now || !isStill($0) }
    for kill in due where isStill(kill) {
      let owner = Int(table.slots[kill.slot].executor)
      guard !table.owners[owner].isCondemned else { continue }
      table.change(owner) { $0.isCondemned = true }
      actions.append(.endExecutor(table.owners[owner].incarnation, because: kill.attempt))
    }
    if !due.isEmpty { mustCheck = true }
    kills.removeFirst(due.count)
    if let first = kills.first { ask(for: first.deadline) }
  }

  /// Whether the try holds its slot still.
  private func isStill(_ kill: Kill) -> Bool {
    let slot = table.slots[kill.slot]
    guard !slot.isFree, slot.isBeingKilled else { return false }
    return books[Int(slot.book)].attempt(slot.task, slot.attempt) == kill.attempt
  }
}
