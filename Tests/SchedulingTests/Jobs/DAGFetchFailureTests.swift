import FlintCore
import FlintScheduling
import LineageGraphs
import Testing

@Suite("Input that cannot be read")
struct DAGFetchFailureTests {
  private var dag = DAGTrace()

  /// Two maps, three reduces; the maps have written, m0 on e0 and m1 on e1, and the reduces run.
  private mutating func startReducing(reduces: Int = 3) {
    dag.submitReduce(reduces: reduces)
    dag.wrote(0, 0, on: e0)
    dag.wrote(0, 1, on: e1)
  }

  @Test("only the map output that is gone is computed again, then the reduces that are missing")
  mutating func onlyMissing() {
    startReducing()
    dag.gave(1, 0)
    #expect(dag.misses(s1, 1, 1, 1) == ["run 0.1 [1]"])
    #expect(dag.wrote(0, 1, on: e2) == ["stop 1.0", "run 1.1 [1, 2]"])
    #expect(dag.gave(1, 1, 2) == ["give j0 p1", "give j0 p2", "done j0"])
  }

  @Test("what still runs of the failed attempt counts when it ends")
  mutating func stragglersCount() {
    startReducing()
    dag.misses(s1, 1, 1, 1)
    #expect(dag.gave(1, 2) == ["give j0 p2"])
    #expect(dag.wrote(0, 1) == ["stop 1.0", "run 1.1 [0, 1]"])
  }

  @Test("complaints of one attempt are one failure of the stage, and computed in one go")
  mutating func batched() {
    startReducing()
    #expect(dag.misses(s1, 0, 1, 0) == ["run 0.1 [0]"])
    #expect(dag.misses(s1, 1, 1, 1) == [])
    #expect(dag.misses(s1, 1, 1, 2) == [])
    #expect(dag.wrote(0, 0) == ["run 0.2 [1]"])
    #expect(dag.wrote(0, 1) == ["stop 1.0", "run 1.1 [0, 1, 2]"])
    #expect(dag.scheduler.attemptCount(of: 1) == 2)
  }

  @Test("ten readers of one lost block cause one rerun of one map")
  mutating func storm() {
    dag.submitReduce(maps: 2, reduces: 10)
    dag.wrote(0, 0, 1)
    let actions = (0..<10).flatMap { dag.misses(s1, 0, 1, PartitionID(rawValue: $0)) }
    #expect(actions == ["run 0.1 [0]"])
    #expect(dag.wrote(0, 0).first == "stop 1.0")
    #expect(dag.scheduler.attemptCount(of: 1) == 2)
  }

  @Test("a late complaint of an attempt that was replaced changes nothing")
  mutating func lateComplaint() {
    startReducing()
    dag.misses(s1, 1, 1, 1)
    dag.wrote(0, 1)
    #expect(dag.misses(s1, 1, 1, 2, attempt: 0) == [])
    #expect(dag.scheduler.liveAttempt(of: 1)?.number == 1)
    #expect(dag.scheduler.dropped.stale == 1)
  }

  @Test("the same complaint twice is one complaint")
  mutating func repeated() {
    startReducing()
    #expect(dag.misses(s1, 1, 1, 1) == ["run 0.1 [1]"])
    #expect(dag.misses(s1, 1, 1, 1) == [])
    #expect(dag.scheduler.dropped.stale == 1)
  }

  @Test("a complaint about an output that was replaced since starts the stage anew, not the map")
  mutating func oldEpoch() {
    startReducing()
    dag.lose(e1)
    dag.wrote(0, 1, on: e2)
    #expect(dag.misses(s1, 1, 1, 0, epoch: 0) == ["stop 1.0", "run 1.1 [0, 1, 2]"])
  }

  @Test("a complaint from before another loss still counts for an output that has not changed")
  mutating func otherLoss() {
    startReducing()
    dag.lose(e0)
    #expect(dag.misses(s1, 1, 1, 0, epoch: 0) == [])
    #expect(dag.wrote(0, 0, on: e2) == ["run 0.2 [1]"])
  }

  @Test("a node that failed a stage twice is not trusted with the rest of the shuffle")
  mutating func blamedNode() {
    dag.submitReduce(maps: 4, reduces: 1)
    dag.wrote(0, 0, 1, 2, on: e0, files: n0)
    dag.wrote(0, 3, on: e1, files: n1)
    #expect(dag.misses(s1, 0, 1, 0) == ["run 0.1 [0]"])
    dag.wrote(0, 0, on: e1, files: n1)
    #expect(dag.misses(s1, 1, 1, 0) == ["run 0.2 [1, 2]"])
    #expect(dag.wrote(0, 1, 2, on: e1, files: n1).last == "run 1.2 [0]")
  }

