internal import FlintCore
internal import FlintLineage

/// Which reduce partitions of which shuffles, and which kept partitions, the tasks of a stage need.
///
/// Most stages are straight: partition 7 of the stage is partition 7 of every dataset in it. Those cost no walk over the
/// graph for each task.
struct StageInputs {
  /// A part of a shuffle.
  struct Part: Hashable, Comparable {
    let shuffle: ShuffleID
    let reduce: PartitionID

    static func < (left: Part, right: Part) -> Bool { (left.shuffle, left.reduce) < (right.shuffle, right.reduce) }
  }

  /// A partition that may be kept.
  struct Keepable: Hashable, Comparable {
    let dataset: DatasetID
    let partition: PartitionID

    static func < (left: Keepable, right: Keepable) -> Bool {
      (left.dataset, left.partition) < (right.dataset, right.partition)
    }
  }

  private let node: LineageNode
  private let pipeline: [LineageNode]
  private let isStraight: Bool
  private let shuffles: [ShuffleID]
  private let keepable: [DatasetID]

  init(of stage: Stage) {
    node = stage.node
    pipeline = stage.node.pipeline
    shuffles = stage.shuffles
    keepable = pipeline.filter { $0.storageLevel != nil }.map(\.id).sorted()
    isStraight = pipeline.allSatisfy { node in
      node.dependencies.allSatisfy { dependency in
        switch dependency {
        case .narrow(_, .oneToOne), .wide: true
        case .narrow: false
        }
      }
    }
  }

  /// Whether no task reads anything of others.
  var isEmpty: Bool { shuffles.isEmpty && keepable.isEmpty }

  /// What the task of `partition` could read of shuffles, each part once.
  func parts(of partition: PartitionID) -> [Part] {
    guard !shuffles.isEmpty else { return [] }
    if isStraight { return shuffles.map { Part(shuffle: $0, reduce: partition) } }
    let needed = node.pipelinePartitions(for: [partition])
    var parts: Set<Part> = []
    for node in pipeline {
      for shuffle in node.shuffles {
        for reduce in (needed[node.id] ?? []).sorted() { parts.insert(Part(shuffle: shuffle.id, reduce: reduce)) }
      }
    }
    return parts.sorted()
  }

  /// The partitions of datasets that the task could find kept.
  func keepable(of partition: PartitionID) -> [Keepable] {
    guard !keepable.isEmpty else { return [] }
    if isStraight { return keepable.map { Keepable(dataset: $0, partition: partition) } }
    let needed = node.pipelinePartitions(for: [partition])
    return keepable.flatMap { dataset in
      (needed[dataset] ?? []).sorted().map { Keepable(dataset: dataset, partition: $0) }
    }
  }
}
