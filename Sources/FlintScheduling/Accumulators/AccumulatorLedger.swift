public import FlintCore

/// Counts what tasks add to accumulators, each partition of a stage once, however often it was computed.
///
/// `Update` is what one attempt adds, merged by the caller when it is handed out. Of the attempts at a partition the first
/// that succeeds counts; reruns after a loss, speculative copies and stale messages add nothing.
public struct AccumulatorLedger<Update: Sendable>: Sendable {
  private var counted: [StageID: Set<PartitionID>] = [:]

  /// A ledger without entries.
  public init() {}

  /// The update to add for a successful attempt; nil when its partition has been counted.
  public mutating func update(_ update: Update, of attempt: TaskAttempt) -> Update? {
    let (stage, partition) = (attempt.task.stage.stage, attempt.task.partition)
    return counted[stage, default: []].insert(partition).inserted ? update : nil
  }

  /// Forgets a stage of which no task will be heard any more.
  public mutating func forget(_ stage: StageID) {
    counted[stage] = nil
  }
}
