import FlintCore
import FlintLineage
import FlintScheduling
import LineageGraphs
import Testing

@Suite("Stages of a job")
struct DAGStagesTests {
  private var dag = DAGTrace()

  @Test("a job without an exchange is one stage")
  mutating func narrow() {
    #expect(dag.submit(dag.graphs.map(dag.graphs.source(3))) == ["run 0.0 [0, 1, 2]"])
    #expect(dag.gave(0, 1) == ["give j0 p1"])
    #expect(dag.gave(0, 0) == ["give j0 p0"])
    #expect(dag.gave(0, 2) == ["give j0 p2", "done j0"])
    #expect(dag.scheduler.isIdle)
  }

  @Test("a reduce waits for the last of its maps")
  mutating func twoStages() {
    #expect(dag.submitReduce() == ["run 0.0 [0, 1]"])
    #expect(dag.wrote(0, 1) == [])
    #expect(dag.wrote(0, 0) == ["run 1.0 [0, 1]"])
    #expect(dag.gave(1, 0, 1) == ["give j0 p0", "give j0 p1", "done j0"])
  }

  @Test("stages of a chain run one after another")
  mutating func chain() {
    let top = dag.graphs.reduce(dag.graphs.reduce(dag.graphs.source(1), 1), 1)
    #expect(dag.submit(top) == ["run 0.0 [0]"])
    #expect(dag.wrote(0, 0) == ["run 1.0 [0]"])
    #expect(dag.wrote(1, 0) == ["run 2.0 [0]"])
    #expect(dag.gave(2, 0) == ["give j0 p0", "done j0"])
  }

  @Test("both sides of a join run side by side, and the join after the slower one")
  mutating func join() {
    let top = dag.graphs.join(dag.graphs.source(1), dag.graphs.source(2), 1)
    #expect(Set(dag.submit(top)) == ["run 0.0 [0]", "run 1.0 [0, 1]"])
    #expect(dag.wrote(0, 0) == [])
    #expect(dag.wrote(1, 0, 1) == ["run 2.0 [0]"])
  }

  @Test("an exchange that is read twice in a job is written once")
  mutating func readTwice() {
    let exchange = dag.graphs.exchange(dag.graphs.source(2), 1)
    let top = dag.graphs.union(dag.graphs.reading([exchange]), dag.graphs.reading([exchange]))
    #expect(dag.submit(top) == ["run 0.0 [0, 1]"])
    #expect(dag.wrote(0, 0, 1) == ["run 1.0 [0, 1]"])
  }

  @Test("a job that asks for some partitions computes only those of the last stage")
  mutating func somePartitions() {
    let top = dag.graphs.reduce(dag.graphs.source(2), 4)
    #expect(dag.submit(top, partitions: [1, 3]) == ["run 0.0 [0, 1]"])
    #expect(dag.wrote(0, 0, 1) == ["run 1.0 [1, 3]"])
    #expect(dag.gave(1, 3, 1) == ["give j0 p3", "give j0 p1", "done j0"])
  }

  @Test("partitions of a union that need no exchange do not wait for it")
  mutating func prunedUnion() {
    let top = dag.graphs.union(dag.graphs.source(1), dag.graphs.reduce(dag.graphs.source(2), 1))
    #expect(dag.submit(top, partitions: [0]) == ["skip j0 [0]", "run 1.0 [0]"])
  }

  @Test("a job that asks for nothing is over at once")
  mutating func nothing() {
    #expect(dag.submit(dag.graphs.source(3), partitions: []) == ["done j0"])
    #expect(dag.scheduler.isIdle)
  }

  @Test("an exchange of an empty dataset needs no task")
  mutating func emptyMapSide() {
    let top = dag.graphs.reduce(dag.graphs.source(0), 1)
    #expect(dag.submit(top) == ["skip j0 [0]", "run 1.0 [0]"])
  }

  @Test("a second job over the same exchange skips its stage")
  mutating func skipped() {
    let reduced = dag.graphs.reduce(dag.graphs.source(2), 1)
    dag.submit(reduced)
    dag.wrote(0, 0, 1)
    dag.gave(1, 0)
    #expect(dag.submit(dag.graphs.map(reduced)) == ["skip j1 [0]", "run 2.0 [0]"])
  }

  @Test("a skipped stage skips what is above it, too")
  mutating func skippedChain() {
    let reduced = dag.graphs.reduce(dag.graphs.reduce(dag.graphs.source(1), 1), 1)
    dag.submit(reduced)
    dag.wrote(0, 0)
    dag.wrote(1, 0)
    dag.gave(2, 0)
    #expect(dag.submit(dag.graphs.map(reduced)) == ["skip j1 [0, 1]", "run 3.0 [0]"])
  }

  @Test("an exchange of which half is there is written to its end")
  mutating func halfThere() {
    let reduced = dag.graphs.reduce(dag.graphs.source(2), 1)
    dag.submit(reduced)
    dag.wrote(0, 0)
    #expect(dag.handle(.jobCancelled(JobID(rawValue: 0))) == ["stop 0.0", "fail j0: cancelled"])
    #expect(dag.submit(dag.graphs.map(reduced)) == ["run 0.1 [1]"])
  }

  @Test("a task set names the job's pool, and the stage's barrier")
  mutating func pool() throws {
    let pool = try PoolName("etl")
    let request = JobRequest(
      dag.graphs.source(1), operation: Graphs.Nothing(), location: SourceLocation(file: "a", line: 1), pool: pool)
    guard case .submit(let set) = dag.scheduler.handle(.submitted(JobID(rawValue: 5), request)).first else {
      Issue.record("nothing was submitted")
      return
    }
    #expect(set.pool == pool)
    #expect(set.job == JobID(rawValue: 5))
    #expect(!set.isBarrier)
  }

  @Test("five thousand stages in a row are planned and run without deep recursion")
  mutating func deep() {
    var node = dag.graphs.source(1)
    for _ in 0..<5000 { node = dag.graphs.reduce(node, 1) }
    #expect(dag.submit(node) == ["run 0.0 [0]"])
    #expect(dag.wrote(0, 0) == ["run 1.0 [0]"])
  }
}
