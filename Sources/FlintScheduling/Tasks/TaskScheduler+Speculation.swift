internal import FlintCore

extension TaskScheduler {
  /// Looks for slow tries when it is time, in sets of which enough is done.
  mutating func look() {
    guard let speculation, let due = nextLook else { return }
    guard due <= now else { return ask(for: due) }
    nextLook = nil
    for index in books.indices where mayCompare(index, speculation) {
      markSlow(index, patience: speculation.patience(median: books[index].durations.median ?? 0))
      plan()
    }
  }

  /// Notes how long a try took, and plans a look once there is enough to compare with.
  mutating func measure(_ index: Int, took nanoseconds: Int64) {
    books[index].durations.add(nanoseconds)
    if nextLook == nil, let speculation, mayCompare(index, speculation) { plan() }
  }

  private func mayCompare(_ index: Int, _ speculation: Speculation) -> Bool {
    books[index].isLive && !books[index].isBarrier && books[index].held > 0
      && speculation.mayCompare(done: books[index].doneCount, of: books[index].count)
  }

  private mutating func plan() {
    guard nextLook == nil else { return }
    let (time, overflow) = now.addingReportingOverflow(rules.lookInterval)
    nextLook = overflow ? .max : time
    ask(for: nextLook ?? .max)
  }

  private mutating func markSlow(_ index: Int, patience: Int64) {
    for slot in table.taken(by: index) where now - table.start(of: slot) > patience {
      let task = table[slot].task
      let record = books[index].tasks[Int(task)]
      // A third try would help nobody.
      guard !record.isDone, !record.flags.contains(.slow), table.twin(of: record.slot) == .none,
        record.tries < rules.starts
      else { continue }
      books[index].tasks[Int(task)].flags.insert(.slow)
      books[index].slow.append(task)
    }
    feed(index)
  }

  /// The first slow task that may have a copy on this executor, which does not run it already.
  mutating func slowTask(_ index: Int, for owner: Int) -> UInt32? {
    var position = 0
    while position < books[index].slow.count {
      let task = books[index].slow[position]
      let record = books[index].tasks[Int(task)]
      if record.isDone || !record.runs || record.tries >= rules.starts {
        books[index].slow.remove(at: position)
        books[index].tasks[Int(task)].flags.remove(.slow)
      } else if record.slot.owner == owner || hasFailed(task, of: index, on: owner) {
        position += 1
      } else {
        books[index].slow.remove(at: position)
        books[index].tasks[Int(task)].flags.remove(.slow)
        return task
      }
    }
    return nil
  }

  private func hasFailed(_ task: UInt32, of index: Int, on owner: Int) -> Bool {
    guard books[index].tasks[Int(task)].flags.contains(.blames) else { return false }
    let executor = table.owners[owner].incarnation
    return health.hasFailed(books[index].partition(of: task), of: books[index].stage, on: executor)
  }
}
