import FlintCore
import FlintScheduling
import Testing

/// e0 and e1 are on n0, e2 and e3 on n1.
@Suite("Tasks: places")
struct TaskLocalityTests {
  private let e3 = executor(3)

  @Test("a task starts on the executor that has its input")
  func process() {
    var tasks = TaskTrace([(e0, 1), (e1, 1), (e2, 1)])
    #expect(
      tasks.submit([p0], places: [p0: [.executor(e2, node: n1)]]) == [.launch(attempt(p0), on: e2)])
  }

  @Test("a task starts on a machine that has its input")
  func node() {
    var tasks = TaskTrace([(e0, 1), (e2, 1)])
    #expect(tasks.submit([p0], places: [p0: [.node(n1)]]) == [.launch(attempt(p0), on: e2)])
  }

  @Test("a task takes any of its places")
  func replicas() {
    var tasks = TaskTrace([(e0, 1), (e2, 1)])
    _ = tasks.submit([p0], places: [p0: [.node(n0)]])
    #expect(
      tasks.submit([p0], stage: 1, places: [p0: [.node(n0), .node(n1)]]) == [.launch(attempt(p0, stage: 1), on: e2)])
  }

  @Test("a task without places takes a free slot at once, one with a place waits for it")
  func mixed() {
    var tasks = TaskTrace([(e0, 1), (e2, 1)])
    _ = tasks.submit([p0], places: [p0: [.node(n1)]])
    #expect(
      tasks.submit([p0, p1], stage: 1, places: [p0: [.node(n1)]]) == [.launch(attempt(p1, stage: 1), on: e0)])
    #expect(
      tasks.succeed(attempt(p0)) == [.finished(attempt(p0)), .launch(attempt(p0, stage: 1), on: e2)])
  }

  @Test("after one wait a task takes the machine of its executor, after two it takes any")
  func fallBack() {
    var tasks = TaskTrace([(e2, 1)])
    _ = tasks.submit([p2], stage: 9)
    _ = tasks.add(e0, slots: 1)
    _ = tasks.add(e3, slots: 1)
    let places: [PartitionID: [TaskPlace]] = [
      p0: [.executor(e2, node: n1)], p1: [.executor(e2, node: n1)],
    ]
    #expect(tasks.submit([p0, p1], places: places) == [])
    #expect(tasks.scheduler.waits().map(\.reason).last == .nearerPlace)
    #expect(tasks.wakes == [seconds(3)])
    #expect(tasks.tick(at: 3) == [.launch(attempt(p0), on: e3)])
    #expect(tasks.wakes.last == seconds(6))
    #expect(tasks.tick(at: 5.9) == [])
    #expect(tasks.tick(at: 6) == [.launch(attempt(p1), on: e0)])
  }

  @Test("tasks that only care for machines fall back after one wait")
  func fallBackFromNode() {
    var tasks = TaskTrace([(e0, 1)])
    _ = tasks.add(e2, slots: 1)
    _ = tasks.submit([p0], stage: 9, places: [p0: [.node(n1)]])
    #expect(tasks.submit([p0], places: [p0: [.node(n1)]]) == [])
    #expect(tasks.tick(at: 2.9) == [])
    #expect(tasks.tick(at: 3) == [.launch(attempt(p0), on: e0)])
  }

  @Test("the wait is the slot's: launches elsewhere do not begin it anew (SPARK-18886)")
  func launchesElsewhere() {
    var tasks = TaskTrace([(e0, 1), (e2, 1)])
    let all = partitions(6)
    let places = Dictionary(uniqueKeysWithValues: all.map { ($0, [TaskPlace.node(n1)]) })
    #expect(tasks.submit(all, places: places) == [.launch(attempt(p0), on: e2)])
    tasks.wait(until: 2)
    #expect(tasks.succeed(attempt(p0)) == [.finished(attempt(p0)), .launch(attempt(p1), on: e2)])
    #expect(tasks.tick(at: 3) == [.launch(attempt(p2), on: e0)])
  }

  @Test("a later stage's tasks have a wait of their own on a slot that was long free")
  func laterStage() {
    var tasks = TaskTrace([(e0, 1), (e2, 1)])
    tasks.wait(until: 100)
    _ = tasks.submit([p0], stage: 9, places: [p0: [.node(n1)]])
    #expect(tasks.submit([p0], places: [p0: [.node(n1)]]) == [])
    #expect(tasks.tick(at: 103) == [.launch(attempt(p0), on: e0)])
  }

  @Test("places that are not there cost no wait")
  func absentPlaces() {
    var tasks = TaskTrace([(e0, 3)])
    #expect(
      tasks.submit([p0, p1], places: [p0: [.executor(e2, node: n1)], p1: [.node(n1)]])
        == [.launch(attempt(p0), on: e0), .launch(attempt(p1), on: e0)])
  }

  @Test("an executor that comes late still gets the tasks whose input it has first")
  func lateExecutor() {
    var tasks = TaskTrace()
    _ = tasks.submit([p0, p1, p2], places: [p2: [.executor(e0, node: n0)], p1: [.node(n0)]])
    #expect(tasks.add(e0, slots: 2) == [.launch(attempt(p2), on: e0), .launch(attempt(p1), on: e0)])
  }

  @Test("when the executor with a task's input dies, the task does not wait for it")
  func placeDies() {
    var tasks = TaskTrace([(e0, 1), (e2, 1)])
    _ = tasks.submit([p0], stage: 9, places: [p0: [.node(n1)]])
    _ = tasks.submit([p0, p1], places: [p0: [.executor(e2, node: n1)], p1: [.node(n1)]])
    _ = tasks(.cancelled(stage(9)))
    #expect(tasks(.executorRemoved(e2)) == [.launch(attempt(p0), on: e0)])
    #expect(tasks.succeed(attempt(p0)) == [.finished(attempt(p0)), .launch(attempt(p1), on: e0)])
  }

  @Test("a task that came back does not wait for a place again")
  func returned() {
    var tasks = TaskTrace([(e0, 1), (e2, 1)])
    _ = tasks.submit([p0, p1], places: [p0: [.executor(e2, node: n1)], p1: [.executor(e2, node: n1)]])
    #expect(
      tasks.fail(attempt(p0), .resultLost) == [.launch(attempt(p0, 1), on: e0), .launch(attempt(p1), on: e2)])
  }

  @Test("with a wait that is next to nothing tasks go anywhere with the next tick")
  func noWait() {
    var tasks = TaskTrace([(e0, 1), (e2, 1)]) { $0.localityWait = .nanoseconds(1) }
    _ = tasks.submit([p0, p1], places: [p0: [.node(n1)], p1: [.node(n1)]])
    #expect(tasks.tick(at: 0.001) == [.launch(attempt(p1), on: e0)])
  }

  @Test("every task runs once, wherever the tasks' places are")
  func once() {
    var tasks = TaskTrace([(e0, 2), (e1, 1), (e2, 1), (e3, 3)])
    let all = partitions(60)
    var places: [PartitionID: [TaskPlace]] = [:]
    for partition in all {
      switch partition.rawValue % 4 {
      case 0: places[partition] = [.node(n1), .node(n0)]
      case 1: places[partition] = [.executor(e1, node: n0), .node(n1)]
      case 2: places[partition] = [.executor(e3, node: n1)]
      default: break
      }
    }
    var started = tasks.submit(all, places: places).launches
    var next = 0
    while next < started.count {
      let attempt = started[next]
      tasks.wait(until: Double(next))
      let actions = tasks.succeed(attempt) + tasks(.tick)
      #expect(actions.first == .finished(attempt))
      started += actions.launches
      next += 1
    }
    #expect(started.map(\.task.partition).sorted() == all)
    #expect(tasks.scheduler.heldSlots == 0)
  }
}

extension [TaskScheduler.Action] {
  /// What is started, in its order.
  var launches: [TaskAttempt] {
    compactMap { if case .launch(let attempt, on: _) = $0 { attempt } else { nil } }
  }
}
