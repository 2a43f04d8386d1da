internal import FlintCore

extension TaskScheduler {
  /// Takes in that a try is over.
  mutating func finish(_ attempt: TaskAttempt, _ end: TaskEnd) {
    #if FLINT_PLANTED_BUGS
      if PlantedBug.current == .leakedSlot, end == .failed(.commitDenied) { return }
    #endif
    guard let index = book(of: attempt.task.stage), let task = books[index].task(of: attempt.task.partition),
      let slot = release(attempt.number, of: task, in: index)
    else {
      droppedEnds += 1
      return
    }
    table.giveBack(slot)
    let owner = slot.owner
    if end != .failed(.takenBack) {
      let time = table.move(owner, at: now)
      if end == .succeeded { books[index].pace.note(time) }
    }
    settle(attempt, end, task, index, slot)
    finishDraining(owner)
    // What came back may be started on any executor; otherwise only this one has something new to give.
    if !mustOfferAll {
      offer(owner)
      sendAhead(owner)
    }
    table.list(owner, at: now)
  }

  /// Takes in that a try went with its executor.
  mutating func lose(_ slot: SlotID, with executor: ExecutorIncarnation) {
    let (index, task) = (Int(table[slot].book), table[slot].task)
    let attempt = books[index].attempt(task, table[slot].attempt)
    guard let slot = release(attempt.number, of: task, in: index) else { return }
    table.giveBack(slot)
    settle(attempt, .failed(.executorLost(executor)), task, index, slot)
  }

  /// Unhooks a try from its task; returns its slot, or nil when it holds none.
  @inline(__always)
  private mutating func release(_ number: UInt32, of task: UInt32, in index: Int) -> SlotID? {
    let record = books[index].tasks[Int(task)]
    // A try that runs alone is the last that was started: so its slot need not be looked at.
    let isAlone = !record.flags.contains(.twinned)
    guard record.runs, isAlone ? UInt32(record.tries) &- 1 == number : true else { return nil }
    guard let slot = isAlone ? record.slot : unhook(number, of: task, in: index) else { return nil }
    if isAlone { books[index].tasks[Int(task)].slot = .none }
    books[index].held -= 1
    pools.hold(books[index].pool, -1)
    return slot
  }

  /// Takes one of two tries out of the chain of their slots.
  private mutating func unhook(_ number: UInt32, of task: UInt32, in index: Int) -> SlotID? {
    let first = books[index].tasks[Int(task)].slot
    let second = table.twin(of: first)
    if table[first].attempt == number {
      books[index].tasks[Int(task)].slot = second
      table.link(first, to: .none)
      if second == .none { books[index].tasks[Int(task)].flags.remove(.twinned) }
      return first
    }
    guard second != .none, table[second].attempt == number else { return nil }
    table.link(first, to: .none)
    return second
  }

  /// Decides what follows from the end of a try whose slot is free again.
  @inline(__always)
  private mutating func settle(_ attempt: TaskAttempt, _ end: TaskEnd, _ task: UInt32, _ index: Int, _ slot: SlotID) {
    defer { retire(index) }
    #if FLINT_PLANTED_BUGS
      if PlantedBug.current == .lateResultAccepted, !books[index].isLive, end == .succeeded {
        return actions.append(.finished(attempt))
      }
    #endif
    guard books[index].isLive else { return complain(attempt, end, index) }
    guard !books[index].tasks[Int(task)].isDone else { return }
    switch end {
    case .succeeded: succeed(attempt, task, index, slot)
    case .failed(let failure): fail(attempt, failure, task, index, slot.owner)
    }
  }

  /// An attempt that has failed ends with all its tries. What else they could not read is told all the same: it is computed in
  /// one go, and not found missing again by one attempt after another.
  private mutating func complain(_ attempt: TaskAttempt, _ end: TaskEnd, _ index: Int) {
    guard case .failed(let failure) = end, FailureClassification.verdict(on: failure) == .retryStage else { return }
    actions.append(.stageMustRetry(books[index].stage, attempt, failure))
  }

  @inline(__always)
  private mutating func succeed(_ attempt: TaskAttempt, _ task: UInt32, _ index: Int, _ slot: SlotID) {
    books[index].tasks[Int(task)].flags.insert(.done)
    books[index].doneCount += 1
    if books[index].isBarrier {
      succeedTogether(task, index, slot.owner)
    } else {
      actions.append(.finished(attempt))
      if books[index].tasks[Int(task)].runs { killAll(task, of: index) }
      if speculation != nil { measure(index, took: now - table.start(of: slot)) }
    }
    if books[index].doneCount == books[index].count { close(index, succeeded: true) }
  }

  private mutating func fail(
    _ attempt: TaskAttempt, _ failure: TaskFailure, _ task: UInt32, _ index: Int, _ owner: Int
  ) {
    blame(owner, for: attempt, failure, task, index)
    let isBarrier = books[index].isBarrier
    switch FailureClassification.verdict(on: failure) {
    case .retryTask(let counts) where !isBarrier:
      if counts { books[index].tasks[Int(task)].failures += 1 }
      retry(attempt, failure, task, index)
    // Nobody here told it to end, or its set would not be live: so it is still to be done.
    case .ignore where !isBarrier: retry(attempt, failure, task, index)
    // One member's failure is that of all.
    case .retryTask, .ignore, .retryStage: retryStage(attempt, failure, index)
    case .failJob:
      books[index].tasks[Int(task)].failures += 1
      giveUp(attempt, failure, task, index)
    }
  }

  private mutating func retry(_ attempt: TaskAttempt, _ failure: TaskFailure, _ task: UInt32, _ index: Int) {
    #if FLINT_PLANTED_BUGS
      if PlantedBug.current == .takenBackForgotten, failure == .takenBack { return }
    #endif
    let record = books[index].tasks[Int(task)]
    if record.failures >= rules.attempts {
      giveUp(attempt, failure, task, index)
    } else if record.runs {
      // Another try at it runs already.
    } else if record.tries >= rules.starts, failure != .takenBack {
      giveUp(attempt, failure, task, index)
    } else {
      books[index].putBack(task)
      feed(index)
      mustOfferAll = true
    }
  }

  private mutating func giveUp(_ attempt: TaskAttempt, _ failure: TaskFailure, _ task: UInt32, _ index: Int) {
    let tries = Int(books[index].tasks[Int(task)].failures)
    actions.append(.gaveUp(books[index].stage, attempt, failure, tries: tries))
    end(index)
  }

  mutating func retryStage(_ attempt: TaskAttempt, _ failure: TaskFailure, _ index: Int) {
    actions.append(.stageMustRetry(books[index].stage, attempt, failure))
    end(index)
  }

  /// Like ``stop(_:)``, while somebody up the stack retires the book.
  private mutating func end(_ index: Int) {
    close(index, succeeded: false)
    killAll(index)
  }

  private mutating func blame(
    _ owner: Int, for attempt: TaskAttempt, _ failure: TaskFailure, _ task: UInt32, _ index: Int
  ) {
    guard FailureClassification.blamesExecutor(failure) else { return }
    books[index].tasks[Int(task)].flags.insert(.blames)
    books[index].lastBlame = Blame(attempt: attempt, failure: failure)
    lastBlame = books[index].lastBlame
    apply(health.handle(.failed(attempt, on: table.owners[owner].incarnation, failure), at: instant))
  }
}
