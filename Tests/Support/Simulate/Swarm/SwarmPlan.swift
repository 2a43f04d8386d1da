internal import FlintChaos
internal import FlintCore
internal import FlintSimulation
internal import FlintTesting

/// What a seed stands for: rows, a lineage over them, a cluster, and faults. All of it is chosen before any of it is done.
struct SwarmPlan: Sendable {
  /// A step or an action with its parameter.
  struct Use<Kind: Sendable>: Sendable {
    let kind: Kind
    let parameter: Int
  }

  private(set) var source: SwarmSource
  let rows: [Pair]
  let partitions: Int
  private(set) var steps: [Use<SwarmStep>]
  private(set) var actions: [Use<SwarmAction>]
  let cluster: ClusterPlan
  private(set) var faults: [PlannedFault]
  let isCalm: Bool

  /// The most rows that a model may have: beyond it nothing new would be seen.
  private static let rowLimit = 1200

  init(_ simulation: Simulation) {
    let isCalm = simulation.choose(below: 8) == 0
    self.isCalm = isCalm
    source = SwarmSource.allCases[simulation.choose(below: SwarmSource.allCases.count)]
    let count = [0, 1, 7, 40, 120, 250][simulation.choose(below: 6)]
    rows = source.rows(count) { (simulation.choose(below: 17), simulation.choose(below: 1000)) }
    partitions = 1 + simulation.choose(below: 6)
    steps = (0..<1 + simulation.choose(below: 5)).map { _ in
      Use(kind: SwarmStep.all[simulation.choose(below: SwarmStep.all.count)], parameter: simulation.choose(below: 16))
    }
    actions = (0..<1 + simulation.choose(below: 2)).map { _ in
      Use(
        kind: SwarmAction.all[simulation.choose(below: SwarmAction.all.count)], parameter: simulation.choose(below: 16))
    }
    cluster = ClusterPlan.chosen(by: simulation, isCalm: isCalm)
    faults = isCalm ? [] : FaultChance(simulation, executorCount: cluster.shape.executorCount).faults()
    leaveOut(simulation)
  }

  /// Leaves out what a smaller run shall do without, and steps that would only make more of the same rows.
  private mutating func leaveOut(_ simulation: Simulation) {
    var model = rows
    var kept: [Use<SwarmStep>] = []
    for (index, step) in steps.enumerated() where simulation.keeps("step \(index)") {
      let next = step.kind.model(model, step.parameter)
      guard next.count <= Self.rowLimit else { continue }
      model = next
      kept.append(step)
    }
    steps = kept
    actions = actions.enumerated().filter { simulation.keeps("action \($0.offset)") }.map(\.element)
    faults = faults.enumerated().filter { simulation.keeps("fault \($0.offset)") }.map(\.element)
  }

  /// What the lineage must give.
  var answer: [Pair] { steps.reduce(rows) { rows, step in step.kind.model(rows, step.parameter) } }

  var outputs: [String] {
    actions.indices.flatMap { index in actions[index].kind.outputs.map { "\($0)\(100 + index)" } }
  }

  /// Such as `range(40) in 3 partitions, map, join; collect`.
  var description: String {
    "\(source.rawValue)(\(rows.count)) in \(partitions) partitions"
      + steps.map { ", \($0.kind.name)(\($0.parameter))" }.joined() + ";"
      + actions.map { " \($0.kind.name)(\($0.parameter))" }.joined()
  }
}
