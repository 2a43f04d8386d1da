public import FlintCore

/// Decides from tasks' failures which executors and machines are bad.
///
/// What fails on one executor and would not fail on another costs that executor its tasks: first those of the stage in which
/// they failed, and, when the stage then succeeded elsewhere, after more of them all tasks, for a while. A stage that fails
/// everywhere says nothing against executors. The last one that is not excluded never is: then the tasks' own tries end it.
///
/// Which failures speak against an executor stands in ``FailureClassification``. Whether an executor lives is not its business.
public struct HealthTracker: Sendable {
  private struct Stage: Sendable {
    /// The partitions that failed on each executor, each once.
    var failed: [ExecutorIncarnation: Set<PartitionID>] = [:]
    var excluded: Set<ExecutorIncarnation> = []
    var excludedNodes: Set<NodeID> = []
  }

  private let stageFailures: Int
  private let executorFailures: Int
  private let nodeExclusions: Int
  private let exclusionTime: Duration
  private var nodes: [ExecutorIncarnation: NodeID] = [:]
  private var stages: [StageAttempt: Stage] = [:]
  /// How many executors are excluded from a stage, over all stages.
  private var stageExclusions = 0
  /// When each failure on an executor, of stages that succeeded, is forgotten.
  private var forgotten: [ExecutorIncarnation: [MonotonicInstant]] = [:]
  private var excludedUntil: [ExecutorIncarnation: MonotonicInstant] = [:]
  private var nodeExcludedUntil: [NodeID: MonotonicInstant] = [:]

  /// A tracker to which everybody is healthy.
  public init(limits: Limits) {
    stageFailures = limits.stageFailures
    executorFailures = limits.executorFailures
    nodeExclusions = limits.nodeExclusions
    exclusionTime = limits.exclusionTime
  }

  /// Takes in what happened at `now`.
  public mutating func handle(_ event: Event, at now: MonotonicInstant) -> [Action] {
    switch event {
    case .executorAdded(let executor, let node):
      nodes[executor] = node
      return []
    case .executorRemoved(let executor):
      nodes[executor] = nil
      forgotten[executor] = nil
      excludedUntil[executor] = nil
      return []
    case .failed(let attempt, let executor, let failure): return blame(executor, for: attempt, failure)
    case .stageEnded(let stage, let succeeded):
      guard let book = stages.removeValue(forKey: stage) else { return [] }
      stageExclusions -= book.excluded.count
      return succeeded ? hold(book, at: now) : []
    case .tick: return restore(at: now)
    }
  }

  // MARK: Questions

  /// Whether nobody is excluded from anything.
  public var isClean: Bool { stageExclusions == 0 && excludedUntil.isEmpty && nodeExcludedUntil.isEmpty }

  /// Whether the executor gets no tasks of the stage.
  public func excludes(_ executor: ExecutorIncarnation, from stage: StageAttempt) -> Bool {
    if excludes(executor) { return true }
    guard let book = stages[stage] else { return false }
    return book.excluded.contains(executor) || nodes[executor].map(book.excludedNodes.contains) ?? false
  }

  /// Whether the executor gets no tasks at all.
  public func excludes(_ executor: ExecutorIncarnation) -> Bool {
    excludedUntil[executor] != nil || nodes[executor].map { nodeExcludedUntil[$0] != nil } ?? false
  }

  /// Whether the partition failed on the executor so that it spoke against it.
  public func hasFailed(_ partition: PartitionID, of stage: StageAttempt, on executor: ExecutorIncarnation) -> Bool {
    stages[stage]?.failed[executor]?.contains(partition) ?? false
  }

  /// Whether an executor is there that gets tasks of the stage.
  public func hasHealthy(for stage: StageAttempt) -> Bool {
    isClean ? !nodes.isEmpty : nodes.contains { !excludes($0.key, from: stage) }
  }

  /// When the next exclusion ends.
  public var nextEnd: MonotonicInstant? {
    let ends = excludedUntil.sorted { $0.key < $1.key }.map(\.value)
    return (ends + nodeExcludedUntil.sorted { $0.key < $1.key }.map(\.value)).min()
  }

  // MARK: One stage

  private mutating func blame(
    _ executor: ExecutorIncarnation, for attempt: TaskAttempt, _ failure: TaskFailure
  ) -> [Action] {
    guard FailureClassification.blamesExecutor(failure), let node = nodes[executor] else { return [] }
    let stage = attempt.task.stage
    stages[stage, default: Stage()].failed[executor, default: []].insert(attempt.task.partition)
    guard let book = stages[stage], !book.excluded.contains(executor),
      book.failed[executor, default: []].count >= stageFailures, isSpare(executor, for: stage)
    else { return [] }
    stages[stage]?.excluded.insert(executor)
    stageExclusions += 1
    var actions: [Action] = [.exclude(executor, .stage(stage))]
    let neighbours = book.excluded.count { nodes[$0] == node } + 1
    if neighbours >= nodeExclusions, !book.excludedNodes.contains(node), isSpare(node, for: stage) {
      stages[stage]?.excludedNodes.insert(node)
      actions.append(.excludeNode(node, .stage(stage)))
    }
    return actions
  }

  // MARK: All stages

  /// The stage succeeded in spite of these failures: so they were the executors'.
  private mutating func hold(_ book: Stage, at now: MonotonicInstant) -> [Action] {
    var actions: [Action] = []
    let end = now.advanced(by: exclusionTime)
    for (executor, failed) in book.failed.sorted(by: { $0.key < $1.key }) {
      guard let node = nodes[executor] else { continue }
      let earlier = forgotten[executor, default: []].filter { $0 > now }
      forgotten[executor] = earlier + Array(repeating: end, count: failed.count)
      guard forgotten[executor, default: []].count >= executorFailures, excludedUntil[executor] == nil,
        isSpare(executor, for: nil)
      else { continue }
      excludedUntil[executor] = end
      actions.append(.exclude(executor, .application(until: end)))
      let neighbours = nodes.sorted { $0.key < $1.key }.count { $0.value == node && excludedUntil[$0.key] != nil }
      if neighbours >= nodeExclusions, nodeExcludedUntil[node] == nil, isSpare(node, for: nil) {
        nodeExcludedUntil[node] = end
        actions.append(.excludeNode(node, .application(until: end)))
      }
    }
    return actions
  }

  private mutating func restore(at now: MonotonicInstant) -> [Action] {
    var actions: [Action] = []
    for (node, end) in nodeExcludedUntil.sorted(by: { $0.key < $1.key }) where end <= now {
      nodeExcludedUntil[node] = nil
      actions.append(.restoreNode(node))
    }
    for (executor, end) in excludedUntil.sorted(by: { $0.key < $1.key }) where end <= now {
      excludedUntil[executor] = nil
      forgotten[executor] = nil
      actions.append(.restore(executor))
    }
    return actions
  }

  // MARK: Who is left

  /// Whether somebody else is left when the executor is excluded.
  private func isSpare(_ executor: ExecutorIncarnation, for stage: StageAttempt?) -> Bool {
    isLeft(for: stage) { other, _ in other != executor }
  }

  private func isSpare(_ node: NodeID, for stage: StageAttempt?) -> Bool {
    isLeft(for: stage) { $1 != node }
  }

  private func isLeft(for stage: StageAttempt?, where isOther: (ExecutorIncarnation, NodeID) -> Bool) -> Bool {
    nodes.contains { executor, node in
      isOther(executor, node) && !(stage.map { excludes(executor, from: $0) } ?? excludes(executor))
    }
  }
}
