public import FlintCore

/// Cuts the lineage of jobs into stages. It belongs to the driver and lives as long as the application: an exchange that two
/// jobs share is one stage, planned once.
public struct StagePlanner: Sendable {
  private var stages: [ShuffleID: Stage] = [:]
  private var stageCount: UInt64 = 0

  /// A planner that has planned nothing.
  public init() {}

  /// The stages that give `node`.
  public mutating func plan(_ node: LineageNode) -> StagePlan {
    var order: [Stage] = []
    var planned: Set<ShuffleID> = []
    // Exchanges in the order in which their stages can run: parents first, without recursion.
    for shuffle in StagePlanner.shuffles(above: node) where planned.insert(shuffle.id).inserted {
      order.append(stage(for: shuffle))
    }
    order.append(makeStage(.result, node))
    return StagePlan(stages: order)
  }

  /// Forgets the stage of an exchange that nobody can ask for any more.
  public mutating func forget(_ shuffle: ShuffleID) {
    stages[shuffle] = nil
  }

  private mutating func stage(for shuffle: ShuffleDependency) -> Stage {
    let known = stages[shuffle.id]
    precondition(known.map { $0.node === shuffle.parent } ?? true, "\(shuffle.id) exchanges the rows of two datasets")
    // Its parents may have been forgotten and planned anew since.
    let stage = makeStage(.shuffleMap(shuffle.id), shuffle.parent, id: known?.id)
    stages[shuffle.id] = stage
    return stage
  }

  private mutating func makeStage(_ kind: StageKind, _ node: LineageNode, id: StageID? = nil) -> Stage {
    let read = Set(node.pipeline.flatMap(\.shuffles).map(\.id)).sorted()
    return Stage(
      id: id ?? nextID(), kind: kind, node: node, parents: read.compactMap { stages[$0]?.id }.sorted(), shuffles: read)
  }

  private mutating func nextID() -> StageID {
    defer { stageCount += 1 }
    return StageID(rawValue: stageCount)
  }

  /// Every exchange among the ancestors of `node`, those above others first.
  private static func shuffles(above node: LineageNode) -> [ShuffleDependency] {
    node.ancestry().flatMap(\.shuffles)
  }
}
