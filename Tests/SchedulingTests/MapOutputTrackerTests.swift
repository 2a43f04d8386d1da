import FlintCore
import FlintScheduling
import Testing

@Suite("Map outputs")
struct MapOutputTrackerTests {
  private var tracker = MapOutputTracker()

  /// Two reduce partitions, 10 and 20 rows.
  private func output(
    _ map: PartitionID, _ place: MapOutput.Place = .node(n0), try number: UInt32 = 0, checksum: UInt64 = 7
  ) -> MapOutput {
    MapOutput(
      attempt: attempt(map, number), place: place, sizes: [100, 200], rowCounts: [10, 20], checksum: checksum)
  }

  private mutating func start(_ shuffle: ShuffleID = s1, maps: Int = 2) {
    #expect(tracker.handle(.shuffleStarted(shuffle, mapCount: maps)) == [])
  }

  @Test("a shuffle is complete when its last map task has written")
  mutating func complete() {
    start()
    #expect(tracker.handle(.written(s1, output(p1))) == [])
    #expect(tracker.missing(s1) == [p0])
    #expect(tracker.outputs(of: s1) == nil)
    #expect(tracker.handle(.written(s1, output(p0))) == [.complete(s1)])
    #expect(tracker.outputs(of: s1)?.map(\.attempt) == [attempt(p0), attempt(p1)])
  }

  @Test("readers are told how many rows they must find")
  mutating func rowCounts() {
    start()
    #expect(tracker.rowCount(of: s1, reduce: p1) == nil)
    _ = tracker.handle(.written(s1, output(p0)))
    _ = tracker.handle(.written(s1, output(p1)))
    #expect(tracker.rowCount(of: s1, reduce: p0) == 20)
    #expect(tracker.rowCount(of: s1, reduce: p1) == 40)
  }

  @Test("a shuffle of nothing is complete at once")
  mutating func empty() {
    #expect(tracker.handle(.shuffleStarted(s1, mapCount: 0)) == [.complete(s1)])
    #expect(tracker.outputs(of: s1) == [])
  }

  @Test("two jobs that share a shuffle start it once")
  mutating func shared() {
    start()
    _ = tracker.handle(.written(s1, output(p0)))
    start()
    #expect(tracker.missing(s1) == [p1])
  }

  @Test("of two copies of a map task the first counts")
  mutating func speculative() {
    start()
    _ = tracker.handle(.written(s1, output(p0, try: 1)))
    #expect(tracker.handle(.written(s1, output(p0, try: 0, checksum: 8))) == [])
    _ = tracker.handle(.written(s1, output(p1)))
    #expect(tracker.outputs(of: s1)?[0].attempt.number == 1)
  }

  @Test("what an executor held in memory is lost with it; what its node has in files is not")
  mutating func executorLost() {
    start()
    _ = tracker.handle(.written(s1, output(p0, .executor(e1, node: n0))))
    _ = tracker.handle(.written(s1, output(p1, .node(n0))))
    #expect(tracker.handle(.executorLost(e1)) == [.missing(s1, [p0])])
    #expect(tracker.handle(.executorLost(e1)) == [])
  }

  @Test("an executor's later life does not take its earlier one's outputs with it")
  mutating func laterLife() {
    start(maps: 1)
    _ = tracker.handle(.written(s1, output(p0, .executor(executor(1, life: 1), node: n0))))
    #expect(tracker.handle(.executorLost(e1)) == [])
    #expect(tracker.isComplete(s1))
  }

  @Test("a node takes files and memory with it, of every shuffle")
  mutating func nodeLost() {
    start(s1)
    start(s2)
    _ = tracker.handle(.written(s1, output(p0, .executor(e1, node: n0))))
    _ = tracker.handle(.written(s1, output(p1, .node(n1))))
    _ = tracker.handle(.written(s2, output(p1, .node(n0))))
    #expect(tracker.handle(.nodeLost(n0)) == [.missing(s1, [p0]), .missing(s2, [p1])])
  }

