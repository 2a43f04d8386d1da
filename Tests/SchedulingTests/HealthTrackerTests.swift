import FlintCore
import FlintScheduling
import Testing

/// e0 and e1 are on n0, e2 is on n1.
@Suite("Health")
struct HealthTrackerTests {
  private var health = HealthTracker(limits: Limits())

  init() {
    for (executor, node) in [(e0, n0), (e1, n0), (e2, n1)] { add(executor, node) }
  }

  private mutating func add(_ executor: ExecutorIncarnation, _ node: NodeID) {
    #expect(health.handle(.executorAdded(executor, node: node), at: seconds(0)) == [])
  }

  @discardableResult
  private mutating func fail(
    _ partition: PartitionID, on executor: ExecutorIncarnation, stage: UInt64 = 0, _ failure: TaskFailure = threw
  ) -> [HealthTracker.Action] {
    health.handle(.failed(attempt(partition, stage: stage), on: executor, failure), at: seconds(0))
  }

  private mutating func succeed(_ number: UInt64, at time: Double = 0) -> [HealthTracker.Action] {
    health.handle(.stageEnded(stage(number), succeeded: true), at: seconds(time))
  }

  @Test("two tasks of a stage that fail on an executor cost it the stage's other tasks")
  mutating func stageExclusion() {
    #expect(fail(p0, on: e0) == [])
    #expect(fail(p1, on: e0) == [.exclude(e0, .stage(stage(0)))])
    #expect(health.excludes(e0, from: stage(0)))
    #expect(!health.excludes(e0, from: stage(1)))
    #expect(!health.excludes(e0))
  }

  @Test("one task that fails twice on an executor is one task")
  mutating func sameTask() {
    fail(p0, on: e0)
    #expect(fail(p0, on: e0) == [])
    #expect(health.hasFailed(p0, of: stage(0), on: e0))
    #expect(!health.hasFailed(p0, of: stage(0), on: e1))
  }

  @Test(
    "failures that are not the executor's do not speak against it",
    arguments: [
      TaskFailure.trapped, .fetchFailed(s1, map: p0), .commitDenied, .killed, .resultLost, .executorLost(e0),
    ])
  mutating func notBlamed(failure: TaskFailure) {
    for partition in partitions(10) { #expect(fail(partition, on: e0, failure) == []) }
    #expect(health.isClean)
  }

  @Test("two excluded executors of a machine cost its others the stage, too")
  mutating func nodeExclusion() {
    add(executor(9), n0)
    for partition in [p0, p1] { fail(partition, on: e0) }
    fail(p0, on: e1)
    #expect(
      fail(p1, on: e1) == [.exclude(e1, .stage(stage(0))), .excludeNode(n0, .stage(stage(0)))])
    #expect(health.excludes(executor(9), from: stage(0)))
    #expect(!health.excludes(e2, from: stage(0)))
  }

  @Test("the last executor that is left is never excluded")
  mutating func lastOne() {
    for executor in [e0, e1] {
      for partition in [p0, p1] { fail(partition, on: executor) }
    }
    for partition in partitions(10) { #expect(fail(partition, on: e2) == []) }
    #expect(health.hasHealthy(for: stage(0)))
  }

  @Test("a stage that ends clears what was excluded for it")
  mutating func stageEnds() {
    for partition in [p0, p1] { fail(partition, on: e0) }
    #expect(health.handle(.stageEnded(stage(0), succeeded: false), at: seconds(0)) == [])
    #expect(health.isClean)
    #expect(!health.excludes(e0, from: stage(0)))
  }

  @Test("failures of a stage that then succeeded are held against the executor; of one that did not, they are not")
  mutating func onlySuccess() {
    for number in UInt64(0)..<10 {
      for partition in [p0, p1] { fail(partition, on: e0, stage: number) }
      _ = health.handle(.stageEnded(stage(number), succeeded: false), at: seconds(0))
    }
    #expect(!health.excludes(e0))
    for number in UInt64(10)..<12 {
      for partition in [p0, p1] { fail(partition, on: e0, stage: number) }
    }
    #expect(succeed(10) == [])
    #expect(succeed(11) == [.exclude(e0, .application(until: seconds(600)))])
    #expect(health.excludes(e0))
  }

  @Test("an exclusion ends after its time")
  mutating func timeOut() {
    for partition in partitions(4) { fail(partition, on: e0) }
    _ = succeed(0, at: 10)
    #expect(health.nextEnd == seconds(610))
    #expect(health.handle(.tick, at: seconds(609)) == [])
    #expect(health.handle(.tick, at: seconds(610)) == [.restore(e0)])
    #expect(!health.excludes(e0))
    #expect(health.nextEnd == nil)
  }

  @Test("old failures are forgotten before they are enough")
  mutating func oldFailures() {
    for (number, time) in [(UInt64(0), 0.0), (1, 700), (2, 1400)] {
      for partition in partitions(3) { fail(partition, on: e0, stage: number) }
      #expect(succeed(number, at: time) == [])
    }
    #expect(!health.excludes(e0))
  }

  @Test("two bad executors of a machine cost all of it the application, for a while")
  mutating func badNode() {
    for executor in [e0, e1] {
      for partition in partitions(4) { fail(partition, on: executor) }
    }
    let until = HealthTracker.Scope.application(until: seconds(600))
    #expect(succeed(0) == [.exclude(e0, until), .exclude(e1, until), .excludeNode(n0, until)])
    let newcomer = executor(9)
    add(newcomer, n0)
    #expect(health.excludes(newcomer))
    #expect(
      health.handle(.tick, at: seconds(600)) == [.restoreNode(n0), .restore(e0), .restore(e1)])
    #expect(!health.excludes(newcomer))
  }

  @Test("the next life of an executor begins with a clean name")
  mutating func nextLife() {
    for partition in partitions(4) { fail(partition, on: e0) }
    _ = succeed(0)
    _ = health.handle(.executorRemoved(e0), at: seconds(1))
    add(executor(0, life: 1), n0)
    #expect(!health.excludes(executor(0, life: 1)))
    #expect(health.handle(.tick, at: seconds(600)) == [])
  }

  @Test("a failure that comes after its executor's loss changes nothing")
  mutating func lateFailure() {
    _ = health.handle(.executorRemoved(e0), at: seconds(0))
    for partition in partitions(9) { #expect(fail(partition, on: e0) == []) }
    #expect(health.isClean)
  }

  @Test("when the others are gone, nobody healthy may be left")
  mutating func othersGone() {
    for partition in [p0, p1] { fail(partition, on: e0) }
    #expect(health.hasHealthy(for: stage(0)))
    _ = health.handle(.executorRemoved(e1), at: seconds(0))
    _ = health.handle(.executorRemoved(e2), at: seconds(0))
    #expect(!health.hasHealthy(for: stage(0)))
    #expect(health.hasHealthy(for: stage(1)))
  }
}
