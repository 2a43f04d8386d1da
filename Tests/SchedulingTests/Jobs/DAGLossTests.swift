import FlintCore
import FlintScheduling
import LineageGraphs
import Testing

@Suite("Executors and nodes that are lost")
struct DAGLossTests {
  private var dag = DAGTrace()

  @Test("executor dies while map tasks run: what it had written is written again after the others")
  mutating func whileMapping() {
    dag.submitReduce(maps: 3, reduces: 1)
    dag.wrote(0, 0, on: e0)
    #expect(dag.lose(e0) == [])
    dag.wrote(0, 1, on: e1)
    #expect(dag.wrote(0, 2, on: e1) == ["run 0.1 [0]"])
    #expect(dag.wrote(0, 0, on: e1) == ["run 1.0 [0]"])
  }

  @Test("executor dies after map output, before reduce, and the heartbeat notices: its maps run at once")
  mutating func heartbeatPath() {
    dag.submitReduce()
    dag.wrote(0, 0, on: e0)
    dag.wrote(0, 1, on: e1)
    #expect(dag.lose(e0) == ["run 0.1 [0]"])
    #expect(dag.wrote(0, 0, on: e1) == [])
    #expect(dag.gave(1, 0, 1, on: e1) == ["give j0 p0", "give j0 p1", "done j0"])
    #expect(dag.scheduler.attemptCount(of: 1) == 0)
  }

  @Test("executor dies after map output, before reduce, and a reader notices first: one rerun, not two")
  mutating func fetchPath() {
    dag.submitReduce(reduces: 1)
    dag.wrote(0, 0, on: e0)
    dag.wrote(0, 1, on: e1)
    #expect(dag.misses(s1, 0, 1, 0, on: e1) == ["run 0.1 [0]"])
    #expect(dag.lose(e0) == [])
    #expect(dag.wrote(0, 0, on: e1) == ["stop 1.0", "run 1.1 [0]"])
  }

  @Test("both ways to notice a loss lead to the same end")
  mutating func bothWays() {
    dag.submitReduce(reduces: 1)
    dag.wrote(0, 0, on: e0)
    dag.wrote(0, 1, on: e1)
    #expect(dag.lose(e0) == ["run 0.1 [0]"])
    #expect(dag.misses(s1, 0, 1, 0, on: e1) == [])
    #expect(dag.wrote(0, 0, on: e1) == ["stop 1.0", "run 1.1 [0]"])
  }

  @Test("a loss is dealt with once, whoever else reports it")
  mutating func once() {
    dag.submitReduce(maps: 1, reduces: 1)
    dag.wrote(0, 0, on: e0)
    #expect(dag.lose(e0) == ["run 0.1 [0]"])
    #expect(dag.lose(e0) == [])
    dag.wrote(0, 0, on: executor(0, life: 1))
    #expect(dag.lose(e0) == [])
    #expect(dag.scheduler.dropped.repeated == 2)
    #expect(dag.scheduler.mapOutputs.isComplete(s1))
  }

  @Test("files of a node outlive the executor that wrote them")
  mutating func nodeFiles() {
    dag.submitReduce(maps: 1, reduces: 1)
    dag.wrote(0, 0, on: e0, files: n0)
    #expect(dag.lose(e0) == [])
    #expect(dag.gave(1, 0, on: e1) == ["give j0 p0", "done j0"])
  }

  @Test("a node takes its files with it")
  mutating func nodeLost() {
    dag.submitReduce(maps: 2, reduces: 1)
    dag.wrote(0, 0, on: e0, files: n0)
    dag.wrote(0, 1, on: e1, files: n1)
    #expect(dag.handle(.nodeLost(n0)) == ["run 0.1 [0]"])
    #expect(dag.handle(.nodeLost(n0)) == [])
  }

  @Test("outputs of two stages on one dead host: both are mended, the upper one first")
  mutating func multiStage() {
    let top = dag.graphs.reduce(dag.graphs.reduce(dag.graphs.source(2), 2), 1)
    dag.submit(top)
    dag.wrote(0, 0, on: e0)
    dag.wrote(0, 1, on: e1)
    dag.wrote(1, 0, on: e0)
    dag.wrote(1, 1, on: e1)
    #expect(dag.lose(e0) == ["run 0.1 [0]"])
    #expect(dag.wrote(0, 0, on: e1) == ["run 1.1 [0]"])
    #expect(dag.wrote(1, 0, on: e1) == [])
    #expect(dag.gave(2, 0, on: e1) == ["give j0 p0", "done j0"])
  }

  @Test("lost output of a stage above one that is complete is not computed")
  mutating func notNeeded() {
    let top = dag.graphs.reduce(dag.graphs.reduce(dag.graphs.source(1), 1), 1)
    dag.submit(top)
    dag.wrote(0, 0, on: e0)
    dag.wrote(1, 0, on: e1)
    #expect(dag.lose(e0) == [])
    #expect(dag.gave(2, 0, on: e1) == ["give j0 p0", "done j0"])
  }

  @Test("output that nobody needs is not computed again until somebody does")
  mutating func idle() {
    let reduced = dag.graphs.reduce(dag.graphs.source(2), 1)
    dag.submit(reduced)
    dag.wrote(0, 0, on: e0)
    dag.wrote(0, 1, on: e1)
    dag.gave(1, 0)
    #expect(dag.lose(e0) == [])
    #expect(dag.submit(dag.graphs.map(reduced)) == ["run 0.1 [0]"])
  }

  @Test("the loss of an executor that has nothing changes nothing")
  mutating func nothingThere() {
    dag.submitReduce()
    dag.wrote(0, 0, 1, on: e0)
    #expect(dag.lose(e1) == [])
    #expect(dag.scheduler.mapOutputs.epoch.rawValue == 0)
  }

  @Test("every executor dies, one by one, and the job still ends")
  mutating func allDie() {
    dag.submitReduce(maps: 2, reduces: 1)
    dag.wrote(0, 0, on: e0)
    dag.wrote(0, 1, on: e1)
    #expect(dag.lose(e0) == ["run 0.1 [0]"])
    #expect(dag.lose(e1) == [])
    let next = executor(7)
    #expect(dag.wrote(0, 0, on: next) == ["run 0.2 [1]"])
    #expect(dag.wrote(0, 1, on: next) == [])
    #expect(dag.gave(1, 0, on: next) == ["give j0 p0", "done j0"])
  }

  @Test("a result that was given out is not computed again when its executor dies")
  mutating func resultsStay() {
    dag.submitReduce(maps: 1, reduces: 2)
    dag.wrote(0, 0, on: e1)
    dag.gave(1, 0, on: e0)
    #expect(dag.lose(e0) == [])
    #expect(dag.gave(1, 1, on: e1) == ["give j0 p1", "done j0"])
  }

  @Test("host and port of a dead executor used again: the new life is another one")
  mutating func newLife() {
    dag.submitReduce(maps: 1, reduces: 1)
    dag.wrote(0, 0, on: executor(0, life: 0))
    dag.lose(executor(0, life: 0))
    #expect(dag.wrote(0, 0, on: executor(0, life: 1)) == [])
    #expect(dag.gave(1, 0, on: executor(0, life: 1)) == ["give j0 p0", "done j0"])
  }
}
