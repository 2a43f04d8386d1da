/// What a run of stored bytes is. Where it is stored is the block manager's business: an id is never a path.
public enum BlockID: Hashable, Sendable, CustomStringConvertible {
  /// A computed partition of a dataset that the user asked to keep.
  case cached(DatasetID, PartitionID)
  /// A piece of a broadcast value, counted from 0.
  case broadcast(BroadcastID, piece: UInt32)
  /// All that one map task wrote for a shuffle.
  case shuffleData(ShuffleID, map: TaskAttempt)
  /// Where in a map task's ``shuffleData(_:map:)`` each reduce partition stands.
  case shuffleIndex(ShuffleID, map: TaskAttempt)
  /// What one map task wrote for one reduce partition.
  case shuffleSegment(ShuffleID, map: TaskAttempt, reduce: PartitionID)
  /// A task's result on its way to the driver.
  case taskResult(TaskAttempt)

  /// What it is, in words.
  public var description: String {
    switch self {
    case .cached(let dataset, let partition): "cached \(dataset), \(partition)"
    case .broadcast(let broadcast, let piece): "\(broadcast), piece \(piece)"
    case .shuffleData(let shuffle, let map): "data of \(shuffle), \(map)"
    case .shuffleIndex(let shuffle, let map): "index of \(shuffle), \(map)"
    case .shuffleSegment(let shuffle, let map, let reduce): "segment of \(shuffle), \(map), for reduce \(reduce)"
    case .taskResult(let attempt): "result of \(attempt)"
    }
  }
}
