internal import FlintCore

extension TaskScheduler {
  /// Asks to be woken at a time, unless it is woken before: then it asks again.
  mutating func ask(for time: Int64) {
    if let nextWake, nextWake <= time { return }
    nextWake = time
    mustTellWake = true
  }

  /// Looks at everything that changes with time.
  mutating func tick() {
    if let nextWake, nextWake <= now { self.nextWake = nil }
    apply(health.handle(.tick, at: instant))
    reap()
    look()
    recallFromSlow()
    (mustCheck, mustOfferAll) = (true, true)
    if let end = health.nextEnd { ask(for: end.nanoseconds) }
  }

  /// Ends the sets that nobody can run and for which nobody came in time.
  mutating func checkStuck() {
    for index in books.indices where books[index].isLive && (books[index].isBarrier || !health.isClean) {
      check(index)
    }
  }

  private mutating func check(_ index: Int) {
    let book = books[index]
    guard book.pendingCount > 0, book.held == 0 || !book.isBarrier, let obstacle = obstacle(book) else {
      books[index].stuckSince = nil
      return
    }
    let since = book.stuckSince ?? now
    books[index].stuckSince = since
    let (due, overflow) = since.addingReportingOverflow(obstacle.wait)
    if overflow || due > now {
      ask(for: overflow ? .max : due)
    } else {
      actions.append(.refused(book.stage, obstacle.refusal))
      stop(index)
    }
  }

  /// Why no executor can ever run the set as things stand, and how long that may last.
  private func obstacle(_ book: TaskBook) -> (refusal: StageRefusal, wait: Int64)? {
    if let blame = book.lastBlame ?? lastBlame, table.ownerCount > 0, !health.hasHealthy(for: book.stage) {
      let refusal = StageRefusal.everyExecutorExcluded(count: table.ownerCount, last: blame.attempt, blame.failure)
      return (refusal, rules.excludedWait)
    }
    guard book.isBarrier else { return nil }
    let present = table.stayingCount
    if let slotBound, slotBound < book.count { return (.tooFewSlots(needed: book.count, present: slotBound), 0) }
    return present < book.count ? (.tooFewSlots(needed: book.count, present: present), rules.barrierWait) : nil
  }
}
