internal import FlintCore
internal import FlintLineage
internal import FlintTasks

/// The datasets of a stage for one task: opens partitions of them, each by an operator of its own.
///
/// What an operator reads it opens by a call that waits, so a lineage of any depth takes memory, and no thread's stack.
struct TaskPipeline: Sendable {
  let stage: LoadedStage
  let task: RunningTask

  /// The rows of the stage's own dataset.
  func rows() async throws -> any RowStream {
    try await open(stage.nodes.count - 1, task.attempt.task.partition)
  }

  fileprivate func open(_ index: Int, _ partition: PartitionID) async throws -> any RowStream {
    try task.checkCancellation()
    let node = stage.nodes[index]
    guard let level = node.program.storageLevel else { return try await compute(index, partition) }
    guard let codec = try node.factory.make().codec else {
      throw FlintError(
        .unsupportedType, "the rows of \(node.program.name) cannot be kept", why: "their type has no layout",
        at: node.program.location)
    }
    let kept = KeptPartition(
      dataset: node.program.id, partition: partition, level: level,
      places: task.places(of: node.program.id, partition), codec: codec,
      compute: { try await compute(index, partition) })
    return try await task.stores.keptRows(kept, for: task)
  }

  private func compute(_ index: Int, _ partition: PartitionID) async throws -> any RowStream {
    let node = stage.nodes[index]
    let inputs = node.program.inputs.compactMap { input -> [any RowInput]? in
      switch input {
      case .narrow(let parent, let mapping):
        mapping.parents(of: partition).map { PipelineInput(pipeline: self, index: parent, partition: $0) }
      case .wide: nil
      }
    }
    return try await node.factory.make().open(partition, inputs: inputs, context: task)
  }
}

/// One partition of a dataset of the pipeline.
private struct PipelineInput: RowInput {
  let pipeline: TaskPipeline
  let index: Int
  let partition: PartitionID

  func open() async throws -> any RowStream { try await pipeline.open(index, partition) }
}
