import FlintCore
import FlintLineage
import FlintScheduling
import LineageGraphs
import Testing

@Suite("Gangs: barrier stages")
struct DAGGangTests {
  private var dag = DAGTrace()

  private mutating func gang(_ size: Int = 3, effect: DeterminacyEffect = .preserving) -> LineageNode {
    let source = dag.graphs.source(size, effect: effect)
    return dag.graphs.make("train", size, [.narrow(source, .oneToOne)], isBarrier: true)
  }

  @Test("a gang's results are given out together")
  mutating func together() {
    #expect(dag.submit(gang()) == ["gang 0.0 [0, 1, 2]"])
    #expect(dag.gave(0, 0, 1) == [])
    #expect(dag.gave(0, 2) == ["give j0 p0", "give j0 p1", "give j0 p2", "done j0"])
  }

  @Test("a member dies before the barrier: the whole gang runs again")
  mutating func memberDies() {
    dag.submit(gang())
    #expect(dag.retry(0, 1, .trapped) == ["stop 0.0", "gang 0.1 [0, 1, 2]"])
  }

  @Test("a member dies after others were done: what they made is void")
  mutating func afterBarrier() {
    dag.submit(gang())
    dag.gave(0, 0, 2)
    #expect(dag.retry(0, 1, .trapped) == ["stop 0.0", "gang 0.1 [0, 1, 2]"])
    #expect(dag.gave(0, 0, 1, 2) == ["give j0 p0", "give j0 p1", "give j0 p2", "done j0"])
  }

  @Test("the executor of a member that was done is lost before the last one: the gang is void")
  mutating func doneMemberLost() {
    dag.submit(gang())
    dag.gave(0, 0, 1, on: e0)
    dag.lose(e0)
    #expect(dag.gave(0, 2, on: e1) == ["gang 0.1 [0, 1, 2]"])
    #expect(dag.scheduler.dropped.fenced == 1)
  }

  @Test("members of a gang that fails again and again fail the job")
  mutating func exhausted() {
    dag.submit(gang())
    for _ in 0..<3 { dag.retry(0, 1, .trapped) }
    #expect(dag.retry(0, 1, .trapped) == ["stop 0.3", "fail j0: stage, 4 attempts"])
  }

  @Test("executors that go one after another do not use up a gang's attempts")
  mutating func bystanders() {
    dag.submit(gang())
    for round in 1...9 {
      let actions = dag.retry(0, 1, .executorLost(executor(1, life: UInt64(round))))
      #expect(actions == ["stop 0.\(round - 1)", "gang 0.\(round) [0, 1, 2]"])
    }
  }

  @Test("one lost output of a gang is all of them again")
  mutating func lostOutput() {
    dag.submit(dag.graphs.reduce(gang(2), 1))
    dag.wrote(0, 0, on: e0)
    #expect(dag.wrote(0, 1, on: e1) == ["run 1.0 [0]"])
    #expect(dag.lose(e0) == ["gang 0.1 [0, 1]"])
    #expect(dag.scheduler.mapOutputs.missing(s1) == [p0, p1])
  }

  @Test("a gang that gives other rows the second time takes its readers' results back")
  mutating func otherRows() {
    dag.submit(dag.graphs.reduce(gang(2), 2))
    dag.wrote(0, 0, on: e0)
    dag.wrote(0, 1, on: e1)
    dag.gave(1, 0, on: e1)
    dag.lose(e0)
    dag.wrote(0, 0, on: e1)
    #expect(
      dag.wrote(0, 1, on: e1, rows: 8) == ["stop 1.0", "take back j0 [0]", "run 1.1 [0, 1]"])
  }

  @Test("a gang whose committed rows would not come out again fails the job instead of mixing two runs")
  mutating func released() {
    dag.submit(gang(effect: .arbitrary))
    dag.release(0, 1)
    #expect(dag.retry(0, 2, .trapped) == ["stop 0.0", "fail j0: released p1 of a gang"])
  }

  @Test("a gang whose rows are the same each time runs again, committed or not")
  mutating func determinateReleased() {
    dag.submit(gang())
    dag.release(0, 1)
    #expect(dag.retry(0, 2, .trapped) == ["stop 0.0", "gang 0.1 [0, 1, 2]"])
  }

  @Test("a gang that cannot read its input waits for it as a whole")
  mutating func fetchFailure() {
    let reduced = dag.graphs.reduce(dag.graphs.source(1), 2)
    dag.submit(dag.graphs.make("train", 2, [.narrow(reduced, .oneToOne)], isBarrier: true))
    dag.wrote(0, 0, on: e0)
    #expect(dag.misses(s1, 0, 1, 0) == ["stop 1.0", "run 0.1 [0]"])
    #expect(dag.wrote(0, 0, on: e1) == ["gang 1.1 [0, 1]"])
  }
}
