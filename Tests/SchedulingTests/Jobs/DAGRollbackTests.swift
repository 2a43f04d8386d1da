import FlintCore
import FlintLineage
import FlintScheduling
import LineageGraphs
import Testing

@Suite("Rows that do not come out the same")
struct DAGRollbackTests {
  private var dag = DAGTrace()

  /// An exchange of an arbitrary source, m0 on e0 and m1 on e1; then `reduces` result tasks run.
  private mutating func startReducing(reduces: Int = 3, effect: DeterminacyEffect = .arbitrary) {
    dag.submitReduce(reduces: reduces, effect: effect)
    dag.wrote(0, 0, on: e0)
    dag.wrote(0, 1, on: e1)
  }

  @Test("the rerun gave the same rows: whatever was declared, nothing is void")
  mutating func sameRows() {
    startReducing()
    dag.gave(1, 0, on: e1)
    #expect(dag.misses(s1, 0, 1, 1, on: e1) == ["stop 1.0", "run 0.1 [0]"])
    #expect(dag.wrote(0, 0, on: e1, rows: 7) == ["run 1.1 [1, 2]"])
  }

  @Test("the rerun gave other rows: results that nobody has seen are taken back")
  mutating func otherRows() {
    startReducing()
    #expect(dag.gave(1, 0, on: e1) == ["give j0 p0"])
    dag.misses(s1, 0, 1, 1, on: e1)
    #expect(dag.wrote(0, 0, on: e1, rows: 8) == ["take back j0 [0]", "run 1.1 [0, 1, 2]"])
    #expect(dag.gave(1, 0, 1, 2, on: e1).last == "done j0")
  }

  @Test("the rerun gave other rows, and a result was released: the job fails, and says why")
  mutating func released() {
    startReducing()
    dag.gave(1, 0, on: e1)
    dag.release(0, 0)
    dag.misses(s1, 0, 1, 1, on: e1)
    #expect(dag.wrote(0, 0, on: e1, rows: 8) == ["fail j0: released p0 of s1"])
    #expect(dag.scheduler.isIdle)
  }

  @Test("a commit that was authorised is as good as seen")
  mutating func authorised() {
    startReducing()
    dag.release(0, 2)
    dag.misses(s1, 0, 1, 1, on: e1)
    #expect(dag.wrote(0, 0, on: e1, rows: 8) == ["fail j0: released p2 of s1"])
  }

  @Test("what was declared determinate and is not is found out by its rows")
  mutating func undeclared() {
    startReducing(effect: .preserving)
    dag.gave(1, 0, on: e1)
    #expect(dag.lose(e0) == ["run 0.1 [0]"])
    #expect(dag.wrote(0, 0, on: e1, rows: 8) == ["stop 1.0", "take back j0 [0]", "run 1.1 [0, 1, 2]"])
  }

  @Test("lost rows that would not come out again are not computed before a reader complains")
  mutating func notBeforehand() {
    startReducing()
    #expect(dag.lose(e0) == [])
    #expect(dag.gave(1, 0, 1, 2, on: e1).last == "done j0")
  }

  @Test("a reader of such rows that complains stops the others, so that nothing more must be taken back")
  mutating func stopsAtOnce() {
    startReducing()
    #expect(dag.misses(s1, 0, 1, 1, on: e1) == ["stop 1.0", "run 0.1 [0]"])
    #expect(dag.gave(1, 2, attempt: 0, on: e1) == [])
  }

  @Test("tasks that read the old rows and end after the rollback do not count")
  mutating func lateReader() {
    startReducing(effect: .preserving)
    dag.lose(e0)
    dag.wrote(0, 0, on: e1, rows: 8)
    #expect(dag.gave(1, 1, attempt: 0, on: e1) == [])
    #expect(dag.gave(1, 1, attempt: 1, on: e1) == ["give j0 p1"])
  }

  @Test("map outputs that came from the old rows are void as well, and what came from them")
  mutating func cascade() {
    let top = dag.graphs.reduce(dag.graphs.reduce(dag.graphs.source(1, effect: .arbitrary), 2), 2)
    dag.submit(top)
    dag.wrote(0, 0, on: e0)
    dag.wrote(1, 0, on: e1)
    dag.wrote(1, 1, on: e0)
    #expect(dag.gave(2, 0, on: e1) == ["give j0 p0"])
    dag.lose(e0)
    // Stage 1 is not determinate either, so it is mended when a reader complains.
    #expect(dag.misses(s2, 1, 2, 1, on: e1) == ["stop 2.0", "run 0.1 [0]"])
    #expect(dag.wrote(0, 0, on: e1, rows: 8) == ["take back j0 [0]", "run 1.1 [0, 1]"])
    #expect(dag.wrote(1, 0, 1, on: e1, rows: 9) == ["run 2.1 [0, 1]"])
  }

