internal import FlintCore

extension TaskScheduler {
  /// Starts all tasks of a barrier, when there are slots for all.
  mutating func launchBarrier(_ index: Int) -> Answer {
    let needed = books[index].count
    guard table.freeCount >= needed else { return waitForSlots(index) }
    let owners = table.owners.indices.filter { table.owners[$0].isFree && mayRun(index, on: $0) }
    guard owners.reduce(0, { $0 + Int(table.owners[$1].freeCount) }) >= needed else { return waitForSlots(index) }
    var task: UInt32 = 0
    while task < needed {
      for owner in owners where task < needed && table.owners[owner].isFree {
        start(task, of: index, on: owner)
        task += 1
      }
    }
    books[index].stuckSince = nil
    feed(index)
    return .many
  }

  /// Whoever took the slots one by one as they fall free would starve the barrier, so everybody waits with it. But where it
  /// cannot fit, others need not wait.
  private func waitForSlots(_ index: Int) -> Answer {
    capacity(for: index) >= books[index].count ? .held : .none
  }

  /// Slots of the executors that may run the set's tasks, taken or not.
  private func capacity(for index: Int) -> Int {
    guard !health.isClean else { return table.takingCount }
    return table.owners.indices.reduce(0) {
      $0 + (table.owners[$1].takesTasks && mayRun(index, on: $1) ? Int(table.owners[$1].slotCount) : 0)
    }
  }

  private func mayRun(_ index: Int, on owner: Int) -> Bool {
    !health.excludes(table.owners[owner].incarnation, from: books[index].stage)
  }

  /// Keeps the result of a barrier's member until all have theirs: they count together or not at all.
  mutating func succeedTogether(_ task: UInt32, _ index: Int, _ owner: Int) {
    books[index].hosts[Int(task)] = Int32(owner)
    guard books[index].doneCount == books[index].count else { return }
    for member in 0..<UInt32(books[index].count) { actions.append(.finished(books[index].attempt(member, 0))) }
  }

  /// Ends the barriers that have a result on this executor which nobody was told of yet: it is lost.
  mutating func loseBarriers(on owner: Int) {
    let executor = table.owners[owner].incarnation
    for index in books.indices where books[index].isLive && books[index].isBarrier {
      guard let member = books[index].hosts.firstIndex(of: Int32(owner)) else { continue }
      retryStage(books[index].attempt(UInt32(member), 0), .executorLost(executor), index)
      retire(index)
    }
  }
}
