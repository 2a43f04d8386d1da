internal import FlintCore
internal import FlintLineage
internal import FlintTasks
internal import Synchronization

/// The tasks of one job.
struct DirectRun: Sendable {
  let job: JobID
  let plan: DirectPlan
  let runtime: DirectRuntime

  func run(_ give: (PartitionResult) -> Void) async throws {
    try fillBroadcasts()
    var outputs: [ShuffleID: DirectShuffle] = [:]
    for (stage, shuffle) in plan.shuffles.enumerated() {
      let output = DirectShuffle(partitionCount: shuffle.partitioner.partitionCount)
      outputs[shuffle.id] = output
      for partition in shuffle.parent.allPartitions {
        try await task(UInt64(stage), of: shuffle.parent, partition, outputs) { context in
          let rows = try await open(shuffle.parent, partition, context)
          guard let writer = try plan.writers[shuffle.id]?.make() else { return }
          try await writer.write(rows, to: output, context: context)
        }
      }
    }
    for partition in plan.request.partitions {
      try Task.checkCancellation()
      runtime.books.withLock { $0.record.resultPartitions.append(partition) }
      let bytes = try await task(UInt64(plan.shuffles.count), of: plan.request.node, partition, outputs) { context in
        let rows = try await open(plan.request.node, partition, context)
        return try await plan.result.make().result(of: rows, partition: partition, context: context)
      }
      try await runtime.afterTask?.run(partition)
      give(PartitionResult(partition: partition, bytes: bytes))
    }
  }

  /// Runs one task; what it added to accumulators counts when it ends well.
  private func task<Value>(
    _ stage: UInt64, of node: LineageNode, _ partition: PartitionID, _ shuffles: [ShuffleID: DirectShuffle],
    _ body: (DirectTask) async throws -> Value
  ) async throws -> Value {
    let attempt = TaskAttempt(
      task: TaskID(stage: StageAttempt(stage: StageID(rawValue: stage), number: 0), partition: partition), number: 0)
    let place = DirectPlace(dataset: node.id, partition: partition)
    let context = DirectTask(
      attempt: attempt, job: job, place: place, plan: plan, runtime: runtime, shuffles: shuffles)
    runtime.books.withLock { $0.record.tasks += 1 }
    let value: Value
    do {
      value = try await CurrentTask.$context.withValue(context) { try await body(context) }
    } catch {
      runtime.books.withLock { $0.record.failures.append(DirectFailure(place: place, error: error)) }
      throw error
    }
    let merges = runtime.books.withLock { books in
      books.record.metrics += context.counters.metrics
      return books.accumulators
    }
    for (accumulator, update) in context.updates.sorted(by: { $0.key < $1.key }) {
      merges[Int(accumulator)](try update.encoded())
    }
    return value
  }

  /// The rows of a partition, from where they are kept or by the operator. Without recursion deeper than a call that waits.
  func open(_ node: LineageNode, _ partition: PartitionID, _ context: DirectTask) async throws -> any RowStream {
    guard let factory = plan.nodes[node.id] else { preconditionFailure("\(node.name) was not shipped") }
    let operation = try factory.make()
    let inputs: [[any RowInput]] = node.dependencies.compactMap { dependency in
      guard case .narrow(let parent, let mapping) = dependency else { return nil }
      return mapping.parents(of: partition).map {
        DirectInput(partition: $0, node: parent, run: self, context: context)
      }
    }
    guard node.storageLevel != nil, let codec = operation.codec else {
      return try await operation.open(partition, inputs: inputs, context: context)
    }
    let key = KeptKey(dataset: node.id, partition: partition)
    if let blocks = runtime.books.withLock({ $0.kept[key] }) { return DirectBlocks(blocks, codec) }
    let rows = try await operation.open(partition, inputs: inputs, context: context)
    var blocks: [[UInt8]] = []
    while let batch = try await rows.next() { blocks.append(try codec.encode(batch)) }
    runtime.books.withLock { $0.kept[key] = blocks }
    return DirectBlocks(blocks, codec)
  }

  private func fillBroadcasts() throws {
    for broadcast in plan.broadcasts {
      guard let content = runtime.books.withLock({ $0.broadcasts[broadcast.id] }) else {
        throw FlintError(.corruptData, "\(broadcast.id) is gone")
      }
      broadcast.fill(try broadcast.decode(content))
    }
  }
}
