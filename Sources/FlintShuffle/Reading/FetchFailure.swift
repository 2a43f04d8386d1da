public import FlintCore

/// What one map task wrote for a reader cannot be had: its rows have to be computed again.
public struct FetchFailure: Error, Sendable, CustomStringConvertible {
  /// The shuffle.
  public let shuffle: ShuffleID
  /// The partition of the map task.
  public let map: PartitionID
  /// Under which the reader was told where it is.
  public let epoch: MapOutputEpoch
  /// Why it cannot be had.
  public let error: FlintError

  /// What the map task of partition `map` wrote for `shuffle` cannot be had.
  public init(shuffle: ShuffleID, map: PartitionID, epoch: MapOutputEpoch, error: FlintError) {
    self.shuffle = shuffle
    self.map = map
    self.epoch = epoch
    self.error = error
  }

  /// In words.
  public var description: String { "the output of map \(map) for \(shuffle) cannot be had: \(error)" }
}
