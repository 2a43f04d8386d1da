import FlintCore
import FlintScheduling
import Testing

@Suite("Tasks: sent ahead")
struct TaskAheadTests {
  /// A scheduler of one executor with one slot whose first task of `count` ended after a millisecond.
  private func started(_ count: UInt64, change: (inout Limits) -> Void = { _ in }) -> TaskTrace {
    var tasks = TaskTrace([(e0, 1)]) { limits in
      limits.tasksAhead = 3
      limits.aheadTime = .milliseconds(2)
      limits.aheadPatience = .milliseconds(20)
      change(&limits)
    }
    _ = tasks.submit(partitions(count))
    return tasks
  }

  private func p(_ number: UInt64) -> PartitionID { PartitionID(rawValue: number) }

  @Test("nothing is sent ahead before a task has ended")
  func unknownPace() {
    var tasks = started(9)
    #expect(tasks.scheduler.heldSlots == 1)
    #expect(tasks(.tick) == [])
  }

  @Test("as many are sent ahead as are begun within the time, and each end sends the next")
  func depth() {
    var tasks = started(9)
    tasks.wait(until: 0.001)
    #expect(
      tasks.succeed(attempt(p0)) == [
        .finished(attempt(p0)), .launch(attempt(p1), on: e0), .launch(attempt(p2), on: e0),
        .launch(attempt(p(3)), on: e0),
      ])
    tasks.wait(until: 0.002)
    #expect(tasks.succeed(attempt(p1)) == [.finished(attempt(p1)), .launch(attempt(p(4)), on: e0)])
    #expect(tasks.scheduler.heldSlots == 3)
  }

  @Test("tasks that take longer than the time are sent one by one")
  func longTasks() {
    var tasks = started(9)
    tasks.wait(until: 0.003)
    #expect(tasks.succeed(attempt(p0)) == [.finished(attempt(p0)), .launch(attempt(p1), on: e0)])
  }

  @Test("no more wait than an executor may have waiting")
  func limit() {
    var tasks = started(9)
    tasks.wait(until: 0.000_001)
    #expect(tasks.succeed(attempt(p0)).launches.count == 4)
  }

  @Test("near the end no executor gets more than its share of what is left")
  func share() {
    var tasks = started(8) { $0.tasksAhead = 9 }
    #expect(tasks.add(e1, slots: 1) == [.launch(attempt(p1), on: e1)])
    tasks.wait(until: 0.000_001)
    // One to the slot, and half of the five that are left then.
    #expect(tasks.succeed(attempt(p0)).launches.map(\.task.partition) == [p2, p(3), p(4)])
    // One to the slot, one of the two that are left then.
    #expect(tasks.succeed(attempt(p1)).launches.map(\.task.partition) == [p(5), p(6)])
  }

  @Test("nothing is sent ahead while a slot stands free, whatever it is kept for")
  func freeSlot() {
    var tasks = started(3)
    _ = tasks.add(e2, slots: 1)
    tasks.wait(until: 0.001)
    for partition in [p1, p0, p2] { _ = tasks.succeed(attempt(partition)) }
    // e2 stands on another machine than the data.
    let near = TaskPlace.executor(e0, node: n0)
    let places = Dictionary(uniqueKeysWithValues: partitions(5).map { ($0, [near]) })
    #expect(tasks.submit(partitions(5), stage: 1, places: places) == [.launch(attempt(p0, stage: 1), on: e0)])
    tasks.wait(until: 0.002)
    #expect(
      tasks.succeed(attempt(p0, stage: 1)) == [
        .finished(attempt(p0, stage: 1)), .launch(attempt(p1, stage: 1), on: e0),
      ])
  }

  @Test("what waits where nothing ends is asked back once, and runs elsewhere without a failure")
  func recall() {
    var tasks = started(4)
    tasks.wait(until: 0.001)
    _ = tasks.succeed(attempt(p0))
    #expect(tasks.wakes.contains(seconds(0.021)))
    #expect(tasks.tick(at: 0.020) == [])
    #expect(tasks.tick(at: 0.021) == [.recall(e0)])
    #expect(tasks.tick(at: 0.050) == [])
    // p1 had begun.
    #expect(tasks.fail(attempt(p2), .takenBack) == [])
    #expect(tasks.add(e1, slots: 1) == [.launch(attempt(p2, 1), on: e1)])
    #expect(tasks.fail(attempt(p(3)), .takenBack) == [])
    tasks.wait(until: 0.051)
    #expect(tasks.succeed(attempt(p2, 1)) == [.finished(attempt(p2, 1)), .launch(attempt(p(3), 1), on: e1)])
    #expect(tasks.succeed(attempt(p1)) == [.finished(attempt(p1))])
  }

  @Test("a task that is taken back has used up none of its tries")
  func noTryUsed() {
    var tasks = started(3) {
      $0.taskAttempts = 1
      $0.taskStarts = 1
    }
    tasks.wait(until: 0.001)
    _ = tasks.succeed(attempt(p0))
    #expect(tasks.tick(at: 0.021) == [.recall(e0)])
    #expect(tasks.fail(attempt(p2), .takenBack) == [])
    #expect(tasks.succeed(attempt(p1)) == [.finished(attempt(p1)), .launch(attempt(p2, 1), on: e0)])
    #expect(tasks.succeed(attempt(p2, 1)) == [.finished(attempt(p2, 1))])
  }

  @Test(
    "an executor that takes no tasks any more gives back what waits there",
    arguments: [TaskScheduler.Event.executorSuspected(e0), .executorDrained(e0)])
  func leaving(event: TaskScheduler.Event) {
    var tasks = started(3)
    tasks.wait(until: 0.001)
    _ = tasks.succeed(attempt(p0))
    #expect(tasks(event) == [.recall(e0)])
    #expect(tasks(event) == [])
  }

  @Test("what waits on an executor that dies runs elsewhere, and the death is not held against it")
  func loss() {
    var tasks = started(3) { $0.taskAttempts = 1 }
    tasks.wait(until: 0.001)
    _ = tasks.succeed(attempt(p0))
    _ = tasks(.executorRemoved(e0))
    #expect(tasks.scheduler.heldSlots == 0)
    #expect(tasks.add(e1, slots: 2) == [.launch(attempt(p1, 1), on: e1), .launch(attempt(p2, 1), on: e1)])
  }

  @Test("a cancelled stage's tasks are told to end wherever they are, and hold their slots until they have")
  func cancel() {
    var tasks = started(3)
    tasks.wait(until: 0.001)
    _ = tasks.succeed(attempt(p0))
    #expect(tasks(.cancelled(stage(0))) == [.kill(attempt(p1), on: e0), .kill(attempt(p2), on: e0)])
    #expect(tasks.submit([p0], stage: 1) == [])
    #expect(tasks.fail(attempt(p2), .killed) == [])
    #expect(tasks.fail(attempt(p1), .killed) == [.launch(attempt(p0, stage: 1), on: e0)])
  }

  @Test("a barrier holds back what others would send ahead, and its members never wait on an executor")
  func barrier() {
    var tasks = started(4)
    _ = tasks.add(e1, slots: 1)
    #expect(tasks.submit([p0, p1], stage: 1, isBarrier: true) == [])
    tasks.wait(until: 0.001)
    #expect(tasks.succeed(attempt(p0)) == [.finished(attempt(p0)), .launch(attempt(p2), on: e0)])
    #expect(tasks.succeed(attempt(p1)) == [.finished(attempt(p1)), .launch(attempt(p(3)), on: e1)])
    #expect(tasks.succeed(attempt(p2)) == [.finished(attempt(p2))])
    #expect(
      tasks.succeed(attempt(p(3))) == [
        .finished(attempt(p(3))), .launch(attempt(p0, stage: 1), on: e0), .launch(attempt(p1, stage: 1), on: e1),
      ])
  }

  @Test("who looks for slow tasks sends nothing ahead")
  func speculation() {
    var tasks = TaskTrace([(e0, 1)], speculates: true) { $0.tasksAhead = 3 }
    _ = tasks.submit(partitions(9))
    tasks.wait(until: 0.000_1)
    #expect(tasks.succeed(attempt(p0)).launches.count == 1)
  }
}
