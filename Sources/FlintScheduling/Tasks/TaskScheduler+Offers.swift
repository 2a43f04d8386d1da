internal import FlintCore

extension TaskScheduler {
  /// What came of an offer.
  enum Answer {
    /// Nobody has a task for the executor.
    case none
    /// A task was started on it.
    case one
    /// A barrier took slots of several executors.
    case many
    /// Everybody waits until a barrier has its slots together.
    case held
  }

  /// Offers an executor's free slots until nobody wants one.
  @inline(__always)
  mutating func offer(_ owner: Int) {
    while pools.hungryCount > 0, table.owners[owner].isFree {
      switch launch(on: owner) {
      case .one, .many: continue
      case .none, .held: return
      }
    }
  }

  /// Offers all free slots. Who was given one goes to the list's end, so that all get one before somebody gets two.
  mutating func offerAll() {
    var owner = table.first
    while owner != SlotTable.nobody, pools.hungryCount > 0 {
      let following = table.following(owner)
      switch launch(on: Int(owner)) {
      case .none: owner = following
      case .one:
        // The last one is the last one again if it has another slot.
        let staysLast = following == SlotTable.nobody && table.owners[Int(owner)].isFree
        if !staysLast { owner = following }
      case .many: owner = table.first
      case .held: return
      }
    }
  }

  /// Starts one task on an executor, for whoever is due a slot first and has a task for it.
  @inline(__always)
  private mutating func launch(on owner: Int) -> Answer {
    if pools.pools.count == 1, pools.pools[0].hungry.count == 1 { return launch(pools.pools[0].hungry[0], on: owner) }
    for pool in pools.order() {
      for index in hungry(in: pool) {
        switch launch(index, on: owner) {
        case .none: continue
        case .one: return .one
        case .many: return .many
        case .held: return .held
        }
      }
    }
    return .none
  }

  /// The pool's sets that want slots, whoever goes first first.
  func hungry(in pool: Int) -> [Int] {
    let hungry = pools.pools[pool].hungry
    switch pools.pools[pool].share.order {
    case .fifo: return hungry
    case .fair:
      return hungry.sorted {
        (books[$0].held, books[$0].job, books[$0].stage) < (books[$1].held, books[$1].job, books[$1].stage)
      }
    }
  }

  @inline(__always)
  private mutating func launch(_ index: Int, on owner: Int) -> Answer {
    if books[index].isBarrier { return launchBarrier(index) }
    guard health.isClean || !health.excludes(table.owners[owner].incarnation, from: books[index].stage) else {
      return .none
    }
    guard let task = nextTask(index, for: owner) else {
      // Slow tasks that have ended meanwhile are no longer a reason to ask.
      feed(index)
      return .none
    }
    start(task, of: index, on: owner)
    feed(index)
    return .one
  }

  @inline(__always)
  private mutating func nextTask(_ index: Int, for owner: Int) -> UInt32? {
    if !books[index].returned.isEmpty, let task = returnedTask(index, for: owner) { return task }
    if books[index].pendingCount > 0 {
      let task = books[index].steps == 0 ? books[index].nextAnywhere() : placedTask(index, for: owner)
      if let task { return task }
    }
    return books[index].slow.isEmpty ? nil : slowTask(index, for: owner)
  }

  /// The next task of a set whose tasks have places.
  private mutating func placedTask(_ index: Int, for owner: Int) -> UInt32? {
    let executor = table.owners[owner].incarnation
    let waited = waitedSteps(index, owner)
    if let task = books[index].next(for: executor, on: table.node(of: owner), steps: waited) { return task }
    if waited < books[index].steps { wakeAfter(waited + 1, index, owner) }
    return nil
  }

  /// Gives a task's next try a slot.
  @inline(__always)
  mutating func start(_ task: UInt32, of index: Int, on owner: Int) {
    let number = books[index].tasks[Int(task)].tries
    let other = books[index].tasks[Int(task)].slot
    let slot = table.take(owner, book: index, task: task, attempt: number, at: now)
    if other != .none {
      table.link(slot, to: other)
      books[index].tasks[Int(task)].flags.insert(.twinned)
    }
    books[index].tasks[Int(task)].slot = slot
    books[index].tasks[Int(task)].tries += 1
    if books[index].tasks[Int(task)].isPending {
      books[index].tasks[Int(task)].flags.remove(.pending)
      books[index].pendingCount -= 1
    }
    books[index].held += 1
    pools.hold(books[index].pool, 1)
    actions.append(.launch(books[index].attempt(task, UInt32(number)), on: table.owners[owner].incarnation))
  }

  /// The first task that came back, unless it failed on this executor and another one can have it.
  private mutating func returnedTask(_ index: Int, for owner: Int) -> UInt32? {
    var position = 0
    while position < books[index].returned.count {
      let task = books[index].returned[position]
      if !books[index].tasks[Int(task)].isPending {
        books[index].returned.remove(at: position)
      } else if isUnwelcome(task, of: index, on: owner) {
        wakeAfter(2, index, owner)
        position += 1
      } else {
        books[index].returned.remove(at: position)
        return task
      }
    }
    return nil
  }

  /// Whether the task failed on this executor, and may still hope for another one.
  private func isUnwelcome(_ task: UInt32, of index: Int, on owner: Int) -> Bool {
    guard books[index].tasks[Int(task)].flags.contains(.blames) else { return false }
    let (stage, partition) = (books[index].stage, books[index].partition(of: task))
    guard health.hasFailed(partition, of: stage, on: table.owners[owner].incarnation) else { return false }
    return waitedSteps(index, owner) < 2 && hasAlternative(partition, of: stage)
  }

  /// Whether there is an executor that takes tasks of the stage and on which this one has not failed.
  private func hasAlternative(_ partition: PartitionID, of stage: StageAttempt) -> Bool {
    table.owners.contains { other in
      other.takesTasks && !health.hasFailed(partition, of: stage, on: other.incarnation)
        && !health.excludes(other.incarnation, from: stage)
    }
  }

  // MARK: Waiting for a place

  /// For how many waits the executor has had a slot that the set could have used.
  private func waitedSteps(_ index: Int, _ owner: Int) -> Int {
    let since = max(table.freeSince(owner) ?? now, books[index].startedAt)
    return Int(min(2, max(0, now - since) / rules.localityWait))
  }

  /// Asks to be woken when the executor has waited that often. Times are rounded up to sixteenths of a wait, so that many
  /// executors that fell free one by one are one wake.
  private mutating func wakeAfter(_ steps: Int, _ index: Int, _ owner: Int) {
    let since = max(table.freeSince(owner) ?? now, books[index].startedAt)
    let (due, overflow) = since.addingReportingOverflow(Int64(steps) * rules.localityWait)
    guard !overflow, due > now else { return }
    let grain = max(1, rules.localityWait / 16)
    ask(for: due + (grain - due % grain) % grain)
  }
}