  @Test("a broken block costs just its own map task")
  mutating func unreadable() {
    start()
    _ = tracker.handle(.written(s1, output(p0)))
    _ = tracker.handle(.written(s1, output(p1)))
    #expect(tracker.handle(.unreadable(s1, map: p1, epoch: tracker.epoch)) == [.missing(s1, [p1])])
    #expect(tracker.missing(s1) == [p1])
  }

  @Test("a complaint from before the last change is old news")
  mutating func staleComplaint() {
    start()
    _ = tracker.handle(.written(s1, output(p0, .executor(e1, node: n0))))
    _ = tracker.handle(.written(s1, output(p1)))
    let asked = tracker.epoch
    _ = tracker.handle(.executorLost(e1))
    _ = tracker.handle(.written(s1, output(p0, .executor(e2, node: n1), try: 1)))
    #expect(tracker.handle(.unreadable(s1, map: p0, epoch: asked)) == [])
    #expect(tracker.isComplete(s1))
  }

  @Test("ten readers that complain of one block cause one rerun")
  mutating func storm() {
    start()
    _ = tracker.handle(.written(s1, output(p0)))
    _ = tracker.handle(.written(s1, output(p1)))
    let asked = tracker.epoch
    let actions = (0..<10).flatMap { _ in tracker.handle(.unreadable(s1, map: p0, epoch: asked)) }
    #expect(actions == [.missing(s1, [p0])])
  }

  @Test("a node that is blamed loses what the reader could know of, and keeps what was written on it since")
  mutating func blamedNode() {
    start(maps: 3)
    for map in [p0, p1, p2] { _ = tracker.handle(.written(s1, output(map))) }
    let asked = tracker.epoch
    #expect(tracker.handle(.unreadable(s1, map: p0, epoch: asked)) == [.missing(s1, [p0])])
    _ = tracker.handle(.written(s1, output(p0, try: 1)))
    #expect(tracker.handle(.nodeUnreadable(s1, n0, epoch: asked)) == [.missing(s1, [p1, p2])])
    #expect(tracker.missing(s1) == [p1, p2])
  }

  @Test("losses raise the epoch, new outputs do not")
  mutating func epochs() {
    start()
    _ = tracker.handle(.written(s1, output(p0, .executor(e1, node: n0))))
    _ = tracker.handle(.written(s1, output(p1)))
    #expect(tracker.epoch.rawValue == 0)
    _ = tracker.handle(.executorLost(e2))
    #expect(tracker.epoch.rawValue == 0)
    _ = tracker.handle(.executorLost(e1))
    #expect(tracker.epoch.rawValue == 1)
  }

  @Test("a rerun with the same rows is no reason to start over")
  mutating func sameRows() {
    start()
    _ = tracker.handle(.written(s1, output(p0)))
    _ = tracker.handle(.written(s1, output(p1)))
    _ = tracker.handle(.nodeLost(n0))
    #expect(tracker.handle(.written(s1, output(p0, .node(n1), try: 1))) == [])
    #expect(tracker.handle(.written(s1, output(p1, .node(n1), try: 1))) == [.complete(s1)])
  }

  @Test("a rerun with other rows rolls back whoever has read, even when both runs were complete")
  mutating func otherRows() {
    start(maps: 1)
    _ = tracker.handle(.written(s1, output(p0)))
    let asked = tracker.epoch
    _ = tracker.handle(.nodeLost(n0))
    #expect(
      tracker.handle(.written(s1, output(p0, .node(n1), try: 1, checksum: 8))) == [.rollBackReaders(s1), .complete(s1)])
    #expect(tracker.epoch.rawValue == asked.rawValue + 2)
  }

  @Test("an ended shuffle is discarded once, and what comes for it later is nothing")
  mutating func ended() {
    start()
    #expect(tracker.handle(.shuffleEnded(s1)) == [.discard(s1)])
    #expect(tracker.handle(.shuffleEnded(s1)) == [])
    #expect(tracker.handle(.written(s1, output(p0))) == [])
    #expect(tracker.missing(s1) == nil)
  }

  @Test("an output for a map task that does not exist is not taken")
  mutating func unknownMap() {
    start()
    #expect(tracker.handle(.written(s1, output(p2))) == [])
    #expect(tracker.missing(s1) == [p0, p1])
  }
}
