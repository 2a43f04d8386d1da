import FlintCore
import FlintScheduling
import Testing

@Suite("Tasks: barriers")
struct TaskBarrierTests {
  private func barrier(_ tasks: inout TaskTrace, _ count: UInt64, stage: UInt64 = 0, job: UInt64 = 0)
    -> [TaskScheduler.Action]
  {
    tasks.submit(partitions(count), stage: stage, job: job, isBarrier: true)
  }

  @Test("all tasks of a barrier start at once")
  func together() {
    var tasks = TaskTrace([(e0, 2), (e1, 2)])
    #expect(
      barrier(&tasks, 3)
        == [.launch(attempt(p0), on: e0), .launch(attempt(p1), on: e1), .launch(attempt(p2), on: e0)])
  }

  @Test("or none")
  func orNone() {
    var tasks = TaskTrace([(e0, 1), (e1, 1)])
    #expect(barrier(&tasks, 3) == [])
    #expect(tasks.scheduler.waits().map(\.reason) == [.barrier(needed: 3, free: 2)])
    #expect(tasks.add(e2, slots: 1).launches.count == 3)
  }

  @Test("a barrier is not starved by later jobs: they wait with it while its slots fall free")
  func notStarved() {
    var tasks = TaskTrace([(e0, 2)])
    _ = tasks.submit([p0, p1], stage: 5, job: 5)
    #expect(barrier(&tasks, 2, stage: 6, job: 6) == [])
    #expect(tasks.submit(partitions(9), stage: 7, job: 7) == [])
    #expect(tasks.succeed(attempt(p0, stage: 5)) == [.finished(attempt(p0, stage: 5))])
    #expect(tasks.succeed(attempt(p1, stage: 5)).launches == [attempt(p0, stage: 6), attempt(p1, stage: 6)])
  }

  @Test("a barrier that does not fit keeps nobody waiting")
  func tooLarge() {
    var tasks = TaskTrace([(e0, 2)])
    #expect(barrier(&tasks, 3) == [])
    #expect(tasks.submit([p0], stage: 1, job: 1) == [.launch(attempt(p0, stage: 1), on: e0)])
  }

  @Test("too few slots for too long: refused, with the numbers")
  func refused() {
    var tasks = TaskTrace([(e0, 2)])
    _ = barrier(&tasks, 3)
    #expect(tasks.wakes == [seconds(30)])
    #expect(tasks.tick(at: 29) == [])
    #expect(tasks.tick(at: 30) == [.refused(stage(0), .tooFewSlots(needed: 3, present: 2))])
    #expect(tasks.scheduler.waits().isEmpty)
  }

  @Test("a cluster that can never have the slots refuses at once")
  func refusedAtOnce() {
    var tasks = TaskTrace([(e0, 2)])
    #expect(tasks(.slotsBounded(4)) == [])
    #expect(barrier(&tasks, 5) == [.refused(stage(0), .tooFewSlots(needed: 5, present: 4))])
    #expect(barrier(&tasks, 4, stage: 1) == [])
    #expect(tasks(.slotsBounded(3)) == [.refused(stage(1), .tooFewSlots(needed: 4, present: 3))])
  }

  @Test("busy slots are no reason to refuse, however long they are")
  func busy() {
    var tasks = TaskTrace([(e0, 2)])
    _ = tasks.submit([p0], stage: 5)
    #expect(barrier(&tasks, 2, stage: 6, job: 6) == [])
    #expect(tasks.tick(at: 1000) == [])
    #expect(tasks.succeed(attempt(p0, stage: 5)).launches.count == 2)
  }

  @Test("slots that come in time end the wait, and a later shortage begins another")
  func shortageAgain() {
    var tasks = TaskTrace([(e0, 1)])
    _ = tasks.submit([p0], stage: 5)
    _ = barrier(&tasks, 2, stage: 6, job: 6)
    tasks.wait(until: 29)
    #expect(tasks.add(e1, slots: 1) == [])
    #expect(tasks.tick(at: 31) == [])
    #expect(tasks(.executorRemoved(e1)) == [])
    #expect(tasks.tick(at: 60) == [])
    #expect(tasks.tick(at: 61) == [.refused(stage(6), .tooFewSlots(needed: 2, present: 1))])
  }

  @Test("results of a barrier count together")
  func resultsTogether() {
    var tasks = TaskTrace([(e0, 2)])
    _ = barrier(&tasks, 2)
    #expect(tasks.succeed(attempt(p1)) == [])
    #expect(tasks.succeed(attempt(p0)) == [.finished(attempt(p0)), .finished(attempt(p1))])
    #expect(tasks.scheduler.heldSlots == 0)
  }

  @Test(
    "one member's failure is that of all",
    arguments: [
      threw, .trapped, .commitDenied, .resultLost, .killed, .fetchFailed(s1, map: p0),
    ])
  func memberFails(failure: TaskFailure) {
    var tasks = TaskTrace([(e0, 2)])
    _ = barrier(&tasks, 2)
    #expect(
      tasks.fail(attempt(p0), failure)
        == [.stageMustRetry(stage(0), attempt(p0), failure), .kill(attempt(p1), on: e0)])
    #expect(tasks.succeed(attempt(p1)) == [])
  }

  @Test("a member whose error no try could change ends the job")
  func memberEndsJob() {
    var tasks = TaskTrace([(e0, 2)])
    _ = barrier(&tasks, 2)
    #expect(
      tasks.fail(attempt(p0), .resultUnsupported)
        == [.gaveUp(stage(0), attempt(p0), .resultUnsupported, tries: 1), .kill(attempt(p1), on: e0)])
  }

  @Test("a member that dies before the barrier: all start over")
  func memberDies() {
    var tasks = TaskTrace([(e0, 1), (e1, 1)])
    _ = barrier(&tasks, 2)
    #expect(
      tasks(.executorRemoved(e1))
        == [.stageMustRetry(stage(0), attempt(p1), .executorLost(e1)), .kill(attempt(p0), on: e0)])
  }

  @Test("a member that dies after its part, but before the others', takes its result with it")
  func memberDiesAfterwards() {
    var tasks = TaskTrace([(e0, 1), (e1, 1)])
    _ = barrier(&tasks, 2)
    #expect(tasks.succeed(attempt(p1)) == [])
    #expect(
      tasks(.executorRemoved(e1))
        == [.stageMustRetry(stage(0), attempt(p1), .executorLost(e1)), .kill(attempt(p0), on: e0)])
    #expect(tasks.succeed(attempt(p0)) == [])
  }

  @Test("a member that dies after the barrier changes nothing here")
  func memberDiesLate() {
    var tasks = TaskTrace([(e0, 1), (e1, 1)])
    _ = barrier(&tasks, 2)
    _ = tasks.succeed(attempt(p0))
    _ = tasks.succeed(attempt(p1))
    #expect(tasks(.executorRemoved(e1)) == [])
  }

  @Test("two members that die together end the attempt once")
  func twoDie() {
    var tasks = TaskTrace([(e0, 2), (e1, 1)])
    _ = barrier(&tasks, 3)
    #expect(
      tasks(.executorRemoved(e0)) == [
        .stageMustRetry(stage(0), attempt(p0), .executorLost(e0)), .kill(attempt(p1), on: e1),
      ])
  }

  @Test("the next attempt waits for the slots that members of the last one still hold")
  func nextAttempt() {
    var tasks = TaskTrace([(e0, 2)])
    _ = barrier(&tasks, 2)
    _ = tasks.fail(attempt(p0), threw)
    #expect(tasks.submit([p0, p1], attempt: 1, isBarrier: true) == [])
    #expect(
      tasks.fail(attempt(p1), .killed).launches
        == [attempt(p0, stageAttempt: 1), attempt(p1, stageAttempt: 1)])
  }

  @Test("a cancelled barrier lets others go on")
  func cancelled() {
    var tasks = TaskTrace([(e0, 2)])
    _ = tasks.submit([p0], stage: 5)
    _ = barrier(&tasks, 2, stage: 6, job: 6)
    #expect(tasks.submit([p0], stage: 7, job: 7) == [])
    #expect(tasks(.cancelled(stage(6))) == [.launch(attempt(p0, stage: 7), on: e0)])
  }
}
