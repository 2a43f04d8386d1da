import FlintCore
import FlintScheduling
import Testing

@Suite("Speculation")
struct SpeculationTests {
  /// Four tasks on executors of one slot each; three have ended after a second, and p0 on e0 goes on.
  private func straggler(change: (inout Limits) -> Void = { _ in }) -> TaskTrace {
    var tasks = TaskTrace((0..<4).map { (executor($0), 1) }, speculates: true, change: change)
    _ = tasks.submit(partitions(4))
    tasks.wait(until: 1)
    for partition in partitions(4).dropFirst() { _ = tasks.succeed(attempt(partition)) }
    return tasks
  }

  @Test(
    "it takes the quantile of a set to be done before anything is slow",
    arguments: [
      (0, 4, false), (2, 4, false), (3, 4, true), (749, 1000, false), (750, 1000, true),
    ])
  func quantile(done: Int, count: Int, mayCompare: Bool) {
    #expect(Speculation(limits: Limits()).mayCompare(done: done, of: count) == mayCompare)
  }

  @Test(
    "slow is one and a half times the median, and never less than the floor",
    arguments: [
      (Int64(1_000_000_000), Int64(1_500_000_000)), (10, 100_000_000), (.max, .max),
    ])
  func patience(median: Int64, patience: Int64) {
    #expect(Speculation(limits: Limits()).patience(median: median) == patience)
  }

  @Test("a slow task gets a copy on another executor")
  func copy() {
    var tasks = straggler()
    #expect(tasks.wakes.last == seconds(1.1))
    #expect(tasks.tick(at: 1.1) == [])
    #expect(tasks.tick(at: 1.6) == [.launch(attempt(p0, 1), on: e1)])
  }

  @Test("it looks again and again, until somebody is slow")
  func looksAgain() {
    var tasks = straggler()
    for step in 11..<15 {
      #expect(tasks.tick(at: Double(step) / 10) == [])
      #expect(tasks.wakes.last == seconds(Double(step + 1) / 10))
    }
  }

  @Test("nobody speculates who was not told to")
  func off() {
    var tasks = TaskTrace([(e0, 1), (e1, 1)])
    _ = tasks.submit([p0, p1])
    tasks.wait(until: 1)
    _ = tasks.succeed(attempt(p1))
    #expect(tasks.tick(at: 100) == [])
    #expect(tasks.wakes.isEmpty)
  }

  @Test("the copy is faster: its result counts, and the first try is told to end")
  func copyWins() {
    var tasks = straggler()
    _ = tasks.tick(at: 1.6)
    #expect(tasks.succeed(attempt(p0, 1)) == [.finished(attempt(p0, 1)), .kill(attempt(p0), on: e0)])
    #expect(tasks.fail(attempt(p0), .killed) == [])
    #expect(tasks.scheduler.heldSlots == 0)
  }

  @Test("the first try is faster after all: the copy is told to end")
  func firstWins() {
    var tasks = straggler()
    _ = tasks.tick(at: 1.6)
    #expect(tasks.succeed(attempt(p0)) == [.finished(attempt(p0)), .kill(attempt(p0, 1), on: e1)])
    #expect(tasks.fail(attempt(p0, 1), .killed) == [])
  }

  @Test("both end in the same tick: one result counts, and both slots are free")
  func sameTick() {
    var tasks = straggler()
    _ = tasks.tick(at: 1.6)
    #expect(tasks.succeed(attempt(p0, 1)) == [.finished(attempt(p0, 1)), .kill(attempt(p0), on: e0)])
    #expect(tasks.succeed(attempt(p0)) == [])
    #expect(tasks.scheduler.heldSlots == 0)
    #expect(tasks.scheduler.droppedEnds == 0)
    #expect(tasks.tick(at: 60) == [])
  }

  @Test("with commits coordinated, of two copies one commits, and the denied one is no failure")
  func commits() {
    var tasks = straggler { $0.taskAttempts = 1 }
    var commits = OutputCommitCoordinator()
    _ = tasks.tick(at: 1.6)
    #expect(commits.handle(.asked(attempt(p0, 1))) == [.authorise(attempt(p0, 1))])
    #expect(commits.handle(.asked(attempt(p0))) == [.deny(attempt(p0))])
    #expect(tasks.fail(attempt(p0), .commitDenied) == [])
    _ = commits.handle(.committed(attempt(p0, 1)))
    #expect(tasks.succeed(attempt(p0, 1)) == [.finished(attempt(p0, 1))])
    #expect(commits.committed(of: StageID(rawValue: 0)) == [p0: attempt(p0, 1)])
  }