  @Test("an order-sensitive operation over an exchange is indeterminate, and treated so")
  mutating func orderSensitive() {
    let ranked = dag.graphs.reduce(dag.graphs.source(1), 1, effect: .orderSensitive)
    dag.submit(dag.graphs.reduce(ranked, 2))
    dag.wrote(0, 0, on: e0)
    dag.wrote(1, 0, on: e0)
    #expect(dag.lose(e0) == [])
    #expect(dag.misses(s2, 0, 2, 0, on: e1) == ["stop 2.0", "run 0.1 [0]"])
  }

  @Test("partitions of a union that have nothing to do with the rows stay as they are")
  mutating func untouchedBranch() {
    let top = dag.graphs.union(
      dag.graphs.source(1), dag.graphs.reduce(dag.graphs.source(1, effect: .arbitrary), 2))
    dag.submit(top)
    dag.wrote(0, 0, on: e0)
    dag.gave(1, 0, on: e1)
    dag.release(0, 0)
    dag.gave(1, 1, on: e1)
    dag.misses(s1, 0, 1, 2, on: e1)
    #expect(dag.wrote(0, 0, on: e1, rows: 8) == ["take back j0 [1]", "run 1.1 [1, 2]"])
  }

  @Test("the other reader of the exchange, in another job, is rolled back as well")
  mutating func otherJob() {
    let exchange = dag.graphs.exchange(dag.graphs.source(1, effect: .arbitrary), 2)
    dag.submit(dag.graphs.reading([exchange]))
    dag.wrote(0, 0, on: e0)
    dag.submit(dag.graphs.reading([exchange]))
    dag.gave(1, 0, on: e1)
    dag.gave(2, 1, on: e1)
    dag.misses(s1, 0, 1, 1, on: e1)
    #expect(
      dag.wrote(0, 0, on: e1, rows: 8) == [
        "take back j0 [0]", "stop 2.0", "take back j1 [1]", "run 1.1 [0, 1]", "run 2.1 [0, 1]",
      ])
  }

  @Test("of two jobs the one that released a result fails, the other starts over")
  mutating func oneReleased() {
    let exchange = dag.graphs.exchange(dag.graphs.source(1, effect: .arbitrary), 2)
    dag.submit(dag.graphs.reading([exchange]))
    dag.wrote(0, 0, on: e0)
    dag.submit(dag.graphs.reading([exchange]))
    dag.gave(1, 0, on: e1)
    dag.release(0, 0)
    dag.misses(s1, 0, 2, 1, on: e1)
    #expect(dag.wrote(0, 0, on: e1, rows: 8) == ["stop 1.0", "fail j0: released p0 of s1", "run 2.1 [0, 1]"])
  }

  @Test("outputs of a finished job that came from the old rows are not skipped to by the next")
  mutating func skippedNoMore() {
    let exchange = dag.graphs.exchange(dag.graphs.source(1, effect: .arbitrary), 1)
    let reduced = dag.graphs.reduce(dag.graphs.reading([exchange]), 1)
    dag.submit(reduced)
    dag.wrote(0, 0, on: e0)
    dag.wrote(1, 0, on: e1)
    dag.gave(2, 0, on: e1)
    dag.lose(e0)
    // Another reader needs the first exchange, whose rows come out otherwise.
    dag.submit(dag.graphs.reading([exchange]))
    #expect(dag.wrote(0, 0, on: e1, rows: 8) == ["run 3.0 [0]"])
    #expect(dag.submit(dag.graphs.map(reduced)) == ["skip j2 [0]", "run 1.1 [0]"])
  }

  @Test("a job that rolls back again and again still ends")
  mutating func again() {
    startReducing(reduces: 1)
    var actions: [String] = []
    for round in 0..<3 {
      dag.misses(s1, 0, 1, 0, on: e1)
      actions = dag.wrote(0, 0, on: executor(UInt64(10 + round)), rows: UInt64(100 + round))
      #expect(actions == ["run 1.\(round + 1) [0]"])
    }
    #expect(dag.misses(s1, 0, 1, 0, on: e1) == ["stop 1.3", "fail j0: stage, 4 attempts"])
  }
}
