internal import FlintCore

extension TaskScheduler {
  /// What the tasks wait for that have not been started, stage by stage: for whoever sees that nothing moves.
  public func waits() -> [StageWait] {
    let waiting = books.filter { $0.isLive && $0.pendingCount > 0 }.sorted { $0.stage < $1.stage }
    return waiting.map { StageWait(stage: $0.stage, taskCount: $0.pendingCount, reason: reason($0)) }
  }

  private func reason(_ book: TaskBook) -> StageWait.Reason {
    if table.ownerCount == 0 { return .noExecutor }
    let takers = table.owners.filter { $0.stays && !$0.flags.contains(.suspect) }
    if takers.isEmpty { return .noneTakesTasks }
    let healthy = takers.filter { !health.excludes($0.incarnation, from: book.stage) }
    if healthy.isEmpty { return .excluded }
    let free = healthy.reduce(0) { $0 + Int($1.freeCount) }
    if book.isBarrier { return .barrier(needed: book.count, free: free) }
    return free == 0 ? .slots : .nearerPlace
  }
}