  @Test("the authorised copy dies before its commit: another try gets the partition")
  func authorisedCopyDies() {
    var tasks = straggler()
    var commits = OutputCommitCoordinator()
    _ = tasks.tick(at: 1.6)
    _ = commits.handle(.asked(attempt(p0, 1)))
    #expect(tasks.fail(attempt(p0), .commitDenied) == [])
    #expect(tasks(.executorRemoved(e1)).launches == [attempt(p0, 2)])
    _ = commits.handle(.ended(attempt(p0, 1)))
    #expect(commits.handle(.asked(attempt(p0, 2))) == [.authorise(attempt(p0, 2))])
  }

  @Test("a copy that fails leaves the first try alone")
  func copyFails() {
    var tasks = straggler()
    _ = tasks.tick(at: 1.6)
    #expect(tasks.fail(attempt(p0, 1), threw) == [])
    #expect(tasks.succeed(attempt(p0)) == [.finished(attempt(p0))])
  }

  @Test("when both copies fail, the task is started anew")
  func bothFail() {
    var tasks = straggler()
    _ = tasks.tick(at: 1.6)
    #expect(tasks.fail(attempt(p0, 1), .resultLost) == [])
    #expect(tasks.fail(attempt(p0), .resultLost).launches == [attempt(p0, 2)])
  }

  @Test("a copy's failures count like any other's")
  func copyCounts() {
    var tasks = straggler { $0.taskAttempts = 2 }
    _ = tasks.tick(at: 1.6)
    #expect(tasks.fail(attempt(p0, 1), threw) == [])
    #expect(tasks.fail(attempt(p0), threw) == [.gaveUp(stage(0), attempt(p0), threw, tries: 2)])
  }

  @Test("a task has at most one copy")
  func oneCopy() {
    var tasks = straggler()
    _ = tasks.tick(at: 1.6)
    #expect(tasks.tick(at: 5) == [])
    #expect(tasks.tick(at: 50) == [])
  }

  @Test("the copy never runs on the executor of the first try, even when only that one is free")
  func neverThere() {
    var tasks = TaskTrace([(e0, 5)], speculates: true)
    _ = tasks.submit(partitions(4))
    tasks.wait(until: 1)
    for partition in partitions(4).dropFirst() { _ = tasks.succeed(attempt(partition)) }
    #expect(tasks.tick(at: 10) == [])
    #expect(tasks.add(e1, slots: 1) == [.launch(attempt(p0, 1), on: e1)])
  }

  @Test("tasks that have not been started go before copies")
  func pendingFirst() {
    var tasks = TaskTrace([(e0, 1), (e1, 1)], speculates: true) { $0.speculationQuantile = 25 }
    _ = tasks.submit(partitions(4))
    tasks.wait(until: 1)
    #expect(tasks.succeed(attempt(p1)).launches == [attempt(p2)])
    #expect(tasks.tick(at: 2) == [])
    #expect(tasks.succeed(attempt(p2)).launches == [attempt(PartitionID(rawValue: 3))])
    #expect(tasks.succeed(attempt(PartitionID(rawValue: 3))).launches == [attempt(p0, 1)])
  }

  @Test("a task that is done before its copy found a slot gets none")
  func doneBeforeCopy() {
    var tasks = straggler()
    for number in UInt64(1)..<4 { _ = tasks(.executorSuspected(executor(number))) }
    #expect(tasks.tick(at: 2) == [])
    #expect(tasks.succeed(attempt(p0)) == [.finished(attempt(p0))])
    #expect(tasks(.executorTrusted(e1)) == [])
  }

  @Test("a copy's executor is lost: the first try goes on, and may have another copy")
  func copyLost() {
    var tasks = straggler()
    _ = tasks.tick(at: 1.6)
    #expect(tasks(.executorRemoved(e1)) == [])
    #expect(tasks.tick(at: 1.8) == [.launch(attempt(p0, 2), on: e2)])
  }

  @Test("a barrier has no copies")
  func barrier() {
    var tasks = TaskTrace([(e0, 2), (e1, 2)], speculates: true) { $0.speculationQuantile = 1 }
    _ = tasks.submit([p0, p1], isBarrier: true)
    tasks.wait(until: 1)
    _ = tasks.succeed(attempt(p1))
    #expect(tasks.tick(at: 100) == [])
  }
}
