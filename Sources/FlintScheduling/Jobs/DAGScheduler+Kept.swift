internal import FlintCore
internal import FlintLineage

/// Kept partitions: cuts in the plan, and places to run at.
extension DAGScheduler {
  mutating func keep(
    _ dataset: DatasetID, _ partition: PartitionID, by attempt: TaskAttempt, _ holder: KeptPartitions.Holder
  ) {
    guard !fence.bars(holder.executor) else {
      dropped.fenced += 1
      return
    }
    let stage = attempt.task.stage
    guard let run = stages[stage.stage], stage.number >= run.trustedFrom, kept.add(dataset, partition, holder) else {
      // It may hold rows that are void by now, and nobody counts with them: they must not be found by chance.
      dropped.stale += 1
      outbox.append(.dropKept(dataset, partition, on: holder.executor))
      return
    }
  }

  mutating func release(_ dataset: DatasetID) {
    for partition in kept.partitions(of: dataset) { dropKept(dataset, partition) }
    kept.forget(dataset)
    touchAll()
  }

  mutating func dropKept(_ dataset: DatasetID, _ partition: PartitionID) {
    for holder in kept.take(dataset, partition) {
      outbox.append(.dropKept(dataset, partition, on: holder.executor))
    }
  }

  // MARK: Places

  /// Above this many map outputs times partitions, the sizes are not added up.
  private static let weighedSizes = 1_000_000
  /// A node is worth running at when it has this part of a reducer's bytes.
  private static let worthwhilePart: UInt64 = 5

  /// Where each partition finds its input: with whoever keeps the last dataset of its pipeline that is kept, or else on the nodes
  /// that have a good part of what it reads.
  func places(of partitions: [PartitionID], in run: StageRun) -> [PartitionID: [TaskPlace]] {
    let pipeline = run.stage.node.pipeline
    let weighs = run.stage.shuffles.contains { shuffle in
      let mapCount = mapOutputs.outputs(of: shuffle)?.count ?? 0
      return mapCount > 0 && mapCount * partitions.count <= DAGScheduler.weighedSizes
    }
    guard weighs || !kept.isEmpty else { return [:] }
    var places: [PartitionID: [TaskPlace]] = [:]
    for partition in partitions {
      let found = self.places(of: partition, in: run, pipeline, weighs: weighs)
      if !found.isEmpty { places[partition] = found }
    }
    return places
  }

  private func places(
    of partition: PartitionID, in run: StageRun, _ pipeline: [LineageNode], weighs: Bool
  ) -> [TaskPlace] {
    let needed = run.stage.node.pipelinePartitions(for: [partition])
    for node in pipeline.reversed() where node.storageLevel != nil {
      let holders = (needed[node.id] ?? []).sorted().flatMap { kept.holders(of: node.id, $0) }
      if !holders.isEmpty { return holders.map { .executor($0.executor, node: $0.node) } }
    }
    guard weighs else { return [] }
    var bytes: [NodeID: UInt64] = [:]
    for node in pipeline {
      let reduces = (needed[node.id] ?? []).sorted()
      for output in node.shuffles.flatMap({ mapOutputs.outputs(of: $0.id) ?? [] }) {
        for reduce in reduces where output.sizes.indices.contains(Int(reduce.rawValue)) {
          // Sizes are what executors say: bounded, so that no sum of them overflows.
          bytes[output.place.node, default: 0] += min(output.sizes[Int(reduce.rawValue)], 1 << 40)
        }
      }
    }
    let total = bytes.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value }
    return bytes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .filter { $0.value > 0 && $0.value * DAGScheduler.worthwhilePart >= total }
      .map { .node($0.key) }
  }
}