  @Test("blame ends when the stage is complete")
  mutating func forgiven() {
    let top = dag.graphs.reduce(dag.graphs.reduce(dag.graphs.source(3), 1), 1)
    dag.submit(top)
    dag.wrote(0, 0, 1, 2, on: e0, files: n0)
    dag.misses(s1, 0, 1, 0)
    dag.wrote(0, 0, on: e0, files: n0)
    dag.wrote(1, 0, on: e1)
    // The output of stage 1 is lost; its next attempt complains of n0 for the first time.
    #expect(dag.lose(e1) == ["run 1.2 [0]"])
    #expect(dag.misses(s1, 1, 1, 0) == ["run 0.2 [1]"])
  }

  @Test("a complaint about a shuffle that the stage does not read proves nothing about it")
  mutating func foreignShuffle() {
    let left = dag.graphs.exchange(dag.graphs.source(1), 1)
    let right = dag.graphs.exchange(dag.graphs.source(1), 1)
    dag.submit(dag.graphs.reading([left]))
    dag.submit(dag.graphs.reading([right]))
    dag.wrote(0, 0)
    dag.wrote(2, 0)
    #expect(dag.misses(s1, 0, 3, 0) == ["stop 3.0", "run 3.1 [0]"])
    #expect(dag.scheduler.mapOutputs.isComplete(s1))
  }

  @Test("a complaint about a map that does not exist costs an attempt and nothing else")
  mutating func unknownMap() {
    startReducing()
    #expect(dag.misses(s1, 9, 1, 0) == ["stop 1.0", "run 1.1 [0, 1, 2]"])
  }

  @Test("an output that is lost twice is computed three times")
  mutating func twice() {
    startReducing(reduces: 1)
    dag.misses(s1, 1, 1, 0)
    #expect(dag.wrote(0, 1) == ["stop 1.0", "run 1.1 [0]"])
    // By the second attempt all is doubted that stands where it was.
    #expect(dag.misses(s1, 1, 1, 0) == ["run 0.2 [0, 1]"])
    #expect(dag.wrote(0, 0) == [])
    #expect(dag.wrote(0, 1) == ["stop 1.1", "run 1.2 [0]"])
    #expect(dag.gave(1, 0) == ["give j0 p0", "done j0"])
  }

  @Test("rows that do not add up are read again first, and written again the second time")
  mutating func rowsLost() {
    startReducing(reduces: 1)
    #expect(dag.retry(1, 0, .rowsLost(s1)) == ["stop 1.0", "run 1.1 [0]"])
    #expect(dag.retry(1, 0, .rowsLost(s1)) == ["run 0.1 [0, 1]"])
    #expect(dag.wrote(0, 0, 1) == ["stop 1.1", "run 1.2 [0]"])
  }

  @Test("a reader in the middle of a chain sends its own input's writer back to work")
  mutating func middle() {
    let top = dag.graphs.reduce(dag.graphs.reduce(dag.graphs.source(2), 2), 1)
    dag.submit(top)
    dag.wrote(0, 0, 1)
    dag.wrote(1, 0)
    #expect(dag.misses(s1, 0, 1, 1) == ["run 0.1 [0]"])
    #expect(dag.wrote(0, 0) == ["stop 1.0", "run 1.1 [1]"])
    #expect(dag.wrote(1, 1) == ["run 2.0 [0]"])
  }

  @Test("input that is gone on both levels is mended from the top down")
  mutating func twoLevels() {
    let top = dag.graphs.reduce(dag.graphs.reduce(dag.graphs.source(1), 1), 1)
    dag.submit(top)
    dag.wrote(0, 0, on: e0)
    dag.wrote(1, 0, on: e0)
    #expect(dag.misses(s2, 0, 2, 0) == ["run 1.1 [0]"])
    #expect(dag.misses(s1, 0, 1, 0) == ["run 0.1 [0]"])
    #expect(dag.wrote(0, 0, on: e1) == ["stop 1.1", "run 1.2 [0]"])
    #expect(dag.wrote(1, 0, on: e1) == ["stop 2.0", "run 2.1 [0]"])
    #expect(dag.gave(2, 0) == ["give j0 p0", "done j0"])
  }

  @Test("an executor that was lost has no say about input")
  mutating func fencedComplaint() {
    startReducing()
    dag.lose(e2)
    #expect(dag.misses(s1, 1, 1, 1, on: e2) == [])
    #expect(dag.scheduler.dropped.fenced == 1)
    #expect(dag.scheduler.mapOutputs.isComplete(s1))
  }
}
