import FlintCore
import FlintScheduling
import Testing

@Suite("Tasks: launches and slots")
struct TaskLaunchTests {
  @Test("a stage's tasks start in the order of their partitions, as many as there are slots")
  func order() {
    var tasks = TaskTrace([(e0, 2)])
    #expect(tasks.submit([p0, p1, p2]) == [.launch(attempt(p0), on: e0), .launch(attempt(p1), on: e0)])
  }

  @Test("a slot that falls free goes to the next task")
  func next() {
    var tasks = TaskTrace([(e0, 1)])
    _ = tasks.submit([p0, p1])
    #expect(tasks.succeed(attempt(p0)) == [.finished(attempt(p0)), .launch(attempt(p1), on: e0)])
    #expect(tasks.succeed(attempt(p1)) == [.finished(attempt(p1))])
    #expect(tasks.scheduler.heldSlots == 0)
  }

  @Test("tasks spread over executors before one gets a second")
  func spread() {
    var tasks = TaskTrace([(e0, 2), (e1, 2), (e2, 2)])
    #expect(
      tasks.submit(partitions(4)) == [
        .launch(attempt(p0), on: e0), .launch(attempt(p1), on: e1), .launch(attempt(p2), on: e2),
        .launch(attempt(PartitionID(rawValue: 3)), on: e0),
      ])
  }

  @Test("who was given something longest ago is given the next task")
  func leastRecentlyUsed() {
    var tasks = TaskTrace([(e0, 2), (e1, 2)])
    #expect(tasks.submit([p0], stage: 0) == [.launch(attempt(p0), on: e0)])
    #expect(tasks.submit([p0], stage: 1) == [.launch(attempt(p0, stage: 1), on: e1)])
    #expect(tasks.submit([p0], stage: 2) == [.launch(attempt(p0, stage: 2), on: e0)])
  }

  @Test("a stage that comes before any executor starts when one comes")
  func executorsLater() {
    var tasks = TaskTrace()
    #expect(tasks.submit([p0, p1]) == [])
    #expect(tasks.add(e0, slots: 1) == [.launch(attempt(p0), on: e0)])
    #expect(tasks.add(e1, slots: 4) == [.launch(attempt(p1), on: e1)])
  }

  @Test("partitions with gaps between them are found again")
  func gaps() {
    var tasks = TaskTrace([(e0, 3)])
    let (p7, p9) = (PartitionID(rawValue: 7), PartitionID(rawValue: 9))
    #expect(
      tasks.submit([p2, p7, p9])
        == [.launch(attempt(p2), on: e0), .launch(attempt(p7), on: e0), .launch(attempt(p9), on: e0)])
    #expect(tasks.succeed(attempt(p7)) == [.finished(attempt(p7))])
    #expect(tasks.succeed(attempt(p9)) == [.finished(attempt(p9))])
    #expect(tasks.succeed(attempt(PartitionID(rawValue: 8))) == [])
    #expect(tasks.scheduler.droppedEnds == 1)
  }

  @Test("a stage without tasks asks for nothing")
  func empty() {
    var tasks = TaskTrace([(e0, 1)])
    #expect(tasks.submit([]) == [])
    #expect(tasks.scheduler.waits().isEmpty)
  }

  @Test("a repeated submission starts nothing twice")
  func repeatedSubmission() {
    var tasks = TaskTrace([(e0, 4)])
    _ = tasks.submit([p0])
    #expect(tasks.submit([p0]) == [])
    #expect(tasks.succeed(attempt(p0)) == [.finished(attempt(p0))])
  }

  @Test("a repeated registration gives an executor no second set of slots")
  func repeatedRegistration() {
    var tasks = TaskTrace([(e0, 1)])
    #expect(tasks.add(e0, slots: 1) == [])
    #expect(tasks.submit([p0, p1]) == [.launch(attempt(p0), on: e0)])
  }

  @Test("a suspect executor gets nothing until it is trusted again")
  func suspect() {
    var tasks = TaskTrace([(e0, 1)])
    #expect(tasks(.executorSuspected(e0)) == [])
    #expect(tasks.submit([p0]) == [])
    #expect(tasks(.executorTrusted(e0)) == [.launch(attempt(p0), on: e0)])
  }

  @Test("what a suspect executor runs goes on, and its result counts")
  func suspectFinishes() {
    var tasks = TaskTrace([(e0, 1)])
    _ = tasks.submit([p0, p1])
    _ = tasks(.executorSuspected(e0))
    #expect(tasks.succeed(attempt(p0)) == [.finished(attempt(p0))])
    #expect(tasks(.executorTrusted(e0)) == [.launch(attempt(p1), on: e0)])
  }

  @Test("a draining executor finishes what it has, gets nothing new, and may go")
  func drain() {
    var tasks = TaskTrace([(e0, 2)])
    _ = tasks.submit([p0, p1, p2])
    #expect(tasks(.executorDrained(e0)) == [])
    #expect(tasks.succeed(attempt(p0)) == [.finished(attempt(p0))])
    #expect(tasks.succeed(attempt(p1)) == [.finished(attempt(p1)), .emptied(e0)])
    #expect(tasks.add(e1, slots: 1) == [.launch(attempt(p2), on: e1)])
  }

  @Test("an idle executor that is drained may go at once, and is told so once")
  func drainIdle() {
    var tasks = TaskTrace([(e0, 2)])
    #expect(tasks(.executorDrained(e0)) == [.emptied(e0)])
    #expect(tasks(.executorDrained(e0)) == [])
  }

  @Test("an executor that dies while it is drained gives its tasks back")
  func drainAndDie() {
    var tasks = TaskTrace([(e0, 1), (e1, 1)])
    _ = tasks.submit([p0, p1])
    _ = tasks(.executorDrained(e0))
    #expect(tasks(.executorRemoved(e0)) == [])
    #expect(tasks.succeed(attempt(p1)) == [.finished(attempt(p1)), .launch(attempt(p0, 1), on: e1)])
  }

  @Test("an executor that was trusted again while it drains still gets nothing")
  func drainingAndTrusted() {
    var tasks = TaskTrace([(e0, 2)])
    _ = tasks.submit([p0])
    _ = tasks(.executorSuspected(e0))
    _ = tasks(.executorDrained(e0))
    _ = tasks(.executorTrusted(e0))
    #expect(tasks.submit([p0], stage: 1) == [])
  }

  @Test("events of executors that nobody knows change nothing")
  func unknownExecutor() {
    var tasks = TaskTrace([(e0, 1)])
    _ = tasks.submit([p0])
    for event: TaskScheduler.Event in [
      .executorSuspected(e1), .executorTrusted(e1), .executorDrained(e1), .executorRemoved(e1),
    ] {
      #expect(tasks(event) == [])
    }
    #expect(tasks.scheduler.heldSlots == 1)
  }

  @Test("places of executors that are gone are used again by their successors")
  func successors() {
    var tasks = TaskTrace()
    for life in UInt64(0)..<50 {
      _ = tasks.add(executor(0, life: life), slots: 2)
      #expect(
        tasks.submit([p0, p1], stage: life) == [
          .launch(attempt(p0, stage: life), on: executor(0, life: life)),
          .launch(attempt(p1, stage: life), on: executor(0, life: life)),
        ])
      _ = tasks.succeed(attempt(p0, stage: life))
      _ = tasks.succeed(attempt(p1, stage: life))
      #expect(tasks(.executorRemoved(executor(0, life: life))) == [])
    }
    #expect(tasks.scheduler.heldSlots == 0)
  }

  @Test("whoever asks is told what the tasks wait for")
  func waits() {
    var tasks = TaskTrace()
    _ = tasks.submit([p0, p1])
    #expect(tasks.scheduler.waits().map(\.reason) == [.noExecutor])
    _ = tasks.add(e0, slots: 1)
    #expect(tasks.scheduler.waits().map(\.reason) == [.slots])
    #expect(tasks.scheduler.waits().map(\.taskCount) == [1])
    _ = tasks(.executorSuspected(e0))
    #expect(tasks.scheduler.waits().map(\.reason) == [.noneTakesTasks])
    _ = tasks(.executorTrusted(e0))
    _ = tasks.succeed(attempt(p0))
    #expect(tasks.scheduler.waits() == [])
  }
}
