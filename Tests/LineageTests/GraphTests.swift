import FlintCore
import FlintLineage
import LineageGraphs
import Testing

@Suite("Lineage graph")
struct GraphTests {
  @Test("ten thousand narrow steps are built, walked, planned, printed and let go")
  func deepChain() {
    var graphs = Graphs()
    var node = graphs.source(3)
    for _ in 0..<10_000 { node = graphs.map(node) }
    #expect(node.ancestry().count == 10_001)
    #expect(node.pipeline.count == 10_001)
    var planner = StagePlanner()
    #expect(planner.plan(node).stages.count == 1)
    #expect(node.lineageText.split(separator: "\n").count == 10_001)
    #expect(node.pipelinePartitions(for: [1]).values.allSatisfy { $0 == [1] })
  }

  @Test("a thousand exchanges in a row are planned")
  func deepExchanges() {
    var graphs = Graphs()
    var node = graphs.source()
    for _ in 0..<1_000 { node = graphs.reduce(node) }
    var planner = StagePlanner()
    let plan = planner.plan(node)
    #expect(plan.stages.count == 1_001)
    #expect(
      plan.stages.enumerated().allSatisfy {
        $0.element.parents == ($0.offset == 0 ? [] : [plan.stages[$0.offset - 1].id])
      })
  }

  @Test("a graph is let go node by node, also where paths meet")
  func letGo() {
    weak var root: LineageNode?
    weak var middle: LineageNode?
    do {
      var graphs = Graphs()
      let source = graphs.source()
      let left = graphs.map(source)
      let top = graphs.join(left, graphs.map(source))
      #expect(top.ancestry().count == 4)
      (root, middle) = (source, left)
    }
    #expect(root == nil)
    #expect(middle == nil)
  }

  @Test("a node that somebody else still holds outlives its child")
  func shared() {
    var graphs = Graphs()
    let source = graphs.source()
    do { _ = graphs.map(source) }
    #expect(source.partitionCount == 4)
    let child = graphs.map(source)
    #expect(child.ancestry().map(\.id) == [source.id, child.id])
  }

  @Test("an ancestor comes once, and before its children")
  func diamond() {
    var graphs = Graphs()
    let source = graphs.source()
    let (left, right) = (graphs.map(source), graphs.map(source))
    let top = graphs.union(left, right)
    #expect(top.ancestry().map(\.id) == [source, left, right, top].map(\.id))
  }

  @Test("a pipeline ends at the exchanges")
  func pipeline() {
    var graphs = Graphs()
    let below = graphs.map(graphs.source())
    let reduced = graphs.reduce(below)
    let top = graphs.map(reduced)
    #expect(top.pipeline.map(\.id) == [reduced.id, top.id])
    #expect(top.ancestry().count == 4)
  }

  @Test(
    "each mapping names the parent's partitions",
    arguments: [
      (NarrowMapping.oneToOne, [[0], [1], [2]] as [[PartitionID]]),
      (.offset(start: 1, count: 2), [[], [0], [1]]),
      (.grouped([[0, 1], [], [2, 3]]), [[0, 1], [], [2, 3]]),
      (.selected([5, 0, 2]), [[5], [0], [2]]),
    ])
  func mappings(mapping: NarrowMapping, parents: [[PartitionID]]) {
    #expect([0, 1, 2].map { mapping.parents(of: $0) } == parents)
  }

  @Test("the partitions that a pipeline needs follow its mappings")
  func neededPartitions() {
    var graphs = Graphs()
    let (first, second) = (graphs.source(2), graphs.source(3))
    let all = graphs.union(first, second)
    let few = graphs.make("coalesce", 2, [.narrow(all, .grouped([[0, 1, 2], [3, 4]]))])
    let needed = few.pipelinePartitions(for: [1])
    #expect(needed[all.id] == [3, 4])
    #expect(needed[first.id] == [])
    #expect(needed[second.id] == [1, 2])
  }

  @Test(
    "partitioners are equal when equal keys meet",
    arguments: [
      (Partitioner.Scheme.hash(key: "Int"), Partitioner.Scheme.hash(key: "Int"), true),
      (.hash(key: "Int"), .hash(key: "String"), false), (.range(sample: 1), .range(sample: 1), true),
      (.range(sample: 1), .range(sample: 2), false), (.custom(name: "byZone"), .custom(name: "byZone"), true),
    ])
  func partitioners(left: Partitioner.Scheme, right: Partitioner.Scheme, areEqual: Bool) {
    #expect((Partitioner(left, partitionCount: 3) == Partitioner(right, partitionCount: 3)) == areEqual)
    #expect(Partitioner(left, partitionCount: 3) != Partitioner(left, partitionCount: 4))
    #expect(!Partitioner(.roundRobin, partitionCount: 3).placesKeys)
  }

  @Test("storage levels say where and how")
  func storageLevels() {
    #expect(StorageLevel.memoryOnly.description == "memory")
    #expect(
      StorageLevel.memoryAndDiskSerialized.replicatedTwice.description == "memory and disk, serialized, on 2 executors")
    #expect(StorageLevel.diskOnly.description == "disk")
    #expect(StorageLevel.memoryOnly != .memoryOnlySerialized)
  }

  @Test("a mapping that asks for partitions that do not exist ends the program")
  func misfit() async {
    await #expect(processExitsWith: .failure) {
      var graphs = Graphs()
      let source = graphs.source(2)
      _ = graphs.make("coalesce", 1, [.narrow(source, .grouped([[0, 2]]))])
    }
    await #expect(processExitsWith: .failure) {
      var graphs = Graphs()
      _ = graphs.make("map", 3, [.narrow(graphs.source(2), .oneToOne)])
    }
  }
}
