import FlintCore
import FlintScheduling
import Testing

@Suite("Tasks: bad executors")
struct TaskExclusionTests {
  private let stageOf40 = partitions(40)

  /// Fails what runs on `bad` and ends what runs elsewhere, until nothing runs; returns how often a task was started on it.
  private func run(_ tasks: inout TaskTrace, _ started: [TaskScheduler.Action], bad: ExecutorIncarnation) -> Int {
    var pending = started
    var count = 0
    while !pending.isEmpty {
      guard case .launch(let attempt, let executor) = pending.removeFirst() else { continue }
      if executor == bad { count += 1 }
      pending += executor == bad ? tasks.fail(attempt, .diskFailed) : tasks.succeed(attempt)
    }
    return count
  }

  @Test("an executor with a broken disk fails two tasks of a stage, not forty")
  func brokenDisk() {
    var tasks = TaskTrace([(e0, 1), (e1, 1), (e2, 1)])
    let started = tasks.submit(stageOf40)
    #expect(run(&tasks, started, bad: e0) == 2)
    #expect(tasks.scheduler.waits().isEmpty)
    #expect(tasks.scheduler.heldSlots == 0)
  }

  @Test("after the second stage that it spoilt it gets nothing, until its time is over")
  func wholeApplication() {
    var tasks = TaskTrace([(e0, 1), (e1, 1)])
    for number in UInt64(0)..<2 {
      let started = tasks.submit(stageOf40, stage: number, job: number)
      #expect(run(&tasks, started, bad: e0) == 2)
    }
    #expect(tasks.submit([p0, p1], stage: 2) == [.launch(attempt(p0, stage: 2), on: e1)])
    #expect(tasks.tick(at: 6) == [])
    #expect(tasks.wakes.last == seconds(600))
    #expect(tasks.tick(at: 599) == [])
    #expect(tasks.tick(at: 600) == [.launch(attempt(p1, stage: 2), on: e0)])
  }

  @Test("an executor that is excluded goes on with what it has")
  func goesOn() {
    var tasks = TaskTrace([(e0, 3), (e1, 1)])
    _ = tasks.submit(stageOf40)
    _ = tasks.fail(attempt(p0), .diskFull)
    _ = tasks.fail(attempt(p2), .diskFull)
    let other = attempt(PartitionID(rawValue: 3))
    #expect(tasks.succeed(other) == [.finished(other)])
  }

  @Test("on the only executor a task has all of its tries")
  func onlyOne() {
    var tasks = TaskTrace([(e0, 2)])
    _ = tasks.submit(partitions(4))
    for number in UInt32(0)..<3 {
      #expect(tasks.fail(attempt(p0, number), threw) == [.launch(attempt(p0, number + 1), on: e0)])
      #expect(tasks.fail(attempt(p1, number), threw) == [.launch(attempt(p1, number + 1), on: e0)])
    }
    #expect(tasks.succeed(attempt(p0, 3)).first == .finished(attempt(p0, 3)))
  }

  @Test("when every executor that is left is excluded, the stage is refused after a while and does not hang")
  func everyoneExcluded() {
    var tasks = TaskTrace([(e0, 1), (e1, 1)])
    _ = tasks.submit(partitions(3))
    _ = tasks.fail(attempt(p0), .diskFull)
    _ = tasks.succeed(attempt(p1))
    // e0 has failed p0 and now fails p2: it is excluded, since there is e1.
    #expect(tasks.fail(attempt(p2), .diskFull) == [])
    tasks.wait(until: 1)
    #expect(tasks(.executorRemoved(e1)) == [])
    #expect(tasks.scheduler.waits().map(\.reason) == [.excluded])
    #expect(tasks.tick(at: 30.9) == [])
    #expect(
      tasks.tick(at: 31) == [
        .refused(stage(0), .everyExecutorExcluded(count: 1, last: attempt(p2), .diskFull))
      ])
  }

  @Test("a later stage is refused, too, when only an executor is left that others had excluded")
  func laterStage() {
    var tasks = TaskTrace([(e0, 1), (e1, 1)])
    for number in UInt64(0)..<2 {
      let started = tasks.submit(stageOf40, stage: number, job: number)
      #expect(run(&tasks, started, bad: e0) == 2)
    }
    _ = tasks(.executorRemoved(e1))
    #expect(tasks.submit([p0], stage: 2) == [])
    #expect(tasks.tick(at: 29) == [])
    guard case .refused(stage(2), .everyExecutorExcluded(count: 1, _, .diskFailed)) = tasks.tick(at: 30).first else {
      Issue.record("the stage is not refused")
      return
    }
  }

  @Test("a healthy executor that comes in time ends the wait")
  func healthyComes() {
    var tasks = TaskTrace([(e0, 1), (e1, 1)])
    _ = tasks.submit(partitions(3))
    _ = tasks.fail(attempt(p0), .diskFull)
    _ = tasks.succeed(attempt(p1))
    _ = tasks.fail(attempt(p2), .diskFull)
    _ = tasks(.executorRemoved(e1))
    tasks.wait(until: 20)
    #expect(tasks.add(e2, slots: 1).launches.count == 1)
    #expect(tasks.tick(at: 60) == [])
  }

  @Test("a crash loop: an executor that dies at once, life after life, is not the tasks' fault, but has an end")
  func crashLoop() {
    var tasks = TaskTrace([(e1, 1)])
    _ = tasks.submit([p0, p1, p2])
    var lives = UInt64(0)
    var ends: [TaskScheduler.Action] = []
    while ends.isEmpty, lives < 100 {
      _ = tasks.add(executor(0, life: lives), slots: 1)
      ends = tasks(.executorRemoved(executor(0, life: lives)))
      lives += 1
    }
    #expect(lives == 20)
    #expect(
      ends == [
        .gaveUp(stage(0), attempt(p1, 19), .executorLost(executor(0, life: 19)), tries: 0), .kill(attempt(p0), on: e1),
      ])
  }
}
