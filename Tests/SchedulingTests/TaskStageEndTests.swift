import FlintCore
import FlintScheduling
import Testing

@Suite("Tasks: stages that end early")
struct TaskStageEndTests {
  private let fetchFailed = TaskFailure.fetchFailed(s1, map: p0)

  @Test("a failed fetch ends the attempt at the stage: nothing more starts, and what runs is told to end")
  func fetchFailure() {
    var tasks = TaskTrace([(e0, 2)])
    _ = tasks.submit(partitions(4))
    #expect(
      tasks.fail(attempt(p0), fetchFailed)
        == [.stageMustRetry(stage(0), attempt(p0), fetchFailed), .kill(attempt(p1), on: e0)])
    #expect(tasks.scheduler.waits().isEmpty)
  }

  @Test("late failed fetches of an attempt that has failed are told, too")
  func lateFetchFailures() {
    var tasks = TaskTrace([(e0, 3)])
    _ = tasks.submit([p0, p1, p2])
    _ = tasks.fail(attempt(p0), fetchFailed)
    #expect(tasks.fail(attempt(p1), fetchFailed) == [.stageMustRetry(stage(0), attempt(p1), fetchFailed)])
    #expect(tasks.fail(attempt(p2), .rowsLost(s1)) == [.stageMustRetry(stage(0), attempt(p2), .rowsLost(s1))])
    #expect(tasks.scheduler.heldSlots == 0)
  }

  @Test("rows that do not add up end the attempt at the stage, too")
  func rowsLost() {
    var tasks = TaskTrace([(e0, 1)])
    _ = tasks.submit([p0])
    #expect(
      tasks.fail(attempt(p0), .rowsLost(s1)) == [.stageMustRetry(stage(0), attempt(p0), .rowsLost(s1))])
  }

  @Test("a killed task keeps its slot until it has ended")
  func zombieKeepsSlot() {
    var tasks = TaskTrace([(e0, 2)])
    _ = tasks.submit([p0, p1])
    _ = tasks.fail(attempt(p0), fetchFailed)
    #expect(
      tasks.submit([p0, p1], attempt: 1) == [.launch(attempt(p0, stageAttempt: 1), on: e0)])
    #expect(
      tasks.fail(attempt(p1), .killed) == [.launch(attempt(p1, stageAttempt: 1), on: e0)])
  }

  @Test("a result of an attempt that is over does not count, but its slot is free")
  func lateResult() {
    var tasks = TaskTrace([(e0, 2)])
    _ = tasks.submit([p0, p1])
    _ = tasks.fail(attempt(p0), fetchFailed)
    #expect(tasks.succeed(attempt(p1)) == [])
    #expect(tasks.scheduler.heldSlots == 0)
    #expect(tasks.scheduler.droppedEnds == 0)
  }

  @Test("when the last zombie has ended, its attempt is forgotten")
  func forgotten() {
    var tasks = TaskTrace([(e0, 2)])
    _ = tasks.submit([p0, p1])
    _ = tasks.fail(attempt(p0), fetchFailed)
    _ = tasks.fail(attempt(p1), .killed)
    #expect(tasks.succeed(attempt(p1)) == [])
    #expect(tasks.scheduler.droppedEnds == 1)
  }

  @Test("one attempt of a stage lives: a newer one ends the older")
  func newerAttempt() {
    var tasks = TaskTrace([(e0, 3)])
    _ = tasks.submit([p0, p1])
    #expect(
      tasks.submit([p0, p1], attempt: 1) == [
        .kill(attempt(p0), on: e0), .kill(attempt(p1), on: e0), .launch(attempt(p0, stageAttempt: 1), on: e0),
      ])
    #expect(tasks.succeed(attempt(p0)) == [.launch(attempt(p1, stageAttempt: 1), on: e0)])
  }

  @Test("an attempt that comes after a newer one is not begun")
  func olderAttempt() {
    var tasks = TaskTrace([(e0, 4)])
    _ = tasks.submit([p0], attempt: 2)
    #expect(tasks.submit([p0], attempt: 1) == [])
    #expect(tasks.succeed(attempt(p0, stageAttempt: 2)) == [.finished(attempt(p0, stageAttempt: 2))])
  }

  @Test("a cancelled stage's tasks are told to end, and its slots fall free as they do")
  func cancelled() {
    var tasks = TaskTrace([(e0, 2)])
    _ = tasks.submit(partitions(3))
    _ = tasks.submit([p0], stage: 1)
    #expect(tasks(.cancelled(stage(0))) == [.kill(attempt(p0), on: e0), .kill(attempt(p1), on: e0)])
    #expect(tasks.fail(attempt(p1), .killed) == [.launch(attempt(p0, stage: 1), on: e0)])
    #expect(tasks.succeed(attempt(p0)) == [])
    #expect(tasks.scheduler.heldSlots == 1)
  }

  @Test("cancelling twice, or what is over or unknown, asks for nothing")
  func cancelledTwice() {
    var tasks = TaskTrace([(e0, 2)])
    _ = tasks.submit([p0])
    #expect(tasks(.cancelled(stage(0))) == [.kill(attempt(p0), on: e0)])
    #expect(tasks(.cancelled(stage(0))) == [])
    #expect(tasks(.cancelled(stage(5))) == [])
    _ = tasks.fail(attempt(p0), .killed)
    #expect(tasks(.cancelled(stage(0))) == [])
  }

  @Test("a cancelled stage that had not begun leaves nothing")
  func cancelledBeforeStart() {
    var tasks = TaskTrace()
    _ = tasks.submit([p0])
    #expect(tasks(.cancelled(stage(0))) == [])
    #expect(tasks.add(e0, slots: 1) == [])
    #expect(tasks.scheduler.waits().isEmpty)
  }

  @Test("what runs of a job that gave up is told to end")
  func gaveUp() {
    var tasks = TaskTrace([(e0, 1), (e1, 1), (e2, 1)]) { $0.taskAttempts = 1 }
    _ = tasks.submit(partitions(5))
    #expect(
      tasks.fail(attempt(p1), .memoryExceeded) == [
        .gaveUp(stage(0), attempt(p1), .memoryExceeded, tries: 1), .kill(attempt(p0), on: e0),
        .kill(attempt(p2), on: e2),
      ])
  }

  @Test("tasks of several stages on a lost executor each go back to their own")
  func lossOfManyStages() {
    var tasks = TaskTrace([(e0, 3)])
    _ = tasks.submit([p0], stage: 0)
    _ = tasks.submit([p0], stage: 1)
    _ = tasks.submit([p0], stage: 2)
    _ = tasks(.cancelled(stage(1)))
    #expect(tasks(.executorRemoved(e0)) == [])
    #expect(
      tasks.add(e1, slots: 3)
        == [.launch(attempt(p0, 1, stage: 0), on: e1), .launch(attempt(p0, 1, stage: 2), on: e1)])
  }

  // MARK: The reaper

  @Test("a task that does not end when it is told to costs its executor the life (SPARK-18761)")
  func reaper() {
    var tasks = TaskTrace([(e0, 1)])
    _ = tasks.submit([p0])
    #expect(tasks(.cancelled(stage(0))) == [.kill(attempt(p0), on: e0)])
    #expect(tasks.wakes == [seconds(10)])
    #expect(tasks.tick(at: 9.9) == [])
    #expect(tasks.tick(at: 10) == [.endExecutor(e0, because: attempt(p0))])
    #expect(tasks.tick(at: 30) == [])
  }

  @Test("an executor that is to be ended gets nothing more, and its other tasks run elsewhere when it is gone")
  func reaped() {
    var tasks = TaskTrace([(e0, 3), (e1, 1)])
    _ = tasks.submit([p0])
    _ = tasks.submit([p0, p1], stage: 1)
    _ = tasks(.cancelled(stage(0)))
    _ = tasks.tick(at: 10)
    #expect(tasks.submit([p0], stage: 2) == [])
    #expect(tasks(.executorRemoved(e0)) == [])
    #expect(tasks.scheduler.heldSlots == 1)
    #expect(
      tasks.succeed(attempt(p0, stage: 1)) == [
        .finished(attempt(p0, stage: 1)), .launch(attempt(p1, 1, stage: 1), on: e1),
      ])
  }

  @Test("a task that ends in time spares its executor")
  func endsInTime() {
    var tasks = TaskTrace([(e0, 1)])
    _ = tasks.submit([p0])
    _ = tasks(.cancelled(stage(0)))
    tasks.wait(until: 9.5)
    #expect(tasks.fail(attempt(p0), .killed) == [])
    #expect(tasks.tick(at: 10) == [])
    #expect(tasks.submit([p0], stage: 1) == [.launch(attempt(p0, stage: 1), on: e0)])
  }

  @Test("the deadline of one killed task does not hit the next task in its slot")
  func slotUsedAgain() {
    var tasks = TaskTrace([(e0, 1)])
    _ = tasks.submit([p0])
    _ = tasks(.cancelled(stage(0)))
    _ = tasks.fail(attempt(p0), .killed)
    tasks.wait(until: 8)
    _ = tasks.submit([p0], stage: 1)
    _ = tasks(.cancelled(stage(1)))
    #expect(tasks.tick(at: 10) == [])
    #expect(tasks.tick(at: 18) == [.endExecutor(e0, because: attempt(p0, stage: 1))])
  }

  @Test("many tasks that do not end cost one executor one life")
  func reapedOnce() {
    var tasks = TaskTrace([(e0, 3)])
    _ = tasks.submit([p0, p1, p2])
    _ = tasks(.cancelled(stage(0)))
    #expect(tasks.tick(at: 10) == [.endExecutor(e0, because: attempt(p0))])
  }

  @Test("an executor that is removed before the deadline is not ended again")
  func removedBeforeDeadline() {
    var tasks = TaskTrace([(e0, 1)])
    _ = tasks.submit([p0])
    _ = tasks(.cancelled(stage(0)))
    _ = tasks(.executorRemoved(e0))
    _ = tasks.add(executor(0, life: 1), slots: 1)
    #expect(tasks.tick(at: 10) == [])
    #expect(tasks.submit([p0], stage: 1) == [.launch(attempt(p0, stage: 1), on: executor(0, life: 1))])
  }

  @Test("a task that ignored its cancellation is nobody's failure any more")
  func ignoredCancellation() {
    var tasks = TaskTrace([(e0, 1)])
    _ = tasks.submit([p0])
    _ = tasks(.cancelled(stage(0)))
    #expect(tasks.fail(attempt(p0), .ignoredCancellation) == [])
    #expect(tasks.scheduler.heldSlots == 0)
  }

  @Test("a wake that comes too early changes nothing")
  func earlyTick() {
    var tasks = TaskTrace([(e0, 1)])
    _ = tasks.submit([p0])
    _ = tasks(.cancelled(stage(0)))
    for time in [1.0, 2, 3] { #expect(tasks.tick(at: time) == []) }
    #expect(tasks.tick(at: 12) == [.endExecutor(e0, because: attempt(p0))])
  }
}
