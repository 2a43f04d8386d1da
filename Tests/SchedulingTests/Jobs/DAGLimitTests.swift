import FlintCore
import FlintScheduling
import LineageGraphs
import Testing

@Suite("Jobs that cannot end well")
struct DAGLimitTests {
  private var dag = DAGTrace()

  @Test("a task that was given up fails its job, and says where")
  mutating func gaveUp() throws {
    dag.submitReduce()
    let task = attempt(p1, 3)
    let actions = dag.scheduler.handle(.gaveUp(task, on: e2, .trapped, tryCount: 4))
    #expect(actions.first == .cancel(StageAttempt(stage: 0, number: 0)))
    guard case .jobFailed(_, let failure) = try #require(actions.last) else {
      Issue.record("the job has not failed: \(actions)")
      return
    }
    #expect(failure.cause == .task(.trapped, tryCount: 4))
    #expect(failure.stage == 0)
    #expect(failure.attempt == task)
    #expect(failure.executor == e2)
    #expect(failure.location == SourceLocation(file: "Jobs/Test.swift", line: 7))
    #expect(dag.scheduler.isIdle)
  }

  @Test("a task of an attempt that was replaced gives nothing up")
  mutating func staleGiveUp() {
    dag.submitReduce(reduces: 1)
    dag.wrote(0, 0, 1)
    dag.misses(s1, 0, 1, 0)
    dag.wrote(0, 0)
    #expect(dag.gaveUp(1, 0, .trapped, attempt: 0) == [])
    #expect(dag.scheduler.dropped.stale == 1)
  }

  @Test("a task of a failed attempt that is still let out can give up")
  mutating func giveUpWhileEnding() {
    dag.submitReduce(reduces: 2)
    dag.wrote(0, 0, 1)
    dag.misses(s1, 0, 1, 0)
    #expect(
      dag.gaveUp(1, 1, .threw(isRetryable: false), tries: 1) == ["stop 0.1", "stop 1.0", "fail j0: task, 1 tries"])
  }

  @Test("a stage that loses its input four times fails the job")
  mutating func stageAttempts() {
    dag.submitReduce(maps: 1, reduces: 1)
    dag.wrote(0, 0)
    for _ in 0..<3 {
      dag.misses(s1, 0, 1, 0)
      dag.wrote(0, 0)
    }
    #expect(dag.misses(s1, 0, 1, 0) == ["stop 1.3", "fail j0: stage, 4 attempts"])
    #expect(dag.scheduler.isIdle)
  }

  @Test("with one attempt allowed the first complaint is the last")
  mutating func oneAttempt() {
    dag = DAGTrace(stageAttempts: 1)
    dag.submitReduce(maps: 1, reduces: 1)
    dag.wrote(0, 0)
    #expect(dag.misses(s1, 0, 1, 0) == ["stop 1.0", "fail j0: stage, 1 attempts"])
  }

  @Test("losses of executors do not use up a stage's attempts")
  mutating func bystanders() {
    dag.submitReduce(maps: 1, reduces: 1)
    dag.wrote(0, 0, on: executor(0))
    for life in 0..<10 {
      #expect(dag.lose(executor(0, life: UInt64(life))) == ["run 0.\(life + 1) [0]"])
      dag.wrote(0, 0, on: executor(0, life: UInt64(life + 1)))
    }
    #expect(dag.gave(1, 0, on: e1) == ["give j0 p0", "done j0"])
  }

  @Test("a stage that was complete in between starts counting anew")
  mutating func countStartsOver() {
    let top = dag.graphs.reduce(dag.graphs.reduce(dag.graphs.source(1), 1), 1)
    dag.submit(top)
    dag.wrote(0, 0, on: e0)
    for round in 0..<3 {
      for _ in 0..<3 {
        dag.misses(s1, 0, 1, 0)
        dag.wrote(0, 0, on: e0)
      }
      dag.wrote(1, 0, on: e1)
      #expect(dag.scheduler.activeJobs.count == 1, "round \(round)")
      dag.misses(s2, 0, 2, 0)
    }
    #expect(dag.scheduler.activeJobs.count == 1)
  }

  @Test("a result that is never complete ends its job, however often its input was complete")
  mutating func noEndlessRound() {
    let top = dag.graphs.reduce(dag.graphs.reduce(dag.graphs.source(1), 1), 1)
    dag.submit(top)
    dag.wrote(0, 0)
    dag.wrote(1, 0)
    var rounds = 0
    while !dag.scheduler.activeJobs.isEmpty, rounds < 100 {
      rounds += 1
      dag.misses(s2, 0, 2, 0)
      dag.wrote(1, 0)
    }
    #expect(rounds == 4)
  }

  @Test("a stage that no executor may run fails its job")
  mutating func refused() {
    dag.submitReduce()
    let attempt = StageAttempt(stage: 0, number: 0)
    #expect(dag.handle(.refused(attempt, .tooFewSlots(needed: 4, present: 2))) == ["stop 0.0", "fail j0: refused"])
    #expect(dag.handle(.refused(attempt, .tooFewSlots(needed: 4, present: 2))) == [])
  }

  @Test("without executors every job ends, and says so")
  mutating func noCapacity() {
    dag.submitReduce()
    dag.submit(dag.graphs.source(1))
    #expect(
      dag.handle(.capacityGone) == ["stop 0.0", "fail j0: no executors", "stop 2.0", "fail j1: no executors"])
    #expect(dag.scheduler.isIdle)
  }

  @Test("the failure of one job leaves the others alone")
  mutating func others() {
    dag.submit(dag.graphs.source(1))
    dag.submit(dag.graphs.source(1))
    #expect(dag.gaveUp(0, 0, .trapped) == ["stop 0.0", "fail j0: task, 4 tries"])
    #expect(dag.gave(1, 0) == ["give j1 p0", "done j1"])
  }
}
