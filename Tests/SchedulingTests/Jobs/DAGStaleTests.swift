import FlintCore
import FlintScheduling
import LineageGraphs
import Testing

@Suite("Messages that come too late")
struct DAGStaleTests {
  private var dag = DAGTrace()

  @Test("zombie: output of an executor that was lost meanwhile is not counted, and its task runs again")
  mutating func zombieOutput() {
    dag.submitReduce(maps: 1, reduces: 1)
    dag.lose(e0)
    #expect(dag.wrote(0, 0, on: e0) == ["run 0.1 [0]"])
    #expect(dag.scheduler.dropped.fenced == 1)
    #expect(dag.wrote(0, 0, on: e1) == ["run 1.0 [0]"])
  }

  @Test("zombie: a result of an executor that was lost meanwhile is not given out")
  mutating func zombieResult() {
    dag.submit(dag.graphs.source(1))
    dag.lose(e0)
    #expect(dag.gave(0, 0, on: e0) == ["run 0.1 [0]"])
    #expect(dag.gave(0, 0, on: e1) == ["give j0 p0", "done j0"])
  }

  @Test("zombie: an earlier life than the one that was lost is over as well")
  mutating func earlierLife() {
    dag.submit(dag.graphs.source(1))
    dag.lose(executor(0, life: 3))
    #expect(dag.gave(0, 0, on: executor(0, life: 1)) == ["run 0.1 [0]"])
  }

  @Test("a task of an older attempt that ends late does not count")
  mutating func olderAttempt() {
    dag.submitReduce(reduces: 2)
    dag.wrote(0, 0, 1)
    dag.misses(s1, 0, 1, 0)
    dag.wrote(0, 0)
    #expect(dag.gave(1, 1, attempt: 0) == [])
    #expect(dag.scheduler.dropped.stale == 1)
    #expect(dag.gave(1, 0, 1) == ["give j0 p0", "give j0 p1", "done j0"])
  }

  @Test("a task that ends twice counts once")
  mutating func duplicate() {
    dag.submitReduce(reduces: 2)
    dag.wrote(0, 0, 1)
    #expect(dag.gave(1, 0) == ["give j0 p0"])
    #expect(dag.gave(1, 0) == [])
    #expect(dag.gave(1, 0, try: 1) == [])
    #expect(dag.scheduler.dropped.stale == 2)
  }

  @Test("a map task that ends twice keeps the first output")
  mutating func duplicateOutput() {
    dag.submitReduce(maps: 2)
    dag.wrote(0, 0, on: e0, rows: 7)
    dag.wrote(0, 0, try: 1, on: e1, rows: 8)
    #expect(dag.scheduler.mapOutputs.output(of: s1, map: 0)?.attempt.number == 0)
  }

  @Test("tasks of a job that has ended are nobody's")
  mutating func afterTheEnd() {
    dag.submitReduce()
    dag.handle(.jobCancelled(JobID(rawValue: 0)))
    #expect(dag.wrote(0, 0, attempt: 0) == [])
    #expect(dag.gave(1, 0, attempt: 0) == [])
    #expect(dag.misses(s1, 0, 1, 0, attempt: 0) == [])
    #expect(dag.gaveUp(1, 0, .trapped, attempt: 0) == [])
    #expect(dag.scheduler.dropped.stale == 4)
    #expect(dag.scheduler.isIdle)
  }

  @Test("tasks of stages that never were are nobody's")
  mutating func unknownStage() {
    #expect(dag.gave(9, 0) == [])
    #expect(dag.misses(s1, 0, 9, 0) == [])
    #expect(dag.scheduler.dropped.stale == 2)
  }

  @Test("an executor lost between two complaints of its readers is rerun once")
  mutating func lossBetweenComplaints() {
    dag.submitReduce(maps: 1, reduces: 2)
    dag.wrote(0, 0, on: e0)
    #expect(dag.misses(s1, 0, 1, 0, on: e1) == ["run 0.1 [0]"])
    dag.lose(e0)
    #expect(dag.misses(s1, 0, 1, 1, on: e1) == [])
    #expect(dag.wrote(0, 0, on: e1) == ["stop 1.0", "run 1.1 [0, 1]"])
  }

  @Test("cancelling or releasing what is over does nothing")
  mutating func afterwards() {
    dag.submit(dag.graphs.source(1))
    dag.gave(0, 0)
    #expect(dag.handle(.jobCancelled(JobID(rawValue: 0))) == [])
    #expect(dag.handle(.stageCancelled(0)) == [])
    #expect(dag.handle(.groupCancelled("g")) == [])
    #expect(dag.handle(.resultReleased(JobID(rawValue: 0), p0)) == [])
    #expect(dag.handle(.shuffleReleased(s1)) == [])
  }
}
