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
    try await rows(of: try await dataset(plan), plan)
  }

  /// The dataset of a plan's rows. Queries in its expressions are computed first.
  /// With a level the executors keep the rows.
  func dataset(_ plan: LogicalPlan, keeping level: StorageLevel? = nil) async throws -> LineageNode {
    // Gone when the plan is a dataset, which holds what it needs.
    let known = plan.readsTwice ? KnownExchanges() : nil
    return try planner(known).dataset(try await prepared(plan, known), keeping: level)
  }

  private func planner(_ known: KnownExchanges?) -> StagePlanner {
    StagePlanner(
      session: session, settings: settings, site: site,
      partitions: ExchangePartitions(
        fixed: settings.partitionCount, parallelism: max(1, session.defaultParallelism)),
      kernels: kernels, zones: zones, known: known)
  }

  private func prepared(_ plan: LogicalPlan, _ known: KnownExchanges?) async throws -> LogicalPlan {
    let planner = planner(known)
    let queries = QueryFolding(memory: kernels.memory) { plan in
      let optimiser = Optimiser(kernels, zones: zones, prefersMergeJoin: settings.prefersMergeJoin)
      let optimised = optimiser.optimised(plan)
      let node = try planner.dataset(try await self.prepared(optimised, known))
      return try kernels.concatenate(try await self.rows(of: node, optimised), plan.output.schema)
    }
    let folded = try await queries.folded(plan)
    let broadcasting = Broadcasting(limit: session.limits.broadcastRows) { side in
      let draft = try planner.draft(side)
      func share() async throws -> Broadcast<SharedRows>? {
        let limit = 2 * session.limits.broadcastRows.bytes
        guard let rows = try await blocks(of: planner.node(draft), upTo: limit) else { return nil }
        return try await session.broadcast(
          SharedRows(rows), file: site.location.file, line: site.location.line)
      }
      return if let known { try await known.broadcast(draft, share) } else { try await share() }
    }
    return try await broadcasting.shared(folded)
  }

  private func rows(of node: LineageNode, _ plan: LogicalPlan) async throws -> [Batch] {
    try BlockList.batches(try await blocks(of: node, upTo: .max) ?? [], plan.output.schema, kernels.memory)
  }

  /// All rows of a dataset as blocks; nil when they take more than `limit` bytes.
  private func blocks(of node: LineageNode, upTo limit: Int64) async throws -> [UInt8]? {
    var results: [PartitionID: [UInt8]] = [:]
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
}

/// Ends a job whose rows nobody wants any more.
private struct TooManyRows: Error {}
