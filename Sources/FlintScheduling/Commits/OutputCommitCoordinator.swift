public import FlintCore

/// Decides which attempt at a task may commit its output: of each partition one, ever.
///
/// The first that asks is authorised. The authorisation ends only with an attempt that is known to have died before its
/// commit; one that has reported its commit is final. A denial is no failure of the task: the partition is in good hands.
///
/// An attempt may die after its commit and before its report. Then another one commits once more, which is harmless because
/// the place of committed output depends on the job and the partition alone, never on the attempt.
public struct OutputCommitCoordinator: Sendable {
  /// What happens to it.
  public enum Event: Hashable, Sendable {
    /// An attempt wants to commit. It may ask again, when the answer was lost.
    case asked(TaskAttempt)
    /// An attempt reports that its output is in place.
    case committed(TaskAttempt)
    /// An attempt is over without having committed: it failed, or its executor was lost.
    case ended(TaskAttempt)
    /// The output of the stage is published or given up: nothing of it is asked for any more.
    case stageEnded(StageID)
  }

  /// What it asks for.
  public enum Action: Hashable, Sendable {
    /// Tell the attempt to commit.
    case authorise(TaskAttempt)
    /// Tell the attempt that another one has the partition.
    case deny(TaskAttempt)
  }

  private enum Partition: Hashable, Sendable {
    case authorised(TaskAttempt)
    case committed(TaskAttempt)
  }

  /// Of each stage's output the partitions that somebody has, whatever the attempt at the stage; nil for a stage that has
  /// ended.
  private var stages: [StageID: [PartitionID: Partition]?] = [:]

  /// A coordinator that has authorised nobody.
  public init() {}

  /// Takes in what happened.
  public mutating func handle(_ event: Event) -> [Action] {
    switch event {
    case .asked(let attempt): return [decide(attempt)]
    case .committed(let attempt):
      // Only the authorised one can have committed; the word of any other is not believed.
      if self[attempt] == .authorised(attempt) { self[attempt] = .committed(attempt) }
      return []
    case .ended(let attempt):
      if self[attempt] == .authorised(attempt) { self[attempt] = nil }
      return []
    case .stageEnded(let stage):
      stages[stage] = .some(nil)
      return []
    }
  }

  /// Which attempt's output of each partition is in place, by partition.
  public func committed(of stage: StageID) -> [PartitionID: TaskAttempt] {
    guard let partitions = stages[stage] ?? nil else { return [:] }
    return partitions.compactMapValues { partition in
      if case .committed(let attempt) = partition { attempt } else { nil }
    }
  }

  /// Who has the attempt's partition.
  private subscript(attempt: TaskAttempt) -> Partition? {
    get { (stages[attempt.task.stage.stage] ?? nil)?[attempt.task.partition] }
    set { stages[attempt.task.stage.stage, default: [:]]?[attempt.task.partition] = newValue }
  }

  private func hasEnded(_ stage: StageID) -> Bool {
    if case .some(.none) = stages[stage] { true } else { false }
  }

  private mutating func decide(_ attempt: TaskAttempt) -> Action {
    guard !hasEnded(attempt.task.stage.stage) else { return .deny(attempt) }
    #if FLINT_PLANTED_BUGS
      if PlantedBug.current == .speculationCommitsTwice { return .authorise(attempt) }
    #endif
    switch self[attempt] {
    case nil:
      self[attempt] = .authorised(attempt)
      return .authorise(attempt)
    case .authorised(attempt), .committed(attempt): return .authorise(attempt)
    case .authorised, .committed: return .deny(attempt)
    }
  }
}
