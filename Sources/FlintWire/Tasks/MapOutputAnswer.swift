public import FlintCore

/// Where a reader's part of a shuffle is.
public struct MapOutputAnswer: Hashable, Sendable {
  /// The shuffle.
  public var shuffle: ShuffleID
  /// The reader's partition.
  public var reduce: PartitionID
  /// Under which these places hold.
  public var epoch: MapOutputEpoch
  /// What each map task wrote for it.
  public var outputs: [MapOutputEntry]

  /// A message with these fields.
  public init(shuffle: ShuffleID, reduce: PartitionID, epoch: MapOutputEpoch, outputs: [MapOutputEntry]) {
    self.shuffle = shuffle
    self.reduce = reduce
    self.epoch = epoch
    self.outputs = outputs
  }
}

extension MapOutputAnswer: WireCodable {
  static var leastSize: Int { 28 }

  func encode(to writer: inout WireWriter) {
    writer.put(shuffle)
    writer.put(reduce)
    writer.put(epoch)
    writer.put(outputs)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    self.init(
      shuffle: try reader.getID(), reduce: try reader.getID(), epoch: try reader.getID(), outputs: try reader.getArray()
    )
  }
}
