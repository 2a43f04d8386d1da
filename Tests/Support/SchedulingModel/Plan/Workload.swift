package import FlintCore
package import FlintLineage
import LineageGraphs

/// A random graph of datasets, and jobs over it.
package struct Workload {
  package private(set) var nodes: [LineageNode] = []
  package private(set) var jobs: [PlannedJob] = []
  /// Every exchange.
  package private(set) var exchanges: [ShuffleDependency] = []
  /// Datasets whose rows are others each time, although nobody said so.
  package private(set) var liars: Set<DatasetID> = []
  /// Datasets whose first partition cannot be computed; the failure each time.
  package private(set) var poisoned: Set<DatasetID> = []
  /// Datasets whose rows may be others when their input comes in another order.
  private var ranked: Set<DatasetID> = []
  private var graphs = Graphs()

  /// A graph by chance.
  package init(_ chance: inout Chance) {
    addSource(&chance)
    for _ in 0..<chance.within(1...7) { addNode(&chance) }
    if chance.permille(30) { liars.insert(chance.pick(nodes).id) }
    if chance.permille(40) { poisoned.insert(chance.pick(nodes).id) }
    let count = chance.within(1...3)
    for index in 0..<count { addJob(index, &chance) }
  }

  /// A graph that a test has made.
  package init(_ nodes: [LineageNode], jobs: [PlannedJob]) {
    self.nodes = nodes
    self.jobs = jobs
    var seen: Set<ShuffleID> = []
    exchanges = nodes.flatMap { $0.ancestry() }.flatMap(\.shuffles).filter { seen.insert($0.id).inserted }
  }

  /// What a program asks for.
  init(_ program: ProgramPlan) {
    let jobs = program.jobs.enumerated().map { index, job in
      PlannedJob(
        id: JobID(rawValue: UInt64(index)), node: job.node, partitions: job.partitions, group: nil, pool: nil,
        saves: job.saves, start: 0)
    }
    self.init(program.jobs.map(\.node), jobs: jobs)
    for node in nodes.flatMap({ $0.ancestry() }) where node.determinacy == .indeterminate {
      if node.dependencies.allSatisfy({ $0.determinacy < .indeterminate }) { ranked.insert(node.id) }
    }
  }

  // MARK: Rows

  /// Whether a second computation of the dataset's rows may give others for another order of its input.
  func isRanked(_ node: LineageNode) -> Bool { node.name.hasPrefix("ranked") || ranked.contains(node.id) }

  /// Whether a second computation of the dataset's rows may give others, in truth.
  package func isArbitrary(_ node: LineageNode) -> Bool { liars.contains(node.id) || node.name.hasPrefix("arbitrary") }

  /// Whether the answer of a job is known beforehand.
  package func hasReference(_ node: LineageNode) -> Bool {
    node.ancestry().allSatisfy { !isArbitrary($0) && !isRanked($0) }
  }

  /// Whether some tasks must run at once.
  var hasGangs: Bool { nodes.contains { $0.ancestry().contains(where: \.isBarrier) } }

  // MARK: Datasets

  private mutating func addSource(_ chance: inout Chance) {
    let isArbitrary = chance.permille(250)
    nodes.append(
      graphs.make(
        isArbitrary ? "arbitrary" : "source", chance.within(1...3), [], effect: isArbitrary ? .arbitrary : .preserving,
        keep: level(&chance)))
  }

  private mutating func addNode(_ chance: inout Chance) {
    let parent = chance.pick(nodes)
    switch chance.below(10) {
    case 0: addSource(&chance)
    case 1, 2: addMap(parent, &chance)
    case 3:
      guard parent.partitionCount <= 3, nodes[0].partitionCount <= 3 else { return }
      nodes.append(graphs.union(parent, chance.pick(nodes.filter { $0.partitionCount <= 3 })))
    case 4 where !exchanges.isEmpty: addReader([chance.pick(exchanges)], &chance)
    case 5, 6:
      let count = chance.within(1...3)
      addReader([exchange(parent, count), exchange(chance.pick(nodes), count)], &chance)
    default: addReader([exchange(parent, chance.within(1...3))], &chance)
    }
  }

  private mutating func addMap(_ parent: LineageNode, _ chance: inout Chance) {
    let isGang = parent.partitionCount <= 4 && chance.permille(250)
    let isArbitrary = chance.permille(120)
    let name = isArbitrary ? "arbitraryMap" : "map"
    nodes.append(
      graphs.make(
        name, parent.partitionCount, [.narrow(parent, .oneToOne)], effect: isArbitrary ? .arbitrary : .preserving,
        keep: level(&chance), isBarrier: isGang))
  }

  private mutating func exchange(_ parent: LineageNode, _ count: Int) -> ShuffleDependency {
    exchanges.append(graphs.exchange(parent, count))
    return exchanges[exchanges.count - 1]
  }

  private mutating func addReader(_ shuffles: [ShuffleDependency], _ chance: inout Chance) {
    let isRanked = chance.permille(250)
    nodes.append(
      graphs.reading(
        shuffles, name: isRanked ? "ranked" : "reduce", effect: isRanked ? .orderSensitive : .preserving,
        keep: level(&chance)))
  }

  private func level(_ chance: inout Chance) -> StorageLevel? { chance.permille(200) ? .memoryOnly : nil }

  // MARK: Jobs

  private mutating func addJob(_ index: Int, _ chance: inout Chance) {
    let node = chance.permille(700) ? nodes[nodes.count - 1] : chance.pick(nodes)
    let all = node.allPartitions
    let some = chance.permille(800) ? all : Array(all.prefix(chance.within(0...all.count)))
    jobs.append(
      PlannedJob(
        id: JobID(rawValue: UInt64(index)), node: node, partitions: some,
        group: chance.permille(300) ? "group" : nil, pool: nil, saves: chance.permille(500),
        start: index == 0 ? 0 : chance.milliseconds(0...12_000)))
  }
}
