internal import FlintCore

extension TaskScheduler {
  /// The book of an attempt at a stage, while it has one.
  @inline(__always)
  mutating func book(of stage: StageAttempt) -> Int? {
    if latest < books.count, books[latest].stage == stage, !books[latest].isGone { return latest }
    guard let index = bookOf[stage] else { return nil }
    latest = index
    return index
  }

  mutating func submit(_ set: TaskSet) {
    guard book(of: set.stage) == nil, !set.partitions.isEmpty else { return }
    // Of each stage one attempt lives: whoever is newer ends the other.
    if let other = newestAttempt[set.stage.stage], let index = bookOf[other] {
      guard other.number < set.stage.number else { return }
      if books[index].isLive { stop(index) }
    }
    let book = makeBook(set, pool: pools.index(of: set.pool))
    let index: Int
    if let free = freeBooks.popLast() {
      index = free
      books[index] = book
    } else {
      index = books.count
      books.append(book)
    }
    bookOf[set.stage] = index
    newestAttempt[set.stage.stage] = set.stage
    feed(index)
    mustCheck = true
    mustOfferAll = true
  }

  private func makeBook(_ set: TaskSet, pool: Int) -> TaskBook {
    TaskBook(set, pool: pool, at: now) { place in
      switch place {
      case .executor(let executor, let node): table.index(of: executor) != nil || table.isPresent(node)
      case .node(let node): table.isPresent(node)
      }
    }
  }

  /// Puts a set on its pool's list, or strikes it off, as it wants slots or not.
  @inline(__always)
  mutating func feed(_ index: Int) {
    let wants = books[index].wantsSlots
    guard wants != books[index].isHungry else { return }
    books[index].isHungry = wants
    let pool = books[index].pool
    guard wants else { return pools.strike(index, from: pool) }
    let (job, stage) = (books[index].job, books[index].stage)
    let others = books
    pools.enlist(index, in: pool) { (others[$0].job, others[$0].stage) > (job, stage) }
  }

  /// Ends an attempt at a stage: nothing of it is started any more, and what runs is told to end.
  mutating func stop(_ index: Int) {
    close(index, succeeded: false)
    killAll(index)
    retire(index)
  }

  /// Marks that no result of the set is wanted any more.
  mutating func close(_ index: Int, succeeded: Bool) {
    books[index].isLive = false
    feed(index)
    // A barrier may have held back all others.
    mustOfferAll = true
    apply(health.handle(.stageEnded(books[index].stage, succeeded: succeeded), at: instant))
  }

  /// Forgets a set that is over when the last of its tries has ended.
  @inline(__always)
  mutating func retire(_ index: Int) {
    guard !books[index].isLive, books[index].held == 0 else { return }
    let stage = books[index].stage
    bookOf[stage] = nil
    if newestAttempt[stage.stage] == stage { newestAttempt[stage.stage] = nil }
    // Its arrays go; the place is used again.
    let empty = TaskSet(stage: stage, job: books[index].job, partitions: [])
    books[index] = TaskBook(empty, pool: books[index].pool, at: now) { _ in true }
    books[index].isLive = false
    books[index].isGone = true
    freeBooks.append(index)
  }

  var instant: MonotonicInstant { MonotonicInstant(nanoseconds: now) }
}
