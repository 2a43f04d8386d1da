public import FlintCore

/// Where a reader's part of a shuffle is.
public struct MapOutputAnswer: Hashable, Sendable {
  /// The shuffle.
  public var shuffle: ShuffleID
  /// The reader's partition.
  public var reduce: PartitionID
  /// Under which these places hold.
  public var epoch: MapOutputEpoch
  /// A map task whose output is not there now; nil when all are. Without this, no outputs would read as no rows.
  public var missing: PartitionID?
  /// What each map task wrote for it; empty when one is missing.
  public var outputs: [MapOutputEntry]

  /// A message with these fields.
  public init(
    shuffle: ShuffleID, reduce: PartitionID, epoch: MapOutputEpoch, missing: PartitionID?, outputs: [MapOutputEntry]
  ) {
    self.shuffle = shuffle
    self.reduce = reduce
    self.epoch = epoch
    self.missing = missing
    self.outputs = outputs
  }
}

extension MapOutputAnswer: WireCodable {
  static var leastSize: Int { 29 }

  func encode(to writer: inout WireWriter) {
    writer.put(shuffle)
    writer.put(reduce)
    writer.put(epoch)
    writer.put(missing != nil)
    if let missing { writer.put(missing) }
    writer.put(outputs)
  }

  init(from reader: inout WireReader) throws(WireFault) {
    self.init(
      shuffle: try reader.getID(), reduce: try reader.getID(), epoch: try reader.getID(),
      missing: try reader.getFlag() ? try reader.getID() : nil, outputs: try reader.getArray())
  }
}
