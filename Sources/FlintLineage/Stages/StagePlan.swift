public import FlintCore

/// The stages of one job, parents before children.
public struct StagePlan: Sendable {
  /// Every stage that the job may need, parents first; the last one gives the result.
  public let stages: [Stage]

  /// The stage that gives the result.
  public var result: Stage { stages[stages.count - 1] }

  /// The stage with this number, if the job has it.
  public subscript(id: StageID) -> Stage? { stages.first { $0.id == id } }

  /// The stages that must run, parents first, given what is there already: nothing is computed above a dataset of which
  /// every partition is kept, or above an exchange whose map outputs are all there.
  public func missing(
    partitions: [PartitionID], isKept: (DatasetID, PartitionID) -> Bool, isWritten: (ShuffleID) -> Bool
  ) -> [Stage] {
    let byShuffle = Dictionary(
      uniqueKeysWithValues: stages.compactMap { stage -> (ShuffleID, Stage)? in
        if case .shuffleMap(let shuffle) = stage.kind { (shuffle, stage) } else { nil }
      })
    var needed: Set<StageID> = []
    var stack = [(stage: result, partitions: partitions)]
    while let (stage, partitions) = stack.popLast() {
      guard needed.insert(stage.id).inserted else { continue }
      for shuffle in stage.node.neededShuffles(for: partitions, isKept: isKept) where !isWritten(shuffle) {
        guard let parent = byShuffle[shuffle] else { continue }
        stack.append((parent, parent.node.allPartitions))
      }
    }
    return stages.filter { needed.contains($0.id) }
  }
}

extension LineageNode {
  /// Every partition, in order.
  public var allPartitions: [PartitionID] { (0..<partitionCount).map { PartitionID(rawValue: UInt64($0)) } }

  /// The exchanges that a task must read to compute `partitions`, in rising order: kept partitions need nothing.
  public func neededShuffles(for partitions: [PartitionID], isKept: (DatasetID, PartitionID) -> Bool) -> [ShuffleID] {
    var needed: [DatasetID: Set<PartitionID>] = [id: Set(partitions)]
    var shuffles: Set<ShuffleID> = []
    for node in pipeline.reversed() {
      let wanted = (needed[node.id] ?? []).filter { node.storageLevel == nil || !isKept(node.id, $0) }
      guard !wanted.isEmpty else { continue }
      for dependency in node.dependencies {
        switch dependency {
        case .narrow(let parent, let mapping):
          needed[parent.id, default: []].formUnion(wanted.flatMap { mapping.parents(of: $0) })
        case .wide(let shuffle): shuffles.insert(shuffle.id)
        }
      }
    }
    return shuffles.sorted()
  }
}
