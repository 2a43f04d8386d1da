internal import FlintColumns
internal import FlintCore
internal import FlintDatasets
internal import FlintLineage
internal import FlintTasks

/// Computes plans by jobs of the runtime.
struct ClusterExecution {
  let session: Session
  let settings: ComputingSettings
  let kernels: Kernels
  let zones: [String: ZoneRules]
  let site: OperatorSite

  /// All rows of a plan, in the order of its partitions.
  func rows(_ plan: LogicalPlan) async throws -> [Batch] {
    let blocks = try await blocks(try await prepared(plan), upTo: .max) ?? []
    return try BlockList.batches(blocks, plan.output.schema, kernels.memory)
  }

  /// All rows of a prepared plan as blocks; nil when they take more than `limit` bytes.
  private func blocks(_ plan: LogicalPlan, upTo limit: Int64) async throws -> [UInt8]? {
    var results: [PartitionID: [UInt8]] = [:]
    let node = try planner.dataset(plan)
    var size: Int64 = 0
    do {
      try await session.run(node, site, ResultFactory { CollectedRows() }) { result in
        size += Int64(result.bytes.count)
        guard size <= limit else { throw TooManyRows() }
        results[result.partition] = result.bytes
      }
    } catch is TooManyRows { return nil }
    return node.allPartitions.flatMap { results[$0] ?? [] }
  }

  /// The dataset of a plan's rows. Queries in its expressions are computed first.
  /// With a level the executors keep the rows.
  func dataset(_ plan: LogicalPlan, keeping level: StorageLevel? = nil) async throws -> LineageNode {
    try planner.dataset(try await prepared(plan), keeping: level)
  }

  private var planner: StagePlanner {
    StagePlanner(
      session: session, settings: settings, site: site,
      partitions: ExchangePartitions(
        fixed: settings.partitionCount, parallelism: max(1, session.defaultParallelism)),
      kernels: kernels, zones: zones)
  }

  private func prepared(_ plan: LogicalPlan) async throws -> LogicalPlan {
    let queries = QueryFolding(memory: kernels.memory) { plan in
      let optimiser = Optimiser(kernels, zones: zones, prefersMergeJoin: settings.prefersMergeJoin)
      let rows = try await self.rows(optimiser.optimised(plan))
      return try kernels.concatenate(rows, plan.output.schema)
    }
    let folded = try await queries.folded(plan)
    let broadcasting = Broadcasting(limit: session.limits.broadcastRows) { side in
      guard let rows = try await blocks(side, upTo: 2 * session.limits.broadcastRows.bytes) else { return nil }
      return try await session.broadcast(
        SharedRows(rows), file: site.location.file, line: site.location.line)
    }
    return try await broadcasting.shared(folded)
  }
}

/// Ends a job whose rows nobody wants any more.
private struct TooManyRows: Error {}
