import FlintCore
import FlintScheduling
import Testing

@Suite("Tasks: ends, retries and losses")
struct TaskRetryTests {
  @Test("a task that threw is tried again, with a number of its own")
  func retry() {
    var tasks = TaskTrace([(e0, 1)])
    _ = tasks.submit([p0])
    #expect(tasks.fail(attempt(p0), threw) == [.launch(attempt(p0, 1), on: e0)])
    #expect(tasks.succeed(attempt(p0, 1)) == [.finished(attempt(p0, 1))])
  }

  @Test("a task that came back goes before those that have not been started")
  func first() {
    var tasks = TaskTrace([(e0, 1)])
    _ = tasks.submit([p0, p1])
    #expect(tasks.fail(attempt(p0), .resultLost) == [.launch(attempt(p0, 1), on: e0)])
  }

  @Test("it goes to another executor when there is one")
  func elsewhere() {
    var tasks = TaskTrace([(e0, 1), (e1, 1)])
    _ = tasks.submit([p0])
    #expect(tasks.fail(attempt(p0), threw) == [.launch(attempt(p0, 1), on: e1)])
    #expect(tasks.fail(attempt(p0, 1), threw) == [.launch(attempt(p0, 2), on: e0)])
  }

  @Test("it waits for the other executor, but not for ever")
  func elsewhereIsBusy() {
    var tasks = TaskTrace([(e0, 1), (e1, 1)])
    _ = tasks.submit([p0, p1])
    #expect(tasks.fail(attempt(p0), threw) == [])
    #expect(tasks.scheduler.waits().map(\.reason) == [.nearerPlace])
    #expect(tasks.wakes.last == seconds(6))
    #expect(tasks.tick(at: 6) == [.launch(attempt(p0, 1), on: e0)])
  }

  @Test("the limit of tries ends the stage, with the failure and the count")
  func limit() {
    var tasks = TaskTrace([(e0, 1)])
    _ = tasks.submit([p0])
    for number in UInt32(0)..<3 {
      #expect(tasks.fail(attempt(p0, number), threw) == [.launch(attempt(p0, number + 1), on: e0)])
    }
    #expect(tasks.fail(attempt(p0, 3), threw) == [.gaveUp(stage(0), attempt(p0, 3), threw, tries: 4)])
    #expect(tasks.scheduler.heldSlots == 0)
  }

  @Test("with one try there is no second")
  func oneTry() {
    var tasks = TaskTrace([(e0, 1)]) { $0.taskAttempts = 1 }
    _ = tasks.submit([p0])
    #expect(tasks.fail(attempt(p0), threw) == [.gaveUp(stage(0), attempt(p0), threw, tries: 1)])
  }

  @Test("a poisoned row that takes its executor down fails its job after four of them, not after all")
  func poison() {
    var tasks = TaskTrace((0..<10).map { (executor($0), 1) })
    _ = tasks.submit([p0])
    for number in UInt32(0)..<3 {
      let (dead, next) = (executor(UInt64(number)), executor(UInt64(number) + 1))
      // The report of the trap comes before the news of the death; the socket closes for both.
      #expect(tasks.fail(attempt(p0, number), .trapped) == [.launch(attempt(p0, number + 1), on: next)])
      #expect(tasks(.executorRemoved(dead)) == [])
    }
    #expect(tasks.fail(attempt(p0, 3), .trapped) == [.gaveUp(stage(0), attempt(p0, 3), .trapped, tries: 4)])
  }

