import FlintCore
import FlintStorage
import Testing

/// Traces over a budget of 100 bytes, of which the cache keeps 40.
@Suite("Memory ledger")
struct MemoryLedgerTests {
  private static let (a, b, c) = (Names.task(1), Names.task(2), Names.task(3))

  private static func ledger(_ tasks: TaskAttempt...) -> MemoryLedger {
    var ledger = MemoryLedger(limit: ByteCount(100), cacheShare: ByteCount(40))
    for task in tasks { ledger.taskStarted(task) }
    return ledger
  }

  private static func wish(
    _ task: TaskAttempt, _ size: Int64, spillable: Int64 = 0, number: UInt64 = 0
  ) -> MemoryRequest {
    MemoryRequest(task: task, number: number, size: ByteCount(size), spillable: ByteCount(spillable))
  }

  @Test("one task may have everything, and what it asks beyond that fails it with the numbers")
  func alone() {
    var ledger = Self.ledger(Self.a)
    #expect(ledger.request(Self.wish(Self.a, 100)) == [.grant(Self.wish(Self.a, 100))])
    let more = Self.wish(Self.a, 1, number: 1)
    let actions = ledger.request(more)
    guard case .refuse(more, let refusal) = actions.first, actions.count == 1 else {
      Issue.record("\(actions)")
      return
    }
    let error = refusal.error(more)
    #expect(error.code == .memoryBudgetExceeded)
    #expect(error.why == "it holds 100 B; 1 tasks share 100 B of the executor's 100 B")
    #expect(ledger.taskEnded(Self.a) == [])
    #expect(ledger.held == ByteCount(0))
  }

  @Test("the cache borrows what is free, and gives back all but its share when tasks need it")
  func borrowing() {
    var ledger = Self.ledger(Self.a)
    #expect(ledger.cacheRequest(ByteCount(90)) == .granted)
    let wish = Self.wish(Self.a, 60)
    #expect(ledger.request(wish) == [.evict(ByteCount(50))])
    #expect(ledger.cacheReleased(ByteCount(20)) == [])
    #expect(ledger.cacheReleased(ByteCount(30)) == [.grant(wish)])
    #expect(ledger.cached == ByteCount(40))
    // The share stays: the task has to spill for more.
    let more = Self.wish(Self.a, 10, spillable: 60, number: 1)
    #expect(ledger.request(more) == [.spill(more, ByteCount(10))])
    #expect(ledger.release(ByteCount(10), by: Self.a) == [])
    let again = Self.wish(Self.a, 10, spillable: 50, number: 2)
    #expect(ledger.request(again) == [.grant(again)])
  }

  @Test("the cache takes nothing from tasks, but its own older blocks")
  func cacheYields() {
    var ledger = Self.ledger(Self.a)
    #expect(ledger.request(Self.wish(Self.a, 80)) == [.grant(Self.wish(Self.a, 80))])
    #expect(ledger.cacheRequest(ByteCount(20)) == .granted)
    #expect(ledger.cacheRequest(ByteCount(15)) == .evict(ByteCount(15)))
    #expect(ledger.cacheRequest(ByteCount(21)) == .refused)
    #expect(ledger.cachePinned(ByteCount(10)) == [])
    #expect(ledger.cacheRequest(ByteCount(15)) == .refused)
    #expect(ledger.cacheRequest(ByteCount(10)) == .evict(ByteCount(10)))
  }

  @Test("two tasks have half each: who is above spills, who is below waits for it")
  func fairShare() {
    var ledger = Self.ledger(Self.a)
    #expect(ledger.request(Self.wish(Self.a, 90)) == [.grant(Self.wish(Self.a, 90))])
    ledger.taskStarted(Self.b)
    let wish = Self.wish(Self.b, 50, spillable: 0)
    #expect(ledger.request(wish) == [])
    let greedy = Self.wish(Self.a, 5, spillable: 70, number: 1)
    #expect(ledger.request(greedy) == [.spill(greedy, ByteCount(5))])
    #expect(ledger.release(ByteCount(70), by: Self.a) == [.grant(wish)])
    #expect(ledger.held(by: Self.b) == ByteCount(50))
  }

  @Test("a task that waits is served when another ends, in the order of asking")
  func order() {
    var ledger = Self.ledger(Self.a, Self.b, Self.c)
    for task in [Self.a, Self.b, Self.c] {
      #expect(ledger.request(Self.wish(task, 30)) == [.grant(Self.wish(task, 30))])
    }
    // 33 each; 10 are free. The first is over its share and waits for the number of tasks to fall.
    let (first, second) = (Self.wish(Self.b, 20, number: 1), Self.wish(Self.c, 15, number: 1))
    #expect(ledger.request(first) == [])
    #expect(ledger.request(second) == [])
    #expect(ledger.waiting == [first, second])
    #expect(ledger.taskEnded(Self.a) == [.grant(first), .grant(second)])
  }

