import FlintCore

/// Short names for what traces speak of.
enum Names {
  static func cached(_ dataset: UInt64, _ partition: UInt64) -> BlockID {
    .cached(DatasetID(rawValue: dataset), PartitionID(rawValue: partition))
  }

  static func task(_ partition: UInt64, attempt: UInt32 = 0) -> TaskAttempt {
    let stage = StageAttempt(stage: StageID(rawValue: 1), number: 2)
    return TaskAttempt(task: TaskID(stage: stage, partition: PartitionID(rawValue: partition)), number: attempt)
  }

  /// A block of each kind.
  static let oneOfEach: [BlockID] = [
    cached(3, 7), .broadcast(BroadcastID(rawValue: 1), piece: 2),
    .shuffleData(ShuffleID(rawValue: 4), map: task(5, attempt: 1)),
    .shuffleIndex(ShuffleID(rawValue: 4), map: task(5, attempt: 1)),
    .shuffleSegment(ShuffleID(rawValue: .max), map: task(.max, attempt: .max), reduce: PartitionID(rawValue: 9)),
    .taskResult(task(5)),
  ]
}