  @Test("an error that no other try could change ends the stage at once, and what else runs")
  func notRetryable() {
    var tasks = TaskTrace([(e0, 2)])
    _ = tasks.submit([p0, p1])
    let failure = TaskFailure.threw(isRetryable: false)
    #expect(
      tasks.fail(attempt(p0), failure)
        == [.gaveUp(stage(0), attempt(p0), failure, tries: 1), .kill(attempt(p1), on: e0)])
  }

  @Test(
    "results that are too large, or cannot travel, end the stage",
    arguments: [
      TaskFailure.resultsTooLarge, .resultUnsupported,
    ])
  func results(failure: TaskFailure) {
    var tasks = TaskTrace([(e0, 1)])
    _ = tasks.submit([p0, p1])
    #expect(tasks.fail(attempt(p0), failure) == [.gaveUp(stage(0), attempt(p0), failure, tries: 1)])
  }

  @Test("tasks of a lost executor run elsewhere, and the loss is not theirs")
  func executorLost() {
    var tasks = TaskTrace([(e0, 2), (e1, 2)]) { $0.taskAttempts = 1 }
    _ = tasks.submit(partitions(4))
    #expect(tasks(.executorRemoved(e0)) == [])
    #expect(tasks.scheduler.heldSlots == 2)
    #expect(
      tasks.add(e2, slots: 2) == [.launch(attempt(p0, 1), on: e2), .launch(attempt(p2, 1), on: e2)])
  }

  @Test("a loss that is told twice is handled once")
  func lostTwice() {
    var tasks = TaskTrace([(e0, 1), (e1, 2)])
    _ = tasks.submit([p0])
    #expect(tasks(.executorRemoved(e0)) == [.launch(attempt(p0, 1), on: e1)])
    #expect(tasks(.executorRemoved(e0)) == [])
    #expect(tasks.scheduler.heldSlots == 1)
  }

  @Test("a zombie's result is dropped: its try was lost with its executor")
  func zombie() {
    var tasks = TaskTrace([(e0, 1), (e1, 1)])
    _ = tasks.submit([p0])
    _ = tasks(.executorRemoved(e0))
    #expect(tasks.succeed(attempt(p0)) == [])
    #expect(tasks.scheduler.droppedEnds == 1)
    #expect(tasks.succeed(attempt(p0, 1)) == [.finished(attempt(p0, 1))])
  }

  @Test("a retry that runs while the first try still does is told from it by its number, whichever ends first")
  func retryBesideFirstTry() {
    var tasks = TaskTrace([(e0, 1), (e1, 1)])
    _ = tasks.submit([p0])
    // e0 cannot be reached and goes on; its task is tried again on e1.
    #expect(tasks(.executorRemoved(e0)) == [.launch(attempt(p0, 1), on: e1)])
    #expect(tasks.fail(attempt(p0), .commitDenied) == [])
    #expect(tasks.scheduler.heldSlots == 1)
    #expect(tasks.succeed(attempt(p0, 1)) == [.finished(attempt(p0, 1))])
    #expect(tasks.succeed(attempt(p0)) == [])
  }

  @Test("an executor that returns with another life is a new one")
  func nextLife() {
    var tasks = TaskTrace([(e0, 1)])
    _ = tasks.submit([p0])
    _ = tasks(.executorRemoved(e0))
    let next = executor(0, life: 1)
    #expect(tasks.add(next, slots: 1) == [.launch(attempt(p0, 1), on: next)])
    // The first life's report comes late.
    #expect(tasks.fail(attempt(p0), .trapped) == [])
    #expect(tasks.succeed(attempt(p0, 1)) == [.finished(attempt(p0, 1))])
  }

  @Test("an end that is told twice frees one slot")
  func endTwice() {
    var tasks = TaskTrace([(e0, 1)])
    _ = tasks.submit(partitions(3))
    #expect(tasks.succeed(attempt(p0)) == [.finished(attempt(p0)), .launch(attempt(p1), on: e0)])
    #expect(tasks.succeed(attempt(p0)) == [])
    #expect(tasks.fail(attempt(p0), threw) == [])
    #expect(tasks.scheduler.heldSlots == 1)
    #expect(tasks.scheduler.droppedEnds == 2)
  }

  @Test("ends of stages, tasks and tries that nobody knows are dropped")
  func unknown() {
    var tasks = TaskTrace([(e0, 1)])
    _ = tasks.submit([p0])
    #expect(tasks.succeed(attempt(p0, stage: 7)) == [])
    #expect(tasks.succeed(attempt(p1)) == [])
    #expect(tasks.succeed(attempt(p0, 1)) == [])
    #expect(tasks.scheduler.droppedEnds == 3)
    #expect(tasks.scheduler.heldSlots == 1)
  }

  @Test("denied commits are no failures, however often")
  func denied() {
    var tasks = TaskTrace([(e0, 1)]) { $0.taskAttempts = 1 }
    _ = tasks.submit([p0])
    for number in UInt32(0)..<10 {
      #expect(tasks.fail(attempt(p0, number), .commitDenied) == [.launch(attempt(p0, number + 1), on: e0)])
    }
    #expect(tasks.succeed(attempt(p0, 10)) == [.finished(attempt(p0, 10))])
  }

  @Test("lost results are made again, and do not count")
  func resultLost() {
    var tasks = TaskTrace([(e0, 1)]) { $0.taskAttempts = 1 }
    _ = tasks.submit([p0])
    #expect(tasks.fail(attempt(p0), .resultLost) == [.launch(attempt(p0, 1), on: e0)])
  }

  @Test(
    "no task is started without end, whatever its failures mean",
    arguments: [
      TaskFailure.commitDenied, .resultLost, .killed, .ignoredCancellation,
    ])
  func starts(failure: TaskFailure) {
    var tasks = TaskTrace([(e0, 1)])
    _ = tasks.submit([p0])
    for number in UInt32(0)..<19 {
      #expect(tasks.fail(attempt(p0, number), failure) == [.launch(attempt(p0, number + 1), on: e0)])
    }
    #expect(tasks.fail(attempt(p0, 19), failure) == [.gaveUp(stage(0), attempt(p0, 19), failure, tries: 0)])
  }

  @Test("a task that takes every executor with it is given up, though losses are not counted")
  func takesExecutors() {
    var tasks = TaskTrace { $0.taskStarts = 5 }
    _ = tasks.submit([p0])
    for number in UInt32(0)..<5 {
      let executor = executor(0, life: UInt64(number))
      #expect(tasks.add(executor, slots: 1) == [.launch(attempt(p0, number), on: executor)])
      let expected: [TaskScheduler.Action] =
        number < 4 ? [] : [.gaveUp(stage(0), attempt(p0, 4), .executorLost(executor), tries: 0)]
      #expect(tasks(.executorRemoved(executor)) == expected)
    }
  }

  @Test("a task that was killed by somebody else runs again")
  func killedByOthers() {
    var tasks = TaskTrace([(e0, 1)])
    _ = tasks.submit([p0])
    #expect(tasks.fail(attempt(p0), .killed) == [.launch(attempt(p0, 1), on: e0)])
  }

  @Test("a full disk counts, and sends the task elsewhere")
  func diskFull() {
    var tasks = TaskTrace([(e0, 1), (e1, 1)]) { $0.taskAttempts = 2 }
    _ = tasks.submit([p0])
    #expect(tasks.fail(attempt(p0), .diskFull) == [.launch(attempt(p0, 1), on: e1)])
    #expect(tasks.fail(attempt(p0, 1), .diskFull) == [.gaveUp(stage(0), attempt(p0, 1), .diskFull, tries: 2)])
  }

  @Test("all executors dead: tasks wait, and run when one returns")
  func allDead() {
    var tasks = TaskTrace([(e0, 1), (e1, 1)])
    _ = tasks.submit([p0, p1])
    _ = tasks(.executorRemoved(e0))
    _ = tasks(.executorRemoved(e1))
    #expect(tasks.scheduler.waits().map(\.reason) == [.noExecutor])
    let next = executor(1, life: 1)
    #expect(tasks.add(next, slots: 2) == [.launch(attempt(p0, 1), on: next), .launch(attempt(p1, 1), on: next)])
  }

  @Test("half a cluster dies: each of its tasks runs once more")
  func halfTheCluster() {
    let executors = (UInt64(0)..<40).map { executor($0) }
    var tasks = TaskTrace(executors.map { ($0, 4) })
    _ = tasks.submit(partitions(200))
    var launched: [TaskAttempt] = []
    for executor in executors[..<20] {
      for case .launch(let attempt, on: _) in tasks(.executorRemoved(executor)) { launched.append(attempt) }
    }
    #expect(launched.isEmpty)
    #expect(tasks.scheduler.heldSlots == 80)
    for case .launch(let attempt, on: _) in tasks.add(executor(99), slots: 80) { launched.append(attempt) }
    #expect(launched.count == 80)
    #expect(Set(launched.map(\.task)).count == 80)
    #expect(launched.allSatisfy { $0.number == 1 })
  }
}