  @Test("small requests do not starve a large one that came first")
  func noOvertaking() {
    var ledger = Self.ledger(Self.a)
    #expect(ledger.request(Self.wish(Self.a, 80)) == [.grant(Self.wish(Self.a, 80))])
    ledger.taskStarted(Self.b)
    ledger.taskStarted(Self.c)
    let (large, small) = (Self.wish(Self.b, 33), Self.wish(Self.c, 5))
    #expect(ledger.request(large) == [])
    #expect(ledger.request(small) == [])
    #expect(ledger.release(ByteCount(13), by: Self.a) == [.grant(large)])
    #expect(ledger.release(ByteCount(5), by: Self.a) == [.grant(small)])
  }

  @Test("when all wait for one another the largest fails, and the others go on")
  func standstill() {
    var ledger = Self.ledger(Self.a)
    #expect(ledger.request(Self.wish(Self.a, 70)) == [.grant(Self.wish(Self.a, 70))])
    ledger.taskStarted(Self.b)
    #expect(ledger.request(Self.wish(Self.b, 30)) == [.grant(Self.wish(Self.b, 30))])
    let (first, second) = (Self.wish(Self.a, 10, number: 1), Self.wish(Self.b, 10, number: 1))
    #expect(ledger.request(second) == [])
    let actions = ledger.request(first)
    guard case .refuse(first, _) = actions.first, actions.count == 1 else {
      Issue.record("\(actions)")
      return
    }
    #expect(ledger.taskEnded(Self.a) == [.grant(second)])
  }

  @Test("when all wait though memory is free, because each wants more than its share, the first gets it")
  func standstillWithFreeMemory() {
    var ledger = Self.ledger(Self.a, Self.b)
    let (first, second) = (Self.wish(Self.a, 60), Self.wish(Self.b, 70))
    #expect(ledger.request(first) == [])
    #expect(ledger.request(second) == [.grant(first)])
    #expect(ledger.taskEnded(Self.a) == [.grant(second)])
  }

  @Test("when all wait and the cache has borrowed, it gives back before anybody fails")
  func standstillWithBorrowedMemory() {
    var ledger = Self.ledger(Self.a, Self.b)
    #expect(ledger.cacheRequest(ByteCount(90)) == .granted)
    let (first, second) = (Self.wish(Self.a, 40), Self.wish(Self.b, 35))
    #expect(ledger.request(first) == [])
    #expect(ledger.request(second) == [.evict(ByteCount(30))])
    #expect(ledger.cacheReleased(ByteCount(30)) == [.grant(first)])
    #expect(ledger.taskEnded(Self.a) == [.grant(second)])
  }

  @Test("blocks that are being read are not asked for, and a standstill over them ends too")
  func pinned() {
    var ledger = Self.ledger(Self.a)
    #expect(ledger.cacheRequest(ByteCount(80)) == .granted)
    #expect(ledger.cachePinned(ByteCount(70)) == [])
    let wish = Self.wish(Self.a, 30)
    #expect(ledger.request(wish) == [.evict(ByteCount(10))])
    #expect(ledger.cacheReleased(ByteCount(10)) == [.grant(wish)])
    ledger.taskStarted(Self.b)
    let other = Self.wish(Self.b, 10)
    #expect(ledger.request(other) == [])
    #expect(ledger.cachePinned(ByteCount(0)) == [.evict(ByteCount(10))])
    #expect(ledger.cacheReleased(ByteCount(10)) == [.grant(other)])
  }

  @Test("what is being read is not there to be shared")
  func pinnedIsNotShared() {
    var ledger = Self.ledger(Self.a, Self.b)
    #expect(ledger.cacheRequest(ByteCount(80)) == .granted)
    #expect(ledger.cachePinned(ByteCount(80)) == [])
    // Ten for each, so 15 are too much although 20 are free.
    let (large, small) = (Self.wish(Self.a, 15), Self.wish(Self.b, 10))
    #expect(ledger.request(large) == [])
    #expect(ledger.request(small) == [.grant(small)])
    #expect(ledger.cachePinned(ByteCount(0)) == [.evict(ByteCount(5))])
    #expect(ledger.cacheReleased(ByteCount(5)) == [.grant(large)])
  }

  @Test("the cache does not take what a task waits for")
  func cacheBehindTasks() {
    var ledger = Self.ledger(Self.a, Self.b)
    #expect(ledger.cacheRequest(ByteCount(45)) == .granted)
    #expect(ledger.cachePinned(ByteCount(45)) == [])
    #expect(ledger.request(Self.wish(Self.a, 27)) == [.grant(Self.wish(Self.a, 27))])
    #expect(ledger.request(Self.wish(Self.b, 20)) == [.grant(Self.wish(Self.b, 20))])
    // Over its share of 27, so it waits although 8 are free.
    #expect(ledger.request(Self.wish(Self.a, 5, number: 1)) == [])
    #expect(ledger.cacheRequest(ByteCount(1)) == .refused)
  }
}
