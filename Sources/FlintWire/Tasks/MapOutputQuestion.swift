public import FlintCore

/// A reader asks where its part of a shuffle is.
public struct MapOutputQuestion: Hashable, Sendable {
  /// The shuffle.
  public var shuffle: ShuffleID
  /// The reader's partition.
  public var reduce: PartitionID
  /// The newest epoch that it knows.
  public var epoch: MapOutputEpoch

  /// A message with these fields.
  public init(shuffle: ShuffleID, reduce: PartitionID, epoch: MapOutputEpoch) {
    self.shuffle = shuffle
    self.reduce = reduce
    self.epoch = epoch
  }
}

extension MapOutputQuestion: WireCodable {
  static var leastSize: Int { 24 }

  func encode(to writer: inout WireWriter) {
    writer.put(shuffle)
    writer.put(reduce)
    writer.put(epoch)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    self.init(shuffle: try reader.getID(), reduce: try reader.getID(), epoch: try reader.getID())
  }
}
