public import FlintCore

extension LineageNode {
  /// This node and its ancestors, each once, parents before children; `enters` decides whether a dependency is followed.
  ///
  /// Iterative: the depth of the graph does not matter.
  public func ancestry(where enters: (Dependency) -> Bool = { _ in true }) -> [LineageNode] {
    var order: [LineageNode] = []
    var entered: Set<DatasetID> = []
    // A node is left once its parents are in order.
    var stack: [(node: LineageNode, isLeaving: Bool)] = [(self, false)]
    while let (node, isLeaving) = stack.popLast() {
      if isLeaving {
        order.append(node)
        continue
      }
      guard entered.insert(node.id).inserted else { continue }
      stack.append((node, true))
      for dependency in node.dependencies.reversed() where enters(dependency) {
        stack.append((dependency.parent, false))
      }
    }
    return order
  }

  /// The nodes that are computed in the same task as this one: everything up to the next exchanges.
  public var pipeline: [LineageNode] {
    ancestry { dependency in
      if case .narrow = dependency { true } else { false }
    }
  }

  /// For each node of the pipeline the partitions that are needed to compute `partitions` of this one.
  public func pipelinePartitions(for partitions: [PartitionID]) -> [DatasetID: Set<PartitionID>] {
    var needed: [DatasetID: Set<PartitionID>] = [id: Set(partitions)]
    for node in pipeline.reversed() {
      let wanted = needed[node.id] ?? []
      for case .narrow(let parent, let mapping) in node.dependencies {
        needed[parent.id, default: []].formUnion(wanted.flatMap { mapping.parents(of: $0) })
      }
    }
    return needed
  }
}
