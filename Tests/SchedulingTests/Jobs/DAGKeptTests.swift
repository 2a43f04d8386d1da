import FlintCore
import FlintLineage
import FlintScheduling
import LineageGraphs
import Testing

@Suite("Kept partitions")
struct DAGKeptTests {
  private var dag = DAGTrace()

  /// A kept reduce over an exchange (stage 0), computed by j0 (stage 1), whose partitions e0 and e1 keep; s1 is gone with e2.
  private mutating func keep(effect: DeterminacyEffect = .preserving) -> LineageNode {
    let kept = dag.graphs.reduce(dag.graphs.source(1, effect: effect), 2, keep: .memoryOnly)
    dag.submit(kept)
    dag.wrote(0, 0, on: e2)
    dag.kept(kept, p0, by: 1, on: e0)
    dag.kept(kept, p1, by: 1, on: e1)
    dag.gave(1, 0, 1, on: e0)
    dag.lose(e2)
    return kept
  }

  @Test("above rows that are kept nothing is computed")
  mutating func cut() {
    let kept = keep()
    #expect(dag.submit(dag.graphs.map(kept)) == ["skip j1 [0]", "run 2.0 [0, 1]"])
    #expect(dag.gave(2, 0, 1, on: e0).last == "done j1")
  }

  @Test("one kept partition that is lost brings back what is above it, and no other task")
  mutating func lost() {
    let kept = keep()
    dag.lose(e1)
    #expect(dag.submit(dag.graphs.map(kept)) == ["run 0.1 [0]"])
  }

  @Test("partitions that were dropped are computed again, and the others are not")
  mutating func dropped() {
    let kept = keep()
    dag.handle(.partitionDropped(kept.id, p1, on: e1))
    #expect(dag.submit(dag.graphs.map(kept), partitions: [0]) == ["skip j1 [0]", "run 2.0 [0]"])
    #expect(dag.submit(dag.graphs.map(kept)) == ["run 0.1 [0]"])
  }

  @Test("a node takes the partitions with it that its executors kept")
  mutating func nodeLost() {
    let kept = keep()
    dag.handle(.nodeLost(n1))
    #expect(dag.submit(dag.graphs.map(kept)) == ["run 0.1 [0]"])
  }

  @Test("a partition on two executors outlives one of them")
  mutating func replicated() {
    let kept = keep()
    dag.handle(.partitionDropped(kept.id, p0, on: executor(9)))
    let again = dag.graphs.map(kept)
    dag.submit(again)
    #expect(dag.handle(.partitionKept(kept.id, p1, by: attempt(p1, stage: 2), on: e0, node: n0)) == [])
    #expect(dag.lose(e1) == [])
    #expect(dag.gave(2, 0, 1, on: e0).last == "done j1")
    #expect(dag.submit(dag.graphs.map(kept)) == ["skip j2 [0]", "run 3.0 [0, 1]"])
  }

  @Test("kept rows that vanish while a job relies on them: its readers' input is computed at once")
  mutating func lostWhileRunning() {
    let kept = keep()
    dag.submit(dag.graphs.map(kept))
    #expect(dag.lose(e1) == ["run 0.1 [0]"])
    dag.wrote(0, 0, on: e0)
    #expect(dag.gave(2, 0, 1, on: e0).last == "done j1")
  }

  @Test("a task that finds nothing where rows were said to be kept knows better")
  mutating func wrongBelief() {
    let kept = keep()
    dag.submit(dag.graphs.map(kept))
    #expect(dag.misses(s1, 0, 2, 1, on: e0) == ["drop d1 p1 from e1", "run 0.1 [0]"])
    #expect(dag.wrote(0, 0, on: e0) == ["stop 2.0", "run 2.1 [0, 1]"])
  }

  @Test("a dataset that is not to be kept any more is dropped everywhere")
  mutating func released() {
    let kept = keep()
    #expect(dag.handle(.datasetReleased(kept.id)) == ["drop d1 p0 from e0", "drop d1 p1 from e1"])
    #expect(dag.submit(dag.graphs.reduce(kept, 1)).contains("run 0.1 [0]"))
  }

  @Test("what an executor keeps of a dataset that nobody wants kept is dropped there")
  mutating func unwanted() {
    let node = dag.graphs.source(1)
    dag.submit(node)
    #expect(dag.kept(node, p0, by: 0, on: e1) == ["drop d0 p0 from e1"])
  }

  @Test("an executor that was lost keeps nothing")
  mutating func fenced() {
    let node = dag.graphs.map(dag.graphs.source(1), keep: .memoryOnly)
    dag.submit(node)
    dag.lose(e1)
    #expect(dag.kept(node, p0, by: 0, on: e1) == [])
    #expect(dag.scheduler.dropped.fenced == 1)
  }

  @Test("kept rows that came from others than those of the rerun are dropped")
  mutating func rolledBack() {
    let kept = keep(effect: .arbitrary)
    dag.submit(dag.graphs.reading([kept.shuffles[0]]))
    #expect(
      dag.wrote(0, 0, on: e0, rows: 8) == ["drop d1 p0 from e0", "drop d1 p1 from e1", "run 2.0 [0, 1]"])
  }

  @Test("rows that a task of before the rollback keeps afterwards are dropped as well")
  mutating func keptTooLate() {
    let kept = dag.graphs.reduce(dag.graphs.source(1), 2, keep: .memoryOnly)
    dag.submit(kept)
    dag.wrote(0, 0, on: e0)
    dag.lose(e0)
    dag.wrote(0, 0, on: e1, rows: 8)
    #expect(dag.kept(kept, p0, by: 1, attempt: 0, on: e1) == ["drop d1 p0 from e1"])
    #expect(dag.kept(kept, p0, by: 1, attempt: 1, on: e1) == [])
  }

  @Test("tasks run where their rows are kept")
  mutating func places() {
    let kept = keep()
    let set = firstSet(dag.scheduler.handle(.submitted(JobID(rawValue: 7), request(dag.graphs.map(kept)))))
    #expect(set?.places == [p0: [.executor(e0, node: n0)], p1: [.executor(e1, node: n1)]])
  }

  @Test("reducers run on nodes that have a good part of their bytes")
  mutating func reducePlaces() {
    dag.submitReduce(maps: 2, reduces: 2)
    dag.wrote(0, 0, on: e0, files: n0, sizes: [90, 0])
    let written = MapOutput(
      attempt: attempt(p1), place: .node(n1), sizes: [10, 50], rowCounts: [1, 1], checksum: 7)
    let set = firstSet(dag.scheduler.handle(.taskFinished(attempt(p1), on: e1, written)))
    #expect(set?.places == [p0: [.node(n0)], p1: [.node(n1)]])
  }

  private func request(_ node: LineageNode) -> JobRequest {
    JobRequest(node, operation: Graphs.Nothing(), location: SourceLocation(file: "Jobs/Test.swift", line: 9))
  }

  private func firstSet(_ actions: [DAGScheduler.Action]) -> TaskSet? {
    actions.lazy.compactMap { action in
      if case .submit(let set) = action { set } else { nil }
    }.first
  }
}
