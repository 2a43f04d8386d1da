internal import FlintCore

extension TaskScheduler {
  /// Tells every running try of a set to end.
  mutating func killAll(_ index: Int) {
    guard books[index].held > 0 else { return }
    // Whichever is less to look at: all tasks, or all slots.
    if books[index].count <= table.slotCount {
      for task in 0..<UInt32(books[index].count) { killAll(task, of: index) }
    } else {
      for slot in table.taken(by: index) { kill(slot) }
    }
  }

  /// Tells all tries at a task to end that still run.
  mutating func killAll(_ task: UInt32, of index: Int) {
    var slot = books[index].tasks[Int(task)].slot
    while slot != .none {
      kill(slot)
      slot = table.twin(of: slot)
    }
  }

  private mutating func kill(_ slot: SlotID) {
    let (held, owner) = (table[slot], table.owners[slot.owner])
    guard !held.isBeingKilled else { return }
    table.markKilled(slot)
    // An executor that ends takes its tries with it.
    guard !owner.flags.contains(.condemned) else { return }
    let attempt = books[Int(held.book)].attempt(held.task, held.attempt)
    actions.append(.kill(attempt, on: owner.incarnation))
    let (deadline, overflow) = now.addingReportingOverflow(rules.killWait)
    kills.append(Kill(attempt: attempt, slot: slot, deadline: overflow ? .max : deadline))
    ask(for: kills[kills.count - 1].deadline)
  }

  /// Has executors ended whose tries did not end in time. Such a slot would be lost for ever.
  mutating func reap() {
    let due = kills.prefix { $0.deadline <= now || !isStill($0) }
    for kill in due where isStill(kill) {
      let owner = kill.slot.owner
      guard !table.owners[owner].flags.contains(.condemned) else { continue }
      table.change(owner, .condemned, to: true, at: now)
      actions.append(.endExecutor(table.owners[owner].incarnation, because: kill.attempt))
    }
    if !due.isEmpty { mustCheck = true }
    kills.removeFirst(due.count)
    if let first = kills.first { ask(for: first.deadline) }
  }

  /// Whether the try holds its slot still.
  private func isStill(_ kill: Kill) -> Bool {
    let held = table[kill.slot]
    guard !held.isFree, held.isBeingKilled else { return false }
    return books[Int(held.book)].attempt(held.task, held.attempt) == kill.attempt
  }
}
